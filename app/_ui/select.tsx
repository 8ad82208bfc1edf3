import { controlOf, Field, type FieldProps } from './field';

/** One choice of a long list; up to seven choices stand better in a RadioGroup. */
export type SelectProps = FieldProps & {
  value?: string;
  empty?: string;
  options?: Choice[];
  groups?: { label: string; options: Choice[] }[];
};
type Choice = { value: string; label: string };

const choices = (options: Choice[]) =>
  options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));

/** A native select. `empty` is the words of the first, valueless line; `groups` put choices under headings. */
export function Select({ value, empty, options = [], groups = [], ...field }: SelectProps) {
  return (
    <Field field={field}>
      <select {...controlOf(field)} defaultValue={value ?? ''}>
        {empty === undefined ? null : <option value="">{empty}</option>}
        {choices(options)}
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {choices(group.options)}
          </optgroup>
        ))}
      </select>
    </Field>
  );
}
