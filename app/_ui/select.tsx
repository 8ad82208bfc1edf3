import { controlOf, Field, type FieldProps } from './field';

/** One choice of a long list; up to seven choices stand better in a RadioGroup. */
export type SelectProps = FieldProps & {
  value?: string;
  empty?: string;
  options: { value: string; label: string }[];
};

/** A native select. `empty` is the words of the first, valueless line. */
export function Select({ value, empty, options, ...field }: SelectProps) {
  return (
    <Field field={field}>
      <select {...controlOf(field)} defaultValue={value ?? ''}>
        {empty === undefined ? null : <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
