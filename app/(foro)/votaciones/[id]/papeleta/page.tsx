import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { PageTitle } from '~/app/_ui/page-title';
import { choices } from '~/server/ballots/rules';
import { caller, words } from '~/server/caller';
import { questionInWords } from '../../_parts/words';

const cell = 'border-2 border-ink p-1 text-left';
// A long word breaks before the sheet grows wider than a phone.
const narrow = { fontSize: '0.75rem' };
const asked = { overflowWrap: 'anywhere' } as const;

/** The paper ballot, to be printed by the table: no number and no name stand on it, and all are alike. */
export default async function Paper({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const call = await caller();
  const desk = await found(() => call.ballots.table({ id }));
  const questions = await call.ballots.questions({ id });
  return (
    <Page at="ballots" wide>
      <PageTitle kicker={t('ballots.paper.title')} title={desk.title} lead={t('ballots.paper.how')} />
      <p className="hint noprint">{t('ballots.paper.print')}</p>
      <table className="mt-4 w-full border-collapse">
        <thead>
          <tr>
            <th scope="col" className={cell}>
              {t('ballots.acta.question')}
            </th>
            {choices.map((choice) => (
              <th key={choice} scope="col" className={`${cell} w-1/6`} style={narrow}>
                {t(`ballots.choice.${choice}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {questions.map((question) => (
            <tr key={question.position} className="break-inside-avoid">
              <th scope="row" className={cell} style={asked}>
                {questionInWords(t, question)}
              </th>
              {choices.map((choice) => (
                <td key={choice} className={`${cell} h-16`} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        {t('ballots.seal')}:{' '}
        <code className="break-all">{desk.manifestSha256 ?? t('ballots.paper.unsealed')}</code>
      </p>
    </Page>
  );
}
