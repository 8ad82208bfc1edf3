import { dayInWords, listInWords } from '~/app/_form/format';
import type { Locale, Translator } from '~/messages/catalogue';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { sentenceOf } from '../../../documento/comparar/sentence';
import { comparison } from '../../../documento/responses';

type Origin = ForumOutputs['document']['origin'];
type Event = Origin['events'][number];
const numbersAtMost = 12;

function frozen(t: Translator, locale: Locale, event: Event & { kind: 'frozen' }, first: boolean): string {
  const at = { n: event.version, number: event.place.number };
  if (!event.before) return t(first ? 'document.origin.frozen.first' : 'document.origin.frozen.again', at);
  const sentence = sentenceOf(t, locale, {
    before: event.before.place,
    after: event.place,
    difference: event.difference,
    chapter: event.before.place.area !== event.place.area,
    place: false,
  });
  return t('document.origin.frozen.changed', { ...at, sentence });
}

function sentenceFor(t: Translator, locale: Locale, event: Event, first: boolean): string {
  switch (event.kind) {
    case 'taken': {
      const { space, bases } = event.draft;
      const from = space ? t('document.origin.taken.space', { space }) : t('document.origin.taken.hidden');
      return bases.length > 0
        ? `${from} ${t('document.origin.taken.bases', { bases: listInWords(locale, bases) })}`
        : from;
    }
    case 'tied':
    case 'untied': {
      const all = event.concerns.map(({ number }) => String(number));
      const left = all.length - numbersAtMost;
      const said =
        left > 1 ? [...all.slice(0, numbersAtMost), t('document.origin.numbers.more', { n: left })] : all;
      return t(`document.origin.${event.kind}`, { n: all.length, numbers: listInWords(locale, said) });
    }
    case 'frozen':
      return frozen(t, locale, event, first);
    case 'gone':
      return t('document.origin.gone', { n: event.version });
    case 'retired':
      return t('document.origin.retired');
  }
}

/** Every step of it, from the draft on: what, when, and which table, base or committee. */
export async function History({ article }: { article: Origin }) {
  const { t, locale } = await words();
  const firstFrozen = article.events.find(({ kind }) => kind === 'frozen');
  return (
    <section className="stack" id="pasos">
      <h2>{t('document.origin.history')}</h2>
      <p className="hint">{t('document.origin.history.who')}</p>
      <ol className="stack">
        {article.events.map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name, and none ever moves.
          <li key={i}>
            <p className="hint">{dayInWords(locale, event.day)}</p>
            <p>
              {sentenceFor(t, locale, event, event === firstFrozen)}{' '}
              {event.kind === 'taken' && event.draft.id ? (
                <a href={`/borradores/${event.draft.id}`}>{event.draft.title}</a>
              ) : null}
              {event.kind === 'frozen' ? (
                event.difference && event.before ? (
                  <a href={comparison(article.id, event.before.version, event.version)}>
                    {t('document.origin.frozen.compare')}
                  </a>
                ) : (
                  <a href={`/documento/v/${event.version}/art/${event.place.number}`}>
                    {t('document.origin.frozen.read', { n: event.version })}
                  </a>
                )
              ) : null}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
