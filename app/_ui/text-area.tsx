import { controlOf, Field, type FieldProps } from './field';

/**
 * Several lines. `limit` says how much fits ("Caben 2000 letras"): `max` is for the light script that counts down
 * and is no `maxlength`, since that would cut a pasted text without a word.
 */
export type TextAreaProps = FieldProps & {
  value?: string;
  rows?: number;
  limit?: { max: number; words: string };
};

/** A field for several lines, with what is left to type under it. */
export function TextArea({ value, rows = 6, limit, ...field }: TextAreaProps) {
  const control = controlOf(field);
  const limitId = `${control.id}-n`;
  const describedBy =
    [control['aria-describedby'], limit ? limitId : ''].filter(Boolean).join(' ') || undefined;
  return (
    <Field field={field}>
      <textarea
        {...control}
        rows={rows}
        defaultValue={value}
        aria-describedby={describedBy}
        data-max={limit?.max}
      />
      {limit ? (
        <p className="hint" id={limitId}>
          {limit.words}
        </p>
      ) : null}
    </Field>
  );
}
