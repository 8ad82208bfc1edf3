/** How far a job is: `value` of `max`; `text` says it in words ("120 de 300 filas") and stands above the bar. */
export function ProgressBar(props: { label: string; value: number; max: number; text: string }) {
  return (
    <div className="prg">
      <p>
        <b>{props.label}</b> {props.text}
      </p>
      <progress aria-label={props.label} aria-valuetext={props.text} value={props.value} max={props.max} />
    </div>
  );
}
