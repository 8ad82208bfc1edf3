import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { dayInShort } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { creditWords } from '../../_parts/credit';
import { nameVersion } from '../../actions';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ page?: string; hecho?: string }> };
type List = ForumOutputs['drafts']['versions'];

export default async function Versions({ params, searchParams }: Props) {
  const { id } = await params;
  const { hecho, page } = await searchParams;
  const { t, locale } = await words();
  const list = await found(async () =>
    (await caller()).drafts.versions({ id, page } as unknown as { id: string }),
  );
  const here = `/borradores/${id}/versiones`;
  const line = (one: List['items'][number]) => {
    const day = dayInShort(locale, one.day);
    const who = creditWords(t, one.by);
    return who ? t('drafts.versions.line', { day, who }) : day;
  };
  return (
    <Page>
      {hecho !== undefined ? <Notice tone="success" live word={t('drafts.done')} /> : null}
      <PageTitle
        title={t('drafts.versions')}
        kicker={<a href={`/borradores/${id}`}>{list.title}</a>}
        lead={t('drafts.versions.lead')}
      />
      {list.items.length === 0 ? (
        <EmptyState title={t('drafts.versions.none')} line={t('drafts.versions.none.line')} />
      ) : (
        <LinkList
          label={t('drafts.versions')}
          items={list.items.map((one) => ({ href: `${here}/${one.id}`, title: one.name, line: line(one) }))}
        />
      )}
      <Pager
        label={t('drafts.versions.pager')}
        page={list.page}
        pages={list.pages}
        href={(n) => `${here}?page=${n}`}
        previous={t('drafts.pager.previous')}
        next={t('drafts.pager.next')}
        position={t('drafts.pager.position', { page: list.page, pages: list.pages })}
      />
      {list.choices.length > 0 ? <CompareForm list={list} /> : null}
      {list.abilities.name ? <NameForm id={id} /> : null}
      <Button kind="quiet" href={`/borradores/${id}`}>
        {t('drafts.back')}
      </Button>
    </Page>
  );
}

async function CompareForm({ list: { id, choices } }: { list: List }) {
  const { t } = await words();
  const options = [
    { value: 'ahora', label: t('drafts.versions.now') },
    ...choices.map((one) => ({ value: one.id, label: one.name })),
  ];
  return (
    <Card title={t('drafts.versions.compare')}>
      <form className="form" action={`/borradores/${id}/comparar`}>
        <Select name="de" label={t('drafts.versions.from')} options={options} value={choices[0]!.id} />
        <Select name="a" label={t('drafts.versions.to')} options={options} value="ahora" />
        <Button kind="secondary">{t('drafts.versions.compare.send')}</Button>
      </form>
    </Card>
  );
}

async function NameForm({ id }: { id: string }) {
  const { t } = await words();
  const form = await formState('version');
  return (
    <Card title={t('drafts.versions.name')}>
      <form className="form" action={nameVersion}>
        <FormProblem form={form} />
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="key" value={form.value('key') ?? randomUUID()} />
        <TextField
          name="name"
          required
          label={t('drafts.versions.name.label')}
          hint={t('drafts.versions.name.hint')}
          value={form.value('name')}
          error={form.error('name')}
        />
        <Button>{t('drafts.versions.name.send')}</Button>
      </form>
    </Card>
  );
}
