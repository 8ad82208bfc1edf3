import { dayInWords } from '~/app/_form/format';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Disclosure } from '~/app/_ui/disclosure';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { StatePill } from '~/app/_ui/state-pill';
import type { Locale, Translator } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Shown = ForumOutputs['responses']['forArticle']['here'][number];
type Wording = NonNullable<Shown['current']>;
export const pillOf = {
  acogida: 'done',
  acogida_con_cambios: 'done',
  no_acogida: 'refused',
  en_estudio: 'moving',
} as const;

/** How a request stands, in a word with its shape: the answer's kind, the silence, or the time left. */
export function ResponsePill({ request, t }: { request: Pick<Shown, 'current' | 'overdue'>; t: Translator }) {
  if (request.current && !request.overdue)
    return (
      <StatePill state={pillOf[request.current.kind]}>
        {t(`responses.kind.${request.current.kind}`)}
      </StatePill>
    );
  return request.overdue ? (
    <StatePill state="late">{t('responses.overdue')}</StatePill>
  ) : (
    <StatePill state="open">{t('responses.waiting')}</StatePill>
  );
}

function Said({ wording, t, locale }: { wording: Wording; t: Translator; locale: Locale }) {
  return (
    <>
      <p className="hint">
        {t('responses.said', { day: dayInWords(locale, wording.on), n: wording.revision })}
      </p>
      <Paragraphs text={wording.words} />
    </>
  );
}

/** One office's answer with every earlier wording; or its silence, in days. */
export function OfficialResponse({ request, t, locale }: { request: Shown; t: Translator; locale: Locale }) {
  const { current, earlier, daysLate } = request;
  return (
    <Card title={request.office} level={3} aside={<ResponsePill request={request} t={t} />}>
      <p>{t('responses.due', { day: dayInWords(locale, request.dueOn) })}</p>
      {current?.until ? <p>{t('responses.study', { day: dayInWords(locale, current.until) })}</p> : null}
      {daysLate > 0 ? (
        <p>
          <b>{t(request.overdue ? 'responses.silent' : 'responses.late', { n: daysLate })}</b>
        </p>
      ) : null}
      {current ? <Said wording={current} t={t} locale={locale} /> : null}
      {earlier.length > 0 ? (
        <Disclosure summary={t('responses.earlier', { n: earlier.length })}>
          {earlier.map((wording) => (
            <section key={wording.revision}>
              <p>
                <b>{t(`responses.kind.${wording.kind}`)}</b>
              </p>
              <Said wording={wording} t={t} locale={locale} />
            </section>
          ))}
        </Disclosure>
      ) : null}
    </Card>
  );
}

/** Where two versions of an article are held against each other. */
export const comparison = (articleId: string, from: number, to: number) =>
  `/documento/comparar?de=${from}&a=${to}&articulo=${articleId}`;

type Article = { id: string; articleId: string; version: { number: number } };

/**
 * What the State says to a frozen article, and what it said to the same article in other versions; where it spoke
 * to earlier words, what has changed in them since.
 */
export async function OfficialResponses({ article }: { article: Article }) {
  const { t, locale } = await words();
  const versionArticleId = article.id;
  const shown = article.version.number;
  const { here, elsewhere, abilities } = await (await caller()).responses.forArticle({ versionArticleId });
  return (
    <section className="stack" id="respuestas">
      <h2>{t('responses.title')}</h2>
      {here.length === 0 ? <p>{t('responses.none')}</p> : null}
      {here.map((request) => (
        <OfficialResponse key={request.id} request={request} t={t} locale={locale} />
      ))}
      {elsewhere.map((request) => (
        <p key={request.id}>
          <a href={`/documento/v/${request.version}/art/${request.article}#respuestas`}>
            {t('responses.elsewhere', { office: request.office, n: request.version })}
          </a>{' '}
          <ResponsePill request={request} t={t} />{' '}
          {request.version < shown ? (
            <a href={comparison(article.articleId, request.version, shown)}>
              {t('document.compare.since', { n: request.version })}
            </a>
          ) : null}
        </p>
      ))}
      {abilities.ask ? (
        <Button kind="secondary" href={`/revision?articulo=${versionArticleId}#pedir`}>
          {t('responses.ask')}
        </Button>
      ) : null}
    </section>
  );
}
