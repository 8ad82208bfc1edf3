import type { ReactNode } from 'react';
import { Icon } from './icon';

/**
 * What every field takes. `error` is a whole sentence and stands above the control; `value` is what was typed.
 * `optional` is the word for a field that may stay empty ("si quieres"); `id` defaults to `f-` + name.
 */
export type FieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string;
  required?: boolean;
  optional?: string;
  id?: string;
};

/** Ids and ARIA of a field's parts: the control carries `id` and `describedBy`. */
export function wire(field: FieldProps) {
  const id = field.id ?? `f-${field.name}`;
  const hintId = field.hint ? `${id}-h` : undefined;
  const errorId = field.error ? `${id}-e` : undefined;
  return { id, hintId, errorId, describedBy: [errorId, hintId].filter(Boolean).join(' ') || undefined };
}

/** The attributes that a single control shares, whatever its kind. */
export function controlOf(field: FieldProps) {
  const { id, describedBy } = wire(field);
  return {
    id,
    name: field.name,
    className: 'ctl',
    required: field.required,
    'aria-describedby': describedBy,
    'aria-invalid': field.error ? (true as const) : undefined,
  };
}

/** The sentence under a label, and the error with its sign. */
export function FieldNotes({ field }: { field: FieldProps }) {
  const { hintId, errorId } = wire(field);
  return (
    <>
      {field.hint ? (
        <div className="hint" id={hintId}>
          {field.hint}
        </div>
      ) : null}
      {field.error ? (
        <p className="err" id={errorId}>
          <Icon name="bad" />
          {field.error}
        </p>
      ) : null}
    </>
  );
}

/** The words of a label, with the mark of an optional field. */
export function LabelWords({ field }: { field: FieldProps }) {
  return (
    <>
      {field.label}
      {field.optional ? <i> ({field.optional})</i> : null}
    </>
  );
}

/** Label, hint, error, then the one control given as child. */
export function Field({ field, children }: { field: FieldProps; children: ReactNode }) {
  return (
    <div className={field.error ? 'fld bad' : 'fld'}>
      <label className="lab" htmlFor={wire(field).id}>
        <LabelWords field={field} />
      </label>
      <FieldNotes field={field} />
      {children}
    </div>
  );
}

/** A group of choices: legend, hint, error, then the choices. */
export function FieldGroup(props: { field: FieldProps; role?: 'radiogroup'; children: ReactNode }) {
  const { field, role } = props;
  const { describedBy } = wire(field);
  const state = role ? { 'aria-invalid': !!field.error || undefined, 'aria-required': field.required } : {};
  return (
    <fieldset
      className={field.error ? 'fld bad' : 'fld'}
      role={role}
      aria-describedby={describedBy}
      {...state}
    >
      <legend className="lab">
        <LabelWords field={field} />
      </legend>
      <FieldNotes field={field} />
      {props.children}
    </fieldset>
  );
}
