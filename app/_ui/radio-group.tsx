import { FieldGroup, type FieldProps, wire } from './field';
import { type Option, OptionCard } from './option-card';

/** `large` makes tall cards for a grave choice; `two` sets them in two columns on a wide screen. */
export type RadioGroupProps = FieldProps & {
  value?: string;
  options: Option[];
  large?: boolean;
  two?: boolean;
};

/** One of a few choices, each a card with its meaning. The first carries the field's id, for the error links. */
export function RadioGroup({ value, options, large, two, ...field }: RadioGroupProps) {
  const { id } = wire(field);
  return (
    <FieldGroup field={field} role="radiogroup">
      <div className={`opts${large ? ' large' : ''}${two ? ' two' : ''}`}>
        {options.map((option, i) => (
          <OptionCard
            key={option.value}
            option={option}
            type="radio"
            id={i === 0 ? id : undefined}
            name={field.name}
            checked={option.value === value}
            required={field.required}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
