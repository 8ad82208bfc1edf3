import type { formState } from '~/app/_form/submit';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Base = ForumOutputs['concerns']['origins'][number];

const fromOf = (base: Base) => [base.id, base.spaceId].filter(Boolean).join(' ');

/**
 * In whose name, and who may read it: rarely another than the first of her bases, and everybody. The line that opens says
 * what holds if she changes nothing. It stands open where she has chosen otherwise, or something in it is to be mended.
 */
export async function Whose({
  bases,
  form,
}: {
  bases: readonly Base[];
  form: Awaited<ReturnType<typeof formState>>;
}) {
  const { t } = await words();
  const [first] = bases;
  if (!first) return null;
  const from = form.value('from') ?? fromOf(first);
  const audience = form.value('audience') ?? 'public';
  const wrong = ['from', 'associationId', 'spaceId', 'audience'].some((field) => form.error(field));
  return (
    <Disclosure
      summary={
        <span>
          {t('concerns.raise.whose')}
          <span className="hint block" style={{ fontWeight: 400 }}>
            {t('concerns.raise.whose.default', { base: first.name })}
          </span>
        </span>
      }
      open={wrong || from !== fromOf(first) || audience !== 'public'}
    >
      <div className="stack pt-4">
        <RadioGroup
          name="from"
          label={t('concerns.raise.from')}
          value={from}
          error={form.error('from') ?? form.error('associationId') ?? form.error('spaceId')}
          options={[
            ...bases.map((base) => ({
              value: fromOf(base),
              label: base.name,
              meaning: t('concerns.raise.from.base.hint'),
            })),
            {
              value: '',
              label: t('concerns.raise.from.self'),
              meaning: t('concerns.raise.from.self.hint'),
            },
          ]}
        />
        {bases.some((base) => base.spaceId) ? (
          <RadioGroup
            name="audience"
            label={t('concerns.raise.audience')}
            value={audience}
            error={form.error('audience')}
            options={(['public', 'space'] as const).map((one) => ({
              value: one,
              label: t(`concerns.raise.audience.${one}`),
              meaning: t(`concerns.raise.audience.${one}.hint`),
            }))}
          />
        ) : null}
      </div>
    </Disclosure>
  );
}
