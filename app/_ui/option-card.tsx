import type { ReactNode } from 'react';

/** One choice: `meaning` tells in a line what choosing it does; `drawing` stands beside the words. */
export type Option = { value: string; label: string; meaning?: string; drawing?: ReactNode };

/** A choice as a card that can be pressed anywhere. */
export function OptionCard(props: {
  option: Option;
  type: 'radio' | 'checkbox';
  id?: string;
  name: string;
  checked?: boolean;
  required?: boolean;
  invalid?: boolean;
}) {
  const { option, type, id, name, checked, required, invalid } = props;
  return (
    <label className="opt">
      <input
        type={type}
        id={id}
        name={name}
        value={option.value}
        defaultChecked={checked}
        required={required}
        aria-invalid={invalid || undefined}
      />
      <span>
        {option.meaning ? <b>{option.label}</b> : option.label}
        {option.meaning ? <span className="hint">{option.meaning}</span> : null}
      </span>
      {option.drawing}
    </label>
  );
}
