import { translator } from '~/messages/catalogue';

export const t = translator('es');

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Markup that is finished; words become it through `h` alone. */
export type Html = { html: string };
const isHtml = (value: unknown): value is Html =>
  typeof value === 'object' && value !== null && 'html' in value;

type Inner = string | number | Html | null | false | readonly Inner[];
const written = (inner: Inner): string => {
  if (inner === null || inner === false) return '';
  if (isHtml(inner)) return inner.html;
  if (typeof inner === 'object') return inner.map(written).join('');
  return String(inner).replace(/[&<>"']/g, (letter) => entities[letter]!);
};

/** Markup with words in it: every word is escaped, whoever wrote it. */
export const h = (parts: TemplateStringsArray, ...inner: Inner[]): Html => ({
  html: parts.reduce((out, part, i) => out + written(inner[i - 1] ?? null) + part),
});

/** Words with line ends as paragraphs. */
export const paragraphs = (words: string): Html[] =>
  words
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => h`<p>${line}</p>`);

const day = new Intl.DateTimeFormat('es-PE', { dateStyle: 'full', timeZone: 'America/Lima' });
export const dayOf = (moment: Date | string): string => day.format(new Date(moment));
/** A day, YYYY-MM-DD, in words. */
export const dayInWords = (on: string): string => day.format(new Date(`${on}T12:00:00-05:00`));

/** The look of every page of the archive; no script, nothing from elsewhere. */
export const style = `:root{color:#241a14;background:#fdfaf4;font:1.125rem/1.5 system-ui,sans-serif}
body{max-width:44rem;margin:0 auto;padding:1rem}
h1{font-size:1.8rem;line-height:1.2}h2{margin-top:2rem;font-size:1.3rem}
a{color:#0a4a50;padding:.25rem 0;display:inline-block}p a,td a{display:inline}
nav{border-bottom:2px solid #84705a;padding-bottom:.5rem}nav a{margin-right:1rem}
article,.card{border:2px solid #84705a;border-radius:.5rem;padding:.25rem 1rem;margin:1rem 0;background:#fff}
.hint{color:#54463a}.point{display:flex;gap:.5rem}.state{font-weight:bold}
code{overflow-wrap:anywhere}table{border-collapse:collapse}td,th{border:1px solid #84705a;padding:.25rem .5rem;text-align:left}
del{color:#8a2a1f}ins{color:#0a4a50;font-weight:bold}.wide{overflow-x:auto}.wide td{white-space:nowrap}
@media print{nav{display:none}body{max-width:none}}
`;

export type PageOf = {
  title: string;
  /** How many folders deep it lies, so that its links lead out of them. */
  depth: 0 | 1 | 2;
  body: readonly Html[];
};

/** A whole page; every link in it is relative, so that it opens from a folder or a memory card. */
export function page({ title, depth, body }: PageOf): string {
  const up = '../'.repeat(depth);
  const to = (path: string, words: string) => h`<a href="${up}${path}">${words}</a>`;
  return h`<!doctype html>
<html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:">
<title>${title} · Frente Unido</title><link rel="stylesheet" href="${up}estilo.css"></head>
<body><nav>${to('index.html', t('document.archive.home'))}${to('planteamientos/1.html', t('document.archive.concerns'))}${to('votaciones/index.html', t('document.archive.ballots'))}</nav>
<main><h1>${title}</h1>
${body}
</main></body></html>
`.html;
}
