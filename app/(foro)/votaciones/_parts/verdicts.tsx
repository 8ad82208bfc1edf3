import { number } from '~/app/_form/format';
import { Bars } from '~/app/_ui/bars';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { StatePill } from '~/app/_ui/state-pill';
import { isTold, sheets } from '~/server/ballots/rules';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { Told } from './told';
import { questionInWords, verdictPill } from './words';

export type Counted = ForumOutputs['ballots']['result']['questions'][number];

/**
 * One question's verdict in a word, its three numbers drawn, and the way to its text.
 * @param explained says in a sentence, too, why the rule came to it
 */
export async function Verdict(props: {
  result: ForumOutputs['ballots']['result'];
  counted: Counted;
  text: string;
  explained?: boolean;
}) {
  const { result, counted, text, explained } = props;
  const { t, locale } = await words();
  const { verdict, article, rival, holds } = counted;
  const bar = (choice: 'si' | 'no' | 'abstencion', value: number, pattern: 0 | 1 | 4) => ({
    label: t(`ballots.choice.${choice}`),
    value,
    text: number(locale, value),
    pattern,
  });
  return (
    <Card title={questionInWords(t, counted)} level={3}>
      <p>
        <StatePill state={verdictPill[verdict]}>{t(`ballots.verdict.${verdict}`)}</StatePill>
      </p>
      {explained ? <p>{t(`ballots.verdict.${verdict}.line`)}</p> : null}
      {isTold(counted) ? (
        <Bars
          label={t('ballots.result.bars')}
          max={Math.max(1, sheets(counted))}
          rows={[bar('si', counted.yes, 0), bar('no', counted.no, 1), bar('abstencion', counted.abstain, 4)]}
        />
      ) : (
        <p className="hint">{t('ballots.result.untold')}</p>
      )}
      <Told result={result} counted={counted} />
      {holds === null ? null : <p>{t(holds ? 'ballots.rival.holds' : 'ballots.rival.not')}</p>}
      <Button
        kind="quiet"
        href={rival ? `/enmiendas/${rival.id}` : article ? `${text}/art/${article.number}` : text}
      >
        {t(article || rival ? 'ballots.result.read' : 'ballots.result.read.whole')}
      </Button>
    </Card>
  );
}
