/** Where one stands in a form of several pages: `names` of all pages, `current` from 0, `position` "Paso 2 de 4". */
export function Steps(props: { label: string; position: string; names: string[]; current: number }) {
  return (
    <div className="wiz">
      <p>
        {props.position}: <b>{props.names[props.current]}</b>
      </p>
      <ol aria-label={props.label}>
        {props.names.map((name, i) => (
          <li
            key={name}
            className={i < props.current ? 'past' : undefined}
            aria-current={i === props.current ? 'step' : undefined}
          >
            <span className="vh">{name}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
