import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { EmptyState } from '~/app/_ui/empty-state';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import type { Translator } from '~/messages/catalogue';
import { marks } from '~/server/ballots/rules/urns';
import { caller, words } from '~/server/caller';
import { Signatures } from '../../../_parts/by-hand';
import { type Questions, urnInWords } from '../../../_parts/urn';
import { questionInWords } from '../../../_parts/words';

const cell = 'border-2 border-ink p-1 text-left';
// A long word breaks before the sheet grows wider than a phone.
const narrow = { fontSize: '0.75rem', hyphens: 'auto', overflowWrap: 'anywhere' } as const;
const asked = { overflowWrap: 'anywhere' } as const;
const wide = { width: '34%' };

/** Where the two who count write their numbers. */
function Sheet({ t, papers, questions }: { t: Translator; papers: number; questions: Questions }) {
  return (
    <>
      <p>
        <b>{t('ballots.table.papers', { n: papers })}</b> {t('ballots.table.count.line', { n: papers })}
      </p>
      <table className="mt-4 w-full table-fixed border-collapse text-sm">
        <thead>
          <tr>
            <th scope="col" className={cell} style={wide}>
              {t('ballots.acta.question')}
            </th>
            {marks.map((mark) => (
              <th key={mark} scope="col" className={cell} style={narrow}>
                {t(`ballots.table.mark.${mark}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {questions.map((question) => (
            <tr key={question.position} className="h-12 break-inside-avoid">
              <th scope="row" className={cell} style={asked}>
                {questionInWords(t, question)}
              </th>
              {marks.map((mark) => (
                <td key={mark} className={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Of an urn that was set aside nothing is counted: why, and how many names there were while they stand. */
function Aside({ t, papers, reason }: { t: Translator; papers: number | null; reason: string }) {
  return (
    <>
      <p>
        <b>{papers === null ? t('ballots.table.papers.gone') : t('ballots.table.papers', { n: papers })}</b>
      </p>
      <Notice tone="warning" word={t('ballots.paper.aside')}>
        {reason}
      </Notice>
    </>
  );
}

/** The acta of each urn, with room for what is counted and for who signs; two are filled in, one by each. */
export default async function UrnActa({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const call = await caller();
  const desk = await found(() => call.ballots.table({ id }));
  const questions = await call.ballots.questions({ id });
  const urns = desk.urns.flatMap((one, i) =>
    one.open || one.aside?.confirmed ? [{ ...one, at: i + 1 }] : [],
  );
  return (
    <Page at="ballots" wide>
      <PageTitle kicker={t('ballots.table.acta')} title={desk.title} lead={t('ballots.paper.acta.how')} />
      <p className="hint noprint">{t('ballots.acta.print')}</p>
      {urns.length === 0 ? <EmptyState title={t('ballots.paper.acta.none', { n: desk.fewest })} /> : null}
      {urns.map((one) => (
        <section key={one.urn} className="break-after-page">
          <h2>{urnInWords(t, one.labels, one.at)}</h2>
          {one.aside?.confirmed || one.papers === null ? (
            <Aside t={t} papers={one.papers} reason={one.aside?.reason ?? ''} />
          ) : (
            <Sheet t={t} papers={one.papers} questions={questions} />
          )}
          <p className="hint">
            {t('ballots.seal')}: <code className="break-all">{desk.manifestSha256}</code>
          </p>
          <Signatures rows={4} />
        </section>
      ))}
    </Page>
  );
}
