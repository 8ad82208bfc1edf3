import { Disclosure } from '~/app/_ui/disclosure';
import { departments } from '~/db/reference/places';
import type { Translator } from '~/messages/catalogue';
import { asked, isCharter } from '~/server/ballots/rules/charter';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { conditionInWords } from './words';

type Result = ForumOutputs['ballots']['result'];
type Counted = Result['questions'][number];
const places = new Map<string, string>(departments.map(({ code, name }) => [code, name]));

/** A group's name: women's, cooperatives', or the departments that it was put together from. */
export function groupInWords(t: Translator, label: string): string {
  if (label === 'inside' || label === 'outside') return t(`ballots.told.${label}`);
  return label
    .split('+')
    .map((code) => places.get(code) ?? t(code === 'inside' ? 'ballots.told.inside' : 'ballots.told.outside'))
    .join(' · ');
}

function womenInWords(t: Translator, women: NonNullable<NonNullable<Counted['told']>['women']>): string {
  if (women.told === 'counts') return t('ballots.told.women.counts', { ...women.counts });
  return women.told === 'yes' ? t('ballots.told.women.yes', women) : t('ballots.told.women.band');
}

/** What the rule asked and whether it was met, one line each, and what the plan tells of groups. */
export async function Told({ result, counted }: { result: Result; counted: Counted }) {
  const { told } = counted;
  if (!told || !isCharter(result.rule)) return null;
  const { t } = await words();
  const { quorum, overall, groups } = asked(result.rule, result.round);
  const lines = [
    ...quorum.map(({ of }, i) => ({
      said: t(of === 'overall' ? 'ballots.told.quorum.overall' : 'ballots.told.quorum.women'),
      met: told.findings.quorum[i],
    })),
    ...[...overall, ...groups].map((one, i) => ({
      said: conditionInWords(t, one),
      met: [...told.findings.overall, ...told.findings.groups][i],
    })),
  ];
  const favour = (one: boolean | null) =>
    t(one === null ? 'ballots.told.group.few' : one ? 'ballots.told.group.yes' : 'ballots.told.group.no');
  return (
    <Disclosure summary={t('ballots.told.title')}>
      <ul className="prose">
        {lines.map(({ said, met }) => (
          <li key={said}>
            {said} <b>{t(met ? 'ballots.told.yes' : 'ballots.told.no')}</b>
          </li>
        ))}
        {told.women ? (
          <li>
            {t('ballots.told.women')}: {womenInWords(t, told.women)}
          </li>
        ) : null}
        {(told.groups ?? []).map(({ label, favour: one }) => (
          <li key={label}>
            {groupInWords(t, label)}: {favour(one)}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
