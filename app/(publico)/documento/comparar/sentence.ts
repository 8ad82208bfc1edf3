import { listInWords } from '~/app/_form/format';
import { areaTitle } from '~/app/_form/labels';
import type { Locale, Translator } from '~/messages/catalogue';
import type { ForumOutputs } from '~/server/root';

export type Fate = Extract<
  ForumOutputs['document']['comparison']['blocks'][number],
  { fate: unknown }
>['fate'];

/** What changed in its words: how many came and went. Its title and its other fields are named beside them. */
function ofWords(t: Translator, locale: Locale, difference: NonNullable<Fate['difference']>): string[] {
  const { words, written, listed, marked, concerns, fields } = difference;
  const clauses: string[] = [];
  if (words.in && words.out) clauses.push(t('document.compare.words', { added: words.in, gone: words.out }));
  else if (words.in) clauses.push(t('document.compare.words.in', { n: words.in }));
  else if (words.out) clauses.push(t('document.compare.words.out', { n: words.out }));
  else if (written.length > 0) clauses.push(t('document.compare.words.signs'));
  const others = [
    ...fields.filter((field) => field !== 'text'),
    ...listed.map(({ field }) => field),
    ...marked,
  ];
  if (others.length > 0)
    clauses.push(
      t('document.compare.fields', {
        fields: listInWords(
          locale,
          others.map((field) => t(`document.compare.field.${field}`)),
        ),
      }),
    );
  if (concerns.in) clauses.push(t('document.compare.concerns.in', { n: concerns.in }));
  if (concerns.out) clauses.push(t('document.compare.concerns.out', { n: concerns.out }));
  return clauses;
}

/** What became of an article, in one sentence. */
export function sentenceOf(
  t: Translator,
  locale: Locale,
  fate: Pick<Fate, 'before' | 'after' | 'difference' | 'chapter' | 'place'>,
): string {
  const { before, after, difference } = fate;
  if (!before) return t('document.compare.is_new');
  if (!after) return t('document.compare.is_retired', { number: before.number });
  const clauses = difference ? ofWords(t, locale, difference) : [];
  if (fate.chapter)
    clauses.push(
      t('document.compare.chapter', {
        from: areaTitle(locale, before.area),
        to: areaTitle(locale, after.area),
      }),
    );
  else if (fate.place) clauses.push(t('document.compare.place'));
  if (before.number !== after.number)
    clauses.push(t('document.compare.number', { from: before.number, to: after.number }));
  if (clauses.length === 0) return t('document.compare.is_same');
  const sentence = clauses.join('; ');
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
}
