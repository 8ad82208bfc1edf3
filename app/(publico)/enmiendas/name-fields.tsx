import type { formState } from '~/app/_form/submit';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { whyAtMost } from '~/server/amendments/schema';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Props = {
  form: Awaited<ReturnType<typeof formState>>;
  names: ForumOutputs['amendments']['names'];
  /** Two forms on one page have fields of their own. */
  prefix?: string;
};

/** In whose name, with which acta, and why: what every amendment needs beside its words. */
export async function NameFields({ form, names, prefix = 'f' }: Props) {
  const { t } = await words();
  const bases = names.some(({ kind }) => kind === 'base');
  const field = (name: string) => ({ name, id: `${prefix}-${name}`, error: form.error(name) });
  return (
    <>
      <TextArea
        {...field('why')}
        required
        rows={4}
        label={t('amendments.why')}
        hint={t('amendments.why.hint')}
        limit={{ max: whyAtMost, words: t('amendments.limit', { max: whyAtMost }) }}
        value={form.value('why')}
      />
      {names.length === 1 ? (
        <>
          <input type="hidden" name="name" value={names[0]!.value} />
          <p>{t('amendments.name.only', { name: names[0]!.label })}</p>
        </>
      ) : (
        <RadioGroup
          {...field('name')}
          required
          label={t('amendments.name')}
          value={form.value('name')}
          options={names.map(({ value, label }) => ({ value, label }))}
        />
      )}
      {bases ? (
        <>
          <TextField
            {...field('actaReference')}
            label={t('amendments.acta')}
            hint={t('amendments.acta.hint')}
            value={form.value('actaReference')}
          />
          <TextField
            {...field('actaDate')}
            kind="date"
            label={t('amendments.acta.day')}
            value={form.value('actaDate')}
          />
        </>
      ) : null}
    </>
  );
}
