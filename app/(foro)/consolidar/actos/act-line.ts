import { areaTitle } from '~/app/_form/labels';
import type { Locale, Translator } from '~/messages/catalogue';
import type { ForumOutputs } from '~/server/root';

export type Act = ForumOutputs['document']['acts']['items'][number];

/** What was done, in one sentence: «Juntó «Pozas» con «Agua limpia».» */
export function actInWords(
  t: Translator,
  locale: Locale,
  { kind, note }: Pick<Act, 'kind' | 'note'>,
): string {
  const said = {
    article: note.article?.title ?? '',
    other: note.other?.title ?? '',
    number: note.concern?.number ?? 0,
    draft: note.draft ?? t('document.acts.some_draft'),
    area: note.area ? areaTitle(locale, note.area) : '',
    act: note.undone?.number ?? 0,
    n: note.n ?? 0,
  };
  return t(`document.acts.say.${kind}`, said);
}

/** Why an act cannot be undone, as the failure would say it. */
export function whyNotInWords(t: Translator, why: NonNullable<Act['whyNot']>): string {
  // The code is a key of the failures, and the server's tests hold each to its sentence.
  return t(`failures.${why.code}` as 'failures.acts.gone', why.params as { title: string });
}
