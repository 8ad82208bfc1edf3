import { found } from '~/app/_form/found';
import { articleTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pair } from '~/app/_ui/pair';
import { Table } from '~/app/_ui/table';
import { caller, requestContext, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { Said } from '../../../../../../comentarios/said';
import { SayForm } from '../../../../../../comentarios/say-form';

type Props = {
  params: Promise<{ number: string; article: string }>;
  searchParams: Promise<{ parte?: string; hecho?: string }>;
};
type Of = ForumOutputs['comments']['ofArticle'];
const done = ['dicho', 'cambiado', 'retirado', 'avisado', 'apartado'] as const;

async function Column({ all, none }: { all: Of['for']; none: string }) {
  return all.length === 0 ? <p>{none}</p> : all.map((one) => <Said key={one.id} one={one} />);
}

/** How many of each kind of group, with the numbers in a table. */
async function ByGroup({ tally }: { tally: Of['tally'] }) {
  const { t } = await words();
  if (tally.groups.length === 0) return null;
  const row = (key: string, of: { for: number; against: number }) => ({
    key,
    cells: [t(`comments.group.${key}` as 'comments.group.none'), of.for, of.against],
  });
  const rows = tally.groups.map((one) => row(one.group, one));
  if (tally.womens.for + tally.womens.against > 0) rows.push(row('womens', tally.womens));
  return (
    <Table
      caption={t('comments.groups')}
      columns={[
        { label: t('comments.group') },
        { label: t('comments.for'), numeric: true },
        { label: t('comments.against'), numeric: true },
      ]}
      rows={rows}
    />
  );
}

/** For and against one frozen article, in two columns; nobody answers anybody. */
export default async function Comments({ params, searchParams }: Props) {
  const { number, article: place } = await params;
  const { parte, hecho } = await searchParams;
  const { t } = await words();
  const { actor } = await requestContext();
  const forum = await caller();
  const of = await found(() => forum.comments.ofArticle({ number, article: place, page: parte }));
  const here = `/documento/v/${number}/art/${place}`;
  const news = done.find((word) => word === hecho);
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.version', { n: number }), href: `/documento/v/${number}` },
          { text: articleTitle(t, of.article), href: here },
          { text: t('comments.title') },
        ]}
      />
      {news ? <Notice tone="success" live word={t(`comments.done.${news}`)} /> : null}
      <PageTitle
        title={t('comments.title')}
        kicker={articleTitle(t, of.article)}
        lead={t('comments.counts', { for: of.tally.for, against: of.tally.against })}
      />
      <Pair
        left={{
          title: t('comments.for.n', { n: of.tally.for }),
          children: <Column all={of.for} none={t('comments.none.for')} />,
        }}
        right={{
          title: t('comments.against.n', { n: of.tally.against }),
          children: <Column all={of.against} none={t('comments.none.against')} />,
        }}
      />
      <PartPager part={of.page} parts={of.pages} href={(n) => `${here}/comentarios?parte=${n}`} />
      {of.state.length > 0 ? (
        <section className="stack" id="estado">
          <h2>{t('comments.state')}</h2>
          <p className="hint">{t('comments.state.line')}</p>
          {of.state.map((one) => (
            <Said key={one.id} one={one} />
          ))}
        </section>
      ) : null}
      <ByGroup tally={of.tally} />
      {of.abilities.comment ? <SayForm of={of} /> : null}
      {actor.personId === null && of.version.inForce ? (
        <Button kind="secondary" href={`/entrar?a=${encodeURIComponent(`${here}/comentarios`)}`}>
          {t('comments.enter')}
        </Button>
      ) : null}
      {of.mine?.abilities.change ? (
        <Button kind="secondary" href={`/comentarios/${of.mine.id}`} icon="pencil">
          {t('comments.do.change')}
        </Button>
      ) : null}
    </Page>
  );
}
