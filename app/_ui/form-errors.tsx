import { Icon } from './icon';

/** One error: `name` of its field (or `id` where the field has its own) and its sentence. */
export type FormError = { name: string; message: string; id?: string };

/** The list of what to mend, above the form: takes the focus when the page opens; each line leads to its field. */
export function FormErrors({ title, errors }: { title: string; errors: FormError[] }) {
  if (errors.length === 0) return null;
  // One error whose sentence is the form's own is said once, and leads to its field.
  const alone = errors.length === 1 && errors[0]!.message === title;
  return (
    // biome-ignore lint/a11y/noAutofocus: without a script it is the only way to bring a reader to the errors
    <div className="note bad" id="errors" role="alert" tabIndex={-1} autoFocus>
      <Icon name="bad" />
      <div>
        {alone ? null : <b>{title}</b>}
        <ul>
          {errors.map((error) => (
            <li key={error.id ?? error.name}>
              <a href={`#${error.id ?? `f-${error.name}`}`}>{error.message}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
