import { redirect } from 'next/navigation';
import { dayInWords } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { articleTitle } from '~/app/_form/labels';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { caller, requestContext, words } from '~/server/caller';
import { ResponsePill } from '../../(publico)/documento/responses';
import { AskForm } from './ask-form';
import { OfficeForm } from './office-form';

type Asked = { estado?: string; pagina?: string; articulo?: string; hecho?: string };
const states = ['all', 'overdue', 'waiting', 'answered'] as const;

/** The desk of the State's answers: a liaison's own requests; for committee and secretaries all of them. */
export default async function Review({ searchParams }: { searchParams: Promise<Asked> }) {
  const { actor } = await requestContext();
  if (!actor.personId) redirect('/entrar?a=/revision');
  const { t, locale } = await words();
  const asked = await searchParams;
  const forum = await caller();
  const desk = await found(() =>
    forum.responses.desk({ state: (asked.estado ?? 'all') as 'all', page: asked.pagina }),
  );
  const { counts, abilities } = desk;
  const n = { all: counts.waiting + counts.overdue + counts.answered, ...counts };
  return (
    <Page at="mine">
      <PageTitle
        title={t(abilities.ask ? 'responses.desk.all' : 'responses.desk')}
        lead={t(abilities.ask ? 'responses.desk.all.lead' : 'responses.desk.lead')}
        drawing={<StepDrawing name="response" size={4.5} />}
      />
      {asked.hecho === 'oficina' ? <Notice tone="success" live word={t('responses.office.done')} /> : null}
      <nav className="row" aria-label={t('responses.filter')}>
        {states.map((state) => (
          <Button
            key={state}
            kind={state === desk.state ? 'secondary' : 'quiet'}
            href={`/revision?estado=${state}`}
          >
            {t(`responses.filter.${state}`, { n: n[state] })}
          </Button>
        ))}
      </nav>
      {desk.items.length === 0 ? <EmptyState title={t('responses.desk.empty')} /> : null}
      <LinkList
        items={desk.items.map((request) => ({
          href: `/revision/${request.id}`,
          title: articleTitle(t, { number: request.article, title: request.title }),
          line: t('responses.desk.line', {
            office: request.office,
            day: dayInWords(locale, request.dueOn),
            n: request.version,
          }),
          aside: <ResponsePill request={request} t={t} />,
        }))}
      />
      <Pager
        label={t('concerns.pager')}
        page={desk.page}
        pages={desk.pages}
        href={(page) => `/revision?estado=${desk.state}&pagina=${page}`}
        previous={t('concerns.pager.previous')}
        next={t('concerns.pager.next')}
        position={t('concerns.pager.position', { page: desk.page, pages: desk.pages })}
      />
      {abilities.ask ? <AskForm articleId={asked.articulo} /> : null}
      {abilities.createOffice ? <OfficeForm /> : null}
    </Page>
  );
}
