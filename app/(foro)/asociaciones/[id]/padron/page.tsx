import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { NewCard } from '../../new-card';
import { Enrolling } from './enrolling';
import { Member } from './member';

type Asked = { persona?: string; q?: string; page?: string; hecho?: string };
type Line = ForumOutputs['associations']['padron']['items'][number];

export default async function Padron(props: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Asked>;
}) {
  const { t } = await words();
  const [{ id }, asked] = [await props.params, await props.searchParams];
  const input = { id, q: asked.q, page: asked.page } as unknown as { id: string; q?: string; page: number };
  const list = await found(async () => (await caller()).associations.padron(input));
  const enrolled = await formState('enrolled');
  const address = (over: Record<string, string>) =>
    `/asociaciones/${list.id}/padron?${new URLSearchParams({ ...(asked.q ? { q: asked.q } : {}), ...over })}`;
  const lineOf = ({ roles, title, delegate, card }: Line) =>
    [
      title ?? '',
      ...roles.filter((role) => role !== 'member').map((role) => t(`associations.role.${role}`)),
      delegate ? t(`associations.delegate.${delegate}`) : '',
      card ? t(`associations.card.${card.state}`) : '',
    ]
      .filter(Boolean)
      .join(' · ');
  const crumbs = [
    { text: list.name, href: `/asociaciones/${list.id}` },
    { text: t('associations.task.padron'), href: `/asociaciones/${list.id}/padron` },
  ];
  // A card just made is the whole page: this is what is printed.
  if (enrolled.value('number'))
    return (
      <Page>
        <div className="stack noprint">
          <Breadcrumb label={t('associations.crumb')} items={crumbs} />
          <h1>{enrolled.value('name')}</h1>
        </div>
        {enrolled.value('code') ? (
          <NewCard value={enrolled.value} />
        ) : (
          <Notice word={t('associations.enrolled.before')}>{t('associations.enrolled.before.line')}</Notice>
        )}
        <Button kind="secondary" href={`/asociaciones/${list.id}/padron`}>
          {t('associations.padron.back')}
        </Button>
      </Page>
    );
  if (asked.persona)
    return (
      <Page>
        <Breadcrumb label={t('associations.crumb')} items={crumbs} />
        {asked.hecho ? <Notice tone="success" live word={t('associations.done')} /> : null}
        <Member id={list.id} personId={asked.persona} />
      </Page>
    );
  return (
    <Page>
      <Breadcrumb label={t('associations.crumb')} items={crumbs.slice(0, 1)} />
      <PageTitle
        title={t('associations.task.padron')}
        lead={t('associations.padron.count', { n: list.total })}
      />
      {asked.hecho ? <Notice tone="success" live word={t('associations.done')} /> : null}
      {list.abilities.keepPadron ? <Enrolling id={list.id} /> : null}
      <form className="form" method="get" action={`/asociaciones/${list.id}/padron`}>
        <TextField name="q" kind="search" label={t('associations.padron.search')} value={asked.q} />
        <Button kind="secondary">{t('associations.search.button')}</Button>
      </form>
      {list.items.length === 0 ? (
        <EmptyState title={t('associations.padron.none')} />
      ) : (
        <LinkList
          label={t('associations.task.padron')}
          items={list.items.map((line) => ({
            href: address({ page: String(list.page), persona: line.personId }),
            title: line.name,
            line: lineOf(line),
          }))}
        />
      )}
      <Pager
        label={t('associations.padron.pager')}
        page={list.page}
        pages={list.pages}
        href={(page) => address({ page: String(page) })}
        previous={t('associations.pager.previous')}
        next={t('associations.pager.next')}
        position={t('associations.pager.position', { page: list.page, pages: list.pages })}
      />
    </Page>
  );
}
