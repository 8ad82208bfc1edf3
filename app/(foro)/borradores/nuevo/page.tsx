import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { opening } from '~/app/_frame/concern-line';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { EmptyState } from '~/app/_ui/empty-state';
import { FileField } from '~/app/_ui/file-field';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { TextField } from '~/app/_ui/text-field';
import { caller, requestContext, words } from '~/server/caller';
import { create } from '../actions';

type Asked = { mesa?: string; planteamiento?: string };

/** First where, then what: the concerns to choose from are those of the space's areas. */
export default async function NewDraft({ searchParams }: { searchParams: Promise<Asked> }) {
  const { actor } = await requestContext();
  if (!actor.personId) redirect('/entrar?a=/borradores/nuevo');
  const asked = await searchParams;
  const { t } = await words();
  const form = await formState('create');
  const homes = await found(async () => (await caller()).drafts.homes());
  const wanted = form.value('spaceId') ?? asked.mesa;
  const home = homes.length === 1 ? homes[0] : homes.find((one) => one.id === wanted);
  const concern = form.value('planteamiento') ?? asked.planteamiento;
  const address = (id: string) => {
    const query = new URLSearchParams({ mesa: id, ...(concern ? { planteamiento: concern } : {}) });
    return `/borradores/nuevo?${query}`;
  };
  return (
    <Page>
      <PageTitle
        title={t('drafts.create')}
        kicker={home?.title}
        lead={home || homes.length === 0 ? t('drafts.create.lead') : t('drafts.create.where')}
      />
      {homes.length === 0 ? (
        <EmptyState title={t('drafts.create.nowhere')} line={t('drafts.create.nowhere.line')} />
      ) : home ? (
        <Beginning home={home} concern={concern} form={form} />
      ) : (
        <LinkList
          label={t('drafts.create.where')}
          items={homes.map((one) => ({ href: address(one.id), title: one.title }))}
        />
      )}
    </Page>
  );
}

type Beginning = {
  home: { id: string; title: string };
  concern: string | undefined;
  form: Awaited<ReturnType<typeof formState>>;
};

async function Beginning({ home, concern, form }: Beginning) {
  const { t } = await words();
  const forum = await caller();
  const waiting = await forum.drafts.candidates({ spaceId: home.id });
  // The one she came from stands first, whatever its area.
  const from = concern ? await forum.concerns.detail({ id: concern }).catch(() => null) : null;
  const offered = [...(from ? [from] : []), ...waiting.filter((one) => one.id !== from?.id)];
  return (
    <form className="form" action={create}>
      <FormProblem form={form} />
      <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
      <input type="hidden" name="spaceId" value={home.id} />
      {from ? <input type="hidden" name="planteamiento" value={from.id} /> : null}
      <TextField
        name="title"
        required
        label={t('drafts.create.title')}
        hint={t('drafts.create.title.hint')}
        value={form.value('title')}
        error={form.error('title')}
      />
      {offered.length > 0 ? (
        <CheckboxGroup
          name="concernIds"
          label={t('drafts.create.concerns')}
          hint={t('drafts.create.concerns.hint')}
          value={form.failed ? form.values('concernIds') : from ? [from.id] : []}
          error={form.error('concernIds')}
          options={offered.map((one) => ({
            value: one.id,
            label: t('concerns.number', { n: one.number }),
            meaning: opening(one.words, 160),
          }))}
        />
      ) : null}
      <FileField
        name="file"
        accept=".docx"
        optional={t('document.optional')}
        label={t('drafts.create.file')}
        hint={t('drafts.create.file.hint')}
        error={form.error('file')}
      />
      <Button>{t('drafts.create.send')}</Button>
    </form>
  );
}
