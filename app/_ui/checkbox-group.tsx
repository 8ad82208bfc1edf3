import { FieldGroup, type FieldProps, wire } from './field';
import { type Option, OptionCard } from './option-card';

/** `value` is the list of what is ticked; every box posts under the same `name`. */
export type CheckboxGroupProps = Omit<FieldProps, 'required'> & {
  value?: readonly string[];
  options: Option[];
  two?: boolean;
};

/** Any number of choices. The first box carries the field's id, for the error links. */
export function CheckboxGroup({ value = [], options, two, ...field }: CheckboxGroupProps) {
  const { id } = wire(field);
  return (
    <FieldGroup field={field}>
      <div className={two ? 'opts two' : 'opts'}>
        {options.map((option, i) => (
          <OptionCard
            key={option.value}
            option={option}
            type="checkbox"
            id={i === 0 ? id : undefined}
            name={field.name}
            checked={value.includes(option.value)}
            invalid={!!field.error}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
