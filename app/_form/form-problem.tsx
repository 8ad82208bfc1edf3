import { FormErrors } from '~/app/_ui/form-errors';
import { Notice } from '~/app/_ui/notice';
import type { formState } from './submit';

/** What kept a form from going through: its fields, or one sentence where no field is to blame. */
export function FormProblem(props: {
  form: Awaited<ReturnType<typeof formState>>;
  /** Ids of fields that do not have their own by their name. */
  ids?: Record<string, string>;
}) {
  const { form, ids } = props;
  if (!form.failed) return null;
  const errors = Object.entries(form.errors).map(([name, message]) => ({ name, message, id: ids?.[name] }));
  return errors.length > 0 ? (
    <FormErrors title={form.sentence} errors={errors} />
  ) : (
    <Notice tone="error" live word={form.sentence} />
  );
}
