import { controlOf, Field, type FieldProps } from './field';

/** `accept` as in HTML (".csv,.xlsx"); browsers never give a file back, so there is no `value`. */
export type FileFieldProps = FieldProps & { accept?: string; multiple?: boolean };

/** A field for a file, with the phone's own picker. */
export function FileField({ accept, multiple, ...field }: FileFieldProps) {
  return (
    <Field field={field}>
      <input {...controlOf(field)} type="file" accept={accept} multiple={multiple} />
    </Field>
  );
}
