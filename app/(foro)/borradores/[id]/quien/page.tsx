import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { Button } from '~/app/_ui/button';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { creditWords } from '../../_parts/credit';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ parte?: string }> };

/** A draft with, before each stretch, the number of whose words they are; the names stand above, and for ears in place. */
export default async function Authorship({ params, searchParams }: Props) {
  const { id } = await params;
  const { parte } = await searchParams;
  const { t } = await words();
  const draft = await found(async () =>
    (await caller()).drafts.authorship({ id, part: parte } as unknown as { id: string }),
  );
  const names = draft.credits.map((credit) => creditWords(t, credit) ?? '');
  const spoken = draft.lines.filter(({ runs }) => runs.length > 0);
  return (
    <Page>
      <PageTitle
        title={t('drafts.authorship')}
        kicker={<a href={`/borradores/${id}`}>{draft.title}</a>}
        lead={t(`drafts.authorship.lead.${draft.attribution}`)}
      />
      {names.length > 0 ? (
        <>
          <h2>{t('drafts.authorship.who')}</h2>
          <ol className="by">
            {draft.credits.map((credit, i) => (
              <li key={names[i]}>
                <span className={`s${(i % 5) + 1}`}>{names[i]}</span>
                {credit.kind === 'forum' ? `: ${t('drafts.authorship.forum.meaning')}` : null}
              </li>
            ))}
          </ol>
        </>
      ) : null}
      {draft.attribution !== 'off' && spoken.length === 0 ? <p>{t('drafts.authorship.none')}</p> : null}
      <div className="prose text by">
        {spoken.map(({ at, runs }) => (
          <p key={at}>
            {runs.map((run, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: stretches of a line have no other name.
              <span className={`s${((run.by - 1) % 5) + 1}`} key={i}>
                <sup aria-hidden="true">{run.by}</sup>
                <span className="vh"> {names[run.by - 1]}: </span>
                {run.words}
              </span>
            ))}
          </p>
        ))}
      </div>
      <PartPager part={draft.part} parts={draft.parts} href={(n) => `/borradores/${id}/quien?parte=${n}`} />
      <Button kind="quiet" href={`/borradores/${id}`}>
        {t('drafts.back')}
      </Button>
    </Page>
  );
}
