import type { ReactNode } from 'react';

/** Facts, each with its name; a fact that is undefined is left out. */
export function DefinitionList({ items }: { items: { term: string; value: ReactNode }[] }) {
  return (
    <dl className="dfs">
      {items
        .filter((item) => item.value !== undefined && item.value !== null)
        .map((item) => (
          <div key={item.term}>
            <dt>{item.term}</dt>
            <dd>{item.value}</dd>
          </div>
        ))}
    </dl>
  );
}
