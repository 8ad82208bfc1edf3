import type { formState } from '~/app/_form/submit';
import { FormErrors } from '~/app/_ui/form-errors';
import { words } from '~/server/caller';

type State = Awaited<ReturnType<typeof formState>>;

/** What to mend in one form, above it; a sentence that belongs to no field stands alone. */
export async function Errors({ state, first }: { state: State; first: string }) {
  if (!state.failed) return null;
  const { t } = await words();
  const fields = Object.entries(state.errors).map(([name, message]) => ({ name, message }));
  return (
    <FormErrors
      title={t('people.enter.errors')}
      errors={fields.length > 0 ? fields : [{ name: first, message: state.sentence }]}
    />
  );
}
