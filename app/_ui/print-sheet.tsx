import type { ReactNode } from 'react';

/** An A4 sheet of cards to cut out, `columns` across (2 or 3); no card is split between two sheets. */
export function PrintSheet(props: {
  label: string;
  columns?: 2 | 3;
  cards: { key: string; content: ReactNode }[];
}) {
  return (
    <ul className={props.columns === 3 ? 'sheet tri' : 'sheet'} aria-label={props.label}>
      {props.cards.map((card) => (
        <li key={card.key}>{card.content}</li>
      ))}
    </ul>
  );
}
