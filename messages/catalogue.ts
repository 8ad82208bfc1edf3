import { IntlMessageFormat } from 'intl-messageformat';
import enAmendments from './en/amendments.json';
import enAssociations from './en/associations.json';
import enAudit from './en/audit.json';
import enBallots from './en/ballots.json';
import enBooths from './en/booths.json';
import enComments from './en/comments.json';
import enConcerns from './en/concerns.json';
import enDocument from './en/document.json';
import enDrafts from './en/drafts.json';
import enFailures from './en/failures.json';
import enHelp from './en/help.json';
import enHome from './en/home.json';
import enKeyring from './en/keyring.json';
import enLibrary from './en/library.json';
import enLight from './en/light.json';
import enNotices from './en/notices.json';
import enPeople from './en/people.json';
import enResponses from './en/responses.json';
import enSetup from './en/setup.json';
import enSpaces from './en/spaces.json';
import enThread from './en/thread.json';
import enUi from './en/ui.json';
import esAmendments from './es/amendments.json';
import esAssociations from './es/associations.json';
import esAudit from './es/audit.json';
import esBallots from './es/ballots.json';
import esBooths from './es/booths.json';
import esComments from './es/comments.json';
import esConcerns from './es/concerns.json';
import esDocument from './es/document.json';
import esDrafts from './es/drafts.json';
import esFailures from './es/failures.json';
import esHelp from './es/help.json';
import esHome from './es/home.json';
import esKeyring from './es/keyring.json';
import esLibrary from './es/library.json';
import esLight from './es/light.json';
import esNotices from './es/notices.json';
import esPeople from './es/people.json';
import esResponses from './es/responses.json';
import esSetup from './es/setup.json';
import esSpaces from './es/spaces.json';
import esThread from './es/thread.json';
import esUi from './es/ui.json';

const es = {
  failures: esFailures,
  ui: esUi,
  home: esHome,
  people: esPeople,
  associations: esAssociations,
  spaces: esSpaces,
  thread: esThread,
  concerns: esConcerns,
  drafts: esDrafts,
  document: esDocument,
  amendments: esAmendments,
  comments: esComments,
  ballots: esBallots,
  booths: esBooths,
  responses: esResponses,
  keyring: esKeyring,
  library: esLibrary,
  light: esLight,
  help: esHelp,
  audit: esAudit,
  notices: esNotices,
  setup: esSetup,
};
const en: Record<keyof typeof es, Record<string, string>> = {
  failures: enFailures,
  ui: enUi,
  home: enHome,
  people: enPeople,
  associations: enAssociations,
  spaces: enSpaces,
  thread: enThread,
  concerns: enConcerns,
  drafts: enDrafts,
  document: enDocument,
  amendments: enAmendments,
  comments: enComments,
  ballots: enBallots,
  booths: enBooths,
  responses: enResponses,
  keyring: enKeyring,
  library: enLibrary,
  light: enLight,
  help: enHelp,
  audit: enAudit,
  notices: enNotices,
  setup: enSetup,
};

export type Locale = 'es' | 'en';
type Catalogue = typeof es;
/** `capability.key`, checked by the compiler against the Spanish catalogue. */
export type MessageKey = {
  [N in keyof Catalogue & string]: `${N}.${keyof Catalogue[N] & string}`;
}[keyof Catalogue & string];
export type Params = Record<string, string | number | Date>;

const parsed = new Map<string, IntlMessageFormat>();

function pattern(locale: Locale, key: string): { words: string; locale: Locale } {
  const dot = key.indexOf('.');
  const capability = key.slice(0, dot) as keyof Catalogue;
  const name = key.slice(dot + 1);
  const own = locale === 'en' ? en[capability]?.[name] : undefined;
  const spanish = (es[capability] as Record<string, string> | undefined)?.[name];
  // A missing translation falls back to Spanish, never to English (product.md).
  return own !== undefined ? { words: own, locale } : { words: spanish ?? key, locale: 'es' };
}

/**
 * One sentence of the catalogue (ICU MessageFormat), with its parameters put in.
 * @returns the key itself where no catalogue has it, which a test forbids.
 */
export function sentence(locale: Locale, key: MessageKey, params?: Params): string {
  const found = pattern(locale, key);
  if (!params && !found.words.includes('{')) return found.words;
  const id = `${found.locale} ${key}`;
  let format = parsed.get(id);
  if (!format) {
    format = new IntlMessageFormat(found.words, found.locale === 'es' ? 'es-PE' : 'en', undefined, {
      ignoreTag: true,
    });
    parsed.set(id, format);
  }
  return String(format.format(params));
}

export type Translator = (key: MessageKey, params?: Params) => string;
export const translator =
  (locale: Locale): Translator =>
  (key, params) =>
    sentence(locale, key, params);

/** The raw Spanish and English catalogues, for tests and for the phone's few words. */
export const catalogues = { es, en };
