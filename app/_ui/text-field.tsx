import { controlOf, Field, type FieldProps } from './field';

/** One line of text. `kind` picks the phone's keyboard; `autoComplete` as in HTML. */
export type TextFieldProps = FieldProps & {
  value?: string;
  kind?: 'text' | 'search' | 'email' | 'tel' | 'url' | 'date' | 'number' | 'password' | 'datetime-local';
  autoComplete?: string;
  inputMode?: 'numeric' | 'text' | 'none';
};

/** A field for one line. A password is never written back into the page. */
export function TextField({ value, kind = 'text', autoComplete, inputMode, ...field }: TextFieldProps) {
  return (
    <Field field={field}>
      <input
        {...controlOf(field)}
        type={kind}
        defaultValue={kind === 'password' ? undefined : value}
        autoComplete={autoComplete}
        inputMode={inputMode}
      />
    </Field>
  );
}
