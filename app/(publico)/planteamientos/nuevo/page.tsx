import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { FormProblem } from '~/app/_form/form-problem';
import { areaOptions, barrierChoices, placeGroups } from '~/app/_form/labels';
import { formState, submit } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { AreaDrawing } from '~/app/_ui/drawings/area-drawing';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { TextArea } from '~/app/_ui/text-area';
import { caller, requestContext, words } from '~/server/caller';
import { wordsAtMost } from '~/server/concerns/schema';
import { Whose } from './whose';

async function raise(form: FormData) {
  'use server';
  const done = await submit('raise', form, async (input) => {
    // «from» is one choice on the page and two facts in the forum: the base, and its private space.
    const [associationId, spaceId] = String(input.from ?? '').split(' ');
    const audience = input.audience === 'space' && spaceId ? 'space' : 'public';
    return (await caller()).concerns.raise({ ...input, associationId, spaceId, audience });
  });
  if (done) redirect(`/planteamientos/${done.id}?nuevo`);
}

export default async function Raise() {
  const { actor } = await requestContext();
  if (!actor.personId) redirect('/entrar?a=/planteamientos/nuevo');
  const { t, locale } = await words();
  const form = await formState('raise');
  const bases = await (await caller()).concerns.origins();
  return (
    <Page at="concerns">
      <PageTitle title={t('concerns.raise.title')} lead={t('concerns.raise.lead')} />
      <FormProblem form={form} />
      <form className="form" action={raise} data-outbox="concerns.raise" data-autosave="concern">
        <input type="hidden" name="key" autoComplete="off" value={form.value('key') ?? randomUUID()} />
        <TextArea
          name="words"
          required
          label={t('concerns.raise.words')}
          hint={t('concerns.raise.words.hint')}
          limit={{ max: wordsAtMost, words: t('concerns.raise.words.limit', { max: wordsAtMost }) }}
          value={form.value('words')}
          error={form.error('words')}
        />
        <CheckboxGroup
          name="areas"
          two
          label={t('concerns.raise.areas')}
          hint={t('concerns.raise.areas.hint')}
          value={form.values('areas')}
          error={form.error('areas')}
          options={areaOptions(locale).map((area) => ({
            ...area,
            drawing: <AreaDrawing slug={area.value} size={2.5} />,
          }))}
        />
        <Select
          name="place"
          required
          label={t('concerns.raise.place')}
          hint={t('concerns.raise.place.hint')}
          empty={t('concerns.raise.place.empty')}
          value={form.value('place')}
          error={form.error('place')}
          groups={placeGroups((name) => t('concerns.raise.place.whole', { name }))}
        />
        <RadioGroup
          name="barrier"
          required
          label={t('concerns.raise.barrier')}
          value={form.value('barrier')}
          error={form.error('barrier')}
          options={barrierChoices(locale)}
        />
        <Whose bases={bases} form={form} />
        <Notice word={t('concerns.raise.nobody')} />
        <Button type="submit">{t('concerns.raise.send')}</Button>
      </form>
    </Page>
  );
}
