import type { State } from '~/app/_ui/state-pill';
import type { Translator } from '~/messages/catalogue';
import { type DecisionRule, quorumNeeded } from '~/server/ballots/rules';

/** The shape that stands beside the word for each state of a ballot, and for each verdict. */
export const pillOf = {
  prepared: 'open',
  open: 'moving',
  closing: 'moving',
  closed: 'closed',
} as const satisfies Record<string, State>;
export const verdictPill = {
  aprobado: 'done',
  no_aprobado: 'refused',
  sin_quorum: 'late',
} as const satisfies Record<string, State>;

/** The rule in whole sentences; with the roll, also in heads. */
export function ruleInWords(t: Translator, rule: DecisionRule, roll: number | null): string[] {
  const { quorumPercent: quorum, majorityPercent: majority } = rule;
  const special = { 50: 'ballots.rule.quorum.half', 100: 'ballots.rule.quorum.all' } as const;
  return [
    quorum === 50 || quorum === 100 ? t(special[quorum]) : t('ballots.rule.quorum', { percent: quorum }),
    ...(roll === null ? [] : [t('ballots.rule.quorum.n', { needed: quorumNeeded(rule, roll), roll })]),
    majority === 50 ? t('ballots.rule.majority.half') : t('ballots.rule.majority', { percent: majority }),
    t('ballots.rule.abstain'),
  ];
}

type Asked = {
  article: { number: number; title: string } | null;
  rival: { kind: 'replace' | 'add' | 'remove'; title: string; by: string } | null;
};

/** «Artículo 4. Agua segura», the text of an amendment that stands beside it, or the whole text. */
export function questionInWords(t: Translator, { article, rival }: Asked): string {
  if (rival && article)
    return t(rival.kind === 'remove' ? 'ballots.question.rival.remove' : 'ballots.question.rival', {
      number: article.number,
      by: rival.by,
    });
  if (rival) return t('ballots.question.rival.add', { title: rival.title, by: rival.by });
  return article
    ? t('ballots.question.article', { number: article.number, title: article.title })
    : t('ballots.question.whole');
}
