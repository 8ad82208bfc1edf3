import type { State } from '~/app/_ui/state-pill';
import type { Translator } from '~/messages/catalogue';
import { type DecisionRule, quorumNeeded } from '~/server/ballots/rules';
import { type AnyRule, asked, type Charter, isCharter, type Round } from '~/server/ballots/rules/charter';
import type { Condition, Quorum } from '~/server/ballots/rules/conditions';

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
  vuelve: 'moving',
  disenso: 'refused',
} as const satisfies Record<string, State>;

function quorumInWords(t: Translator, { of, percent }: Quorum, roll: number | null): string[] {
  if (of !== 'overall') return [t('ballots.rule.quorum.women', { percent })];
  const needed = quorumNeeded({ quorumPercent: percent, majorityPercent: 50 }, roll ?? 0);
  return [
    percent === 50 ? t('ballots.rule.quorum.half') : t('ballots.rule.quorum', { percent }),
    ...(roll === null ? [] : [t('ballots.rule.quorum.n', { needed, roll })]),
  ];
}

/** One thing that is asked, as a sentence. Kinds that no rule to pick uses have none. */
export function conditionInWords(t: Translator, condition: Condition): string {
  if (condition.kind === 'majority') {
    const { of, percent } = condition;
    if (of !== 'overall') return t('ballots.rule.women');
    return percent === 50 ? t('ballots.rule.majority.half') : t('ballots.rule.majority', { percent });
  }
  if (condition.kind === 'chamber') {
    const { percent, quorum } = condition;
    return percent === 50
      ? t('ballots.rule.chamber', { quorum })
      : t('ballots.rule.chamber.second', { percent, quorum });
  }
  if (condition.kind === 'share') return t('ballots.rule.regions', { share: condition.share });
  if (condition.kind !== 'every') return condition.kind;
  const { dimension, percent } = condition;
  if (dimension === 'women') return t('ballots.rule.each.women', { percent });
  if (dimension === 'region') return t('ballots.rule.each.region', { percent });
  return percent === 50 ? t('ballots.rule.cooperatives') : t('ballots.rule.each.cooperative', { percent });
}

function charterInWords(t: Translator, charter: Charter, roll: number | null, round: Round): string[] {
  const { quorum, overall, groups } = asked(charter, round);
  const { second, secondCall, least } = charter;
  return [
    ...quorum.flatMap((one) => quorumInWords(t, one, roll)),
    ...[...overall, ...groups].map((one) => conditionInWords(t, one)),
    t('ballots.rule.abstain'),
    ...(groups.length > 0 ? [t('ballots.rule.least', { least })] : []),
    ...(second ? [t(round === 'second_vote' ? 'ballots.rule.dissent' : 'ballots.rule.returns')] : []),
    ...(round === 'first' && secondCall ? [t('ballots.rule.second_call', { ...secondCall })] : []),
  ];
}

/** The rule in whole sentences; with the roll, also in heads. */
export function ruleInWords(
  t: Translator,
  rule: AnyRule,
  roll: number | null,
  round: Round = 'first',
): string[] {
  return isCharter(rule) ? charterInWords(t, rule, roll, round) : numbersInWords(t, rule, roll);
}

function numbersInWords(t: Translator, rule: DecisionRule, roll: number | null): string[] {
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
