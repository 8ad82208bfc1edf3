import { FormProblem } from '~/app/_form/form-problem';
import { dayInShort } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { changeWords } from '~/app/_frame/change-words';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Changed } from '~/app/_ui/changed';
import { EmptyState } from '~/app/_ui/empty-state';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { type State, StatePill } from '~/app/_ui/state-pill';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { creditWords } from '../../_parts/credit';
import { Suggestion } from '../../_parts/suggestion';

type Asked = { page?: string; decided?: string; hecho?: string };
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Asked> };
type Past = ForumOutputs['drafts']['suggestions']['past'][number];

const pills: Record<Past['state'], State> = { accepted: 'done', rejected: 'refused', withdrawn: 'closed' };

export default async function Suggestions({ params, searchParams }: Props) {
  const { id } = await params;
  const { hecho, page, decided } = await searchParams;
  const { t } = await words();
  const list = await found(async () =>
    (await caller()).drafts.suggestions({ id, page, decided } as unknown as { id: string }),
  );
  const [accepting, rejecting] = await Promise.all([formState('accept'), formState('reject')]);
  const here = `/borradores/${id}/sugerencias`;
  const turns = (at: number, pages: number) => ({
    page: at,
    pages,
    previous: t('drafts.pager.previous'),
    next: t('drafts.pager.next'),
    position: t('drafts.pager.position', { page: at, pages }),
  });
  return (
    <Page>
      {hecho !== undefined ? <Notice tone="success" live word={t('drafts.done')} /> : null}
      <FormProblem form={accepting} />
      <FormProblem form={rejecting} ids={{ answer: `a-${rejecting.value('id')}` }} />
      <PageTitle
        title={t('drafts.suggestions')}
        kicker={<a href={`/borradores/${id}`}>{list.title}</a>}
        lead={t('drafts.suggestions.lead')}
      />
      {list.open.length === 0 ? (
        <EmptyState title={t('drafts.suggestions.none')} line={t('drafts.suggestions.none.line')} />
      ) : null}
      {list.open.map((one) => (
        <Suggestion key={one.id} one={one} />
      ))}
      <Pager
        label={t('drafts.suggestions.pager')}
        href={(n) => `${here}?page=${n}`}
        {...turns(list.page, list.pages)}
      />
      {list.decided > 0 ? (
        <section className="stack" id="respondidas">
          <h2>{t('drafts.suggestions.past')}</h2>
          {list.past.map((one) => (
            <Decided key={one.id} one={one} />
          ))}
          <Pager
            label={t('drafts.suggestions.past.pager')}
            href={(n) => `${here}?decided=${n}#respondidas`}
            {...turns(list.decidedPage, list.decidedPages)}
          />
        </section>
      ) : null}
      <Button kind="quiet" href={`/borradores/${id}${list.abilities.suggest ? '?revisar=1' : ''}`}>
        {t('drafts.back')}
      </Button>
    </Page>
  );
}

async function Decided({ one }: { one: Past }) {
  const { t, locale } = await words();
  const who = creditWords(t, one.by);
  return (
    <div className="stack">
      <h3>{who ? t('drafts.suggestions.by', { who }) : t('drafts.suggestions.some')}</h3>
      <p className="row">
        <StatePill state={pills[one.state]}>{t(`drafts.suggestion.${one.state}`)}</StatePill>{' '}
        {dayInShort(locale, one.day)}
      </p>
      <p>
        <Changed
          words={await changeWords()}
          pieces={[
            { kind: 'out' as const, text: one.removed },
            { kind: 'same' as const, text: ' ' },
            { kind: 'in' as const, text: one.inserted },
          ].filter(({ text }) => text !== '')}
        />
      </p>
      {one.answer ? (
        <p>
          <b>{t('drafts.suggestions.answer')}</b> {one.answer}
        </p>
      ) : null}
    </div>
  );
}
