import { dayInWords } from '~/app/_form/format';
import { Disclosure } from '~/app/_ui/disclosure';
import type { Translator } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { groupInWords } from './told';

export type WentBack = ForumOutputs['ballots']['reasons'][number];
type Reason = WentBack['reasons'][number];

/** In whose name a reason stands: the roll's, a group's, or a base's with the group it speaks in. */
function signedBy(t: Translator, { base, label }: Reason): string {
  if (label === null)
    return base
      ? t('ballots.reasons.sign.base', { base, group: t('ballots.reasons.group.all') })
      : t('ballots.reasons.sign.all');
  const group = groupInWords(t, label);
  return base ? t('ballots.reasons.sign.base', { base, group }) : t('ballots.reasons.sign.group', { group });
}

/** Whose reasons are asked for, in a sentence each, and until when. */
export async function AskedWhy({ back }: { back: WentBack }) {
  const { t, locale } = await words();
  const lines = back.asked.map((group) =>
    group === null
      ? t('ballots.reasons.who.all')
      : group.label === 'women'
        ? t('ballots.reasons.who.women')
        : t('ballots.reasons.who.group', { group: groupInWords(t, group.label) }),
  );
  return (
    <p>
      {lines.join(' ')}{' '}
      {back.open
        ? t('ballots.reasons.until', { day: dayInWords(locale, back.until!) })
        : t('ballots.reasons.closed')}
    </p>
  );
}

/** The reasons that stand beside an article that went back. */
export async function ReasonsGiven({ back }: { back: WentBack }) {
  const { t } = await words();
  if (back.reasons.length === 0) return <p className="hint">{t('ballots.reasons.none')}</p>;
  return (
    <ul className="stack">
      {back.reasons.map((reason) => (
        <li key={reason.id}>
          {reason.words === null ? (
            <p className="hint">{t('ballots.reasons.hidden', { why: reason.hidden! })}</p>
          ) : (
            <blockquote className="prose">{reason.words}</blockquote>
          )}
          <p className="hint">{signedBy(t, reason)}</p>
        </li>
      ))}
    </ul>
  );
}

/** Why an article went back, on its page and its desk; nothing where it never did. */
export async function WhyItWentBack({ articleId, open }: { articleId: string; open?: boolean }) {
  const all = await (await caller()).ballots.reasonsOfArticle({ id: articleId });
  if (all.length === 0) return null;
  const { t } = await words();
  const told = all.map((back) => (
    <section key={back.question} className="stack">
      <p>
        <a href={`/votaciones/${back.ballot.id}/razones`}>
          {t('ballots.reasons.of', { title: back.ballot.title })}
        </a>
      </p>
      <ReasonsGiven back={back} />
    </section>
  ));
  if (!open) return <Disclosure summary={t('ballots.reasons.title')}>{told}</Disclosure>;
  return (
    <section className="stack">
      <h2>{t('ballots.reasons.title')}</h2>
      {told}
    </section>
  );
}

/** In a second vote: what changed since the text that went back, and why it did. */
export async function WhatChanged(props: {
  article: { articleId: string; version: number };
  kiosk?: boolean;
}) {
  const { article, kiosk } = props;
  const all = await (await caller()).ballots.reasonsOfArticle({ id: article.articleId });
  const back = all.find((one) => article.version - one.article.version >= 1);
  if (!back) return null;
  const { t } = await words();
  return (
    <Disclosure summary={t('ballots.reasons.changed')}>
      {kiosk ? null : (
        <p>
          <a
            href={`/documento/comparar?de=${back.article.version}&a=${article.version}&articulo=${article.articleId}`}
            target="_blank"
            rel="noreferrer"
          >
            {t('ballots.reasons.changed.see')}
          </a>
        </p>
      )}
      <ReasonsGiven back={back} />
    </Disclosure>
  );
}
