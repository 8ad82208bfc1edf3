import { Icon } from './icon';

/** A person by her name and association; no face is kept. */
export function PersonChip({ name, association }: { name: string; association?: string }) {
  return (
    <span className="who">
      <Icon name="person" />
      <span>
        <b>{name}</b>
        {association ? <span>{association}</span> : null}
      </span>
    </span>
  );
}
