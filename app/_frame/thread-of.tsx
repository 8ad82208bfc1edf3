import { dayInWords } from '~/app/_form/format';
import { StepDrawing, type StepName } from '~/app/_ui/drawings/step-drawing';
import { Thread, type ThreadItem, type ThreadStep } from '~/app/_ui/thread';
import type { Locale, Translator } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import { limaDay } from '~/server/day';
import { isOverdue, owedBy } from '~/server/responses/rules';
import type { ForumOutputs } from '~/server/root';
import { opening } from './concern-line';

type Followed = Pick<ForumOutputs['thread']['ofConcern'], 'drafts' | 'ballots' | 'responses'>;
type Key = 'concern' | 'draft' | 'article' | 'ballot' | 'response';

function stepper(t: Translator) {
  return (
    key: Key & StepName,
    state: ThreadStep['state'],
    told: Pick<ThreadStep, 'line' | 'items' | 'more'>,
  ) => ({
    key,
    drawing: <StepDrawing name={key} size={2.5} />,
    name: t(`thread.step.${key}`),
    state,
    stateWord: t(`thread.state.${state}`),
    ...told,
  });
}

/** The steps that a concern and an article have in common: draft, ballot, response. */
function followed(facts: Followed, t: Translator, locale: Locale) {
  const draftItems: ThreadItem[] = facts.drafts.map((draft) => ({
    href: `/borradores/${draft.id}`,
    title: draft.title,
    line: t(`thread.draft.${draft.state}`),
  }));
  const ballotItems: ThreadItem[] = facts.ballots.map((ballot) => ({
    href: ballot.state === 'closed' ? `/votaciones/${ballot.id}/resultado` : `/votaciones/${ballot.id}`,
    title: ballot.title,
    line: t('thread.at', {
      place:
        ballot.article === null
          ? t('thread.at.whole')
          : t('thread.at.article', { number: ballot.article, version: ballot.version }),
      what: ballot.verdict
        ? t(`thread.ballot.verdict.${ballot.verdict}`)
        : t(`thread.ballot.${ballot.state as 'open' | 'closing' | 'closed'}`),
    }),
  }));
  const today = limaDay(new Date());
  const responseItems: ThreadItem[] = facts.responses.map((response) => ({
    href: `/documento/v/${response.version}/art/${response.article}#respuestas`,
    title: response.office,
    line: t('thread.at', {
      place: t('thread.at.article', { number: response.article, version: response.version }),
      what: answerOf(response, today, t, locale),
    }),
  }));
  return { draftItems, ballotItems, responseItems };
}

/** What an office said, or the day until which it is waited for. */
function answerOf(response: Followed['responses'][number], today: string, t: Translator, locale: Locale) {
  const owed = owedBy(response.dueOn, response.kind ? response : undefined);
  const day = owed ? dayInWords(locale, owed) : '';
  if (isOverdue(owed, today)) return t('thread.response.overdue', { day });
  if (response.kind === 'en_estudio' && owed) return t('thread.response.study', { day });
  return response.kind ? t(`thread.response.kind.${response.kind}`) : t('thread.response.waiting', { day });
}

const stateOf = (any: boolean, moving: boolean): ThreadStep['state'] =>
  !any ? 'pending' : moving ? 'current' : 'done';

/** The last three steps as the thread draws them. */
function ending(facts: Followed, t: Translator, locale: Locale): ThreadStep[] {
  const step = stepper(t);
  const { ballotItems, responseItems } = followed(facts, t, locale);
  return [
    step(
      'ballot',
      stateOf(
        ballotItems.length > 0,
        facts.ballots.some((ballot) => ballot.state !== 'closed'),
      ),
      ballotItems.length > 0 ? { items: ballotItems } : { line: t('thread.ballot.none') },
    ),
    step(
      'response',
      stateOf(
        responseItems.length > 0,
        facts.responses.some(
          (response) => owedBy(response.dueOn, response.kind ? response : undefined) !== null,
        ),
      ),
      responseItems.length > 0 ? { items: responseItems } : { line: t('thread.response.none') },
    ),
  ];
}

/** The thread of a concern, for its page. */
export async function ThreadOfConcern({ id }: { id: string }) {
  const { t, locale } = await words();
  const facts = await (await caller()).thread.ofConcern({ id });
  const step = stepper(t);
  const { draftItems } = followed(facts, t, locale);
  const taken = facts.drafts.length + facts.hiddenDrafts > 0;
  const placed = facts.articles.length > 0;
  const articles: ThreadItem[] = facts.articles.map((article) => ({
    href: `/documento/v/${article.version}/art/${article.number}`,
    title: t('thread.article.title', article),
    line: t('thread.article.version', article),
  }));
  const articleLine = t(
    facts.unfrozen > 0
      ? 'thread.article.unfrozen'
      : facts.state === 'no_recogida'
        ? 'thread.article.refused'
        : 'thread.article.none',
  );
  const draftLine =
    facts.hiddenDrafts > 0
      ? t('thread.draft.hidden', { n: facts.hiddenDrafts })
      : taken
        ? undefined
        : t(placed ? 'thread.draft.straight' : 'thread.draft.none');
  const steps: ThreadStep[] = [
    step('concern', 'done', { line: t('thread.concern.here') }),
    step('draft', taken ? (placed ? 'done' : 'current') : placed ? 'done' : 'pending', {
      line: draftLine,
      items: draftItems,
    }),
    step('article', placed ? 'done' : facts.unfrozen > 0 ? 'current' : 'pending', {
      items: articles,
      line: placed ? undefined : articleLine,
    }),
    ...ending(facts, t, locale),
  ];
  return <Thread label={t('thread.label')} steps={steps} />;
}

const shown = 3;

/** The first concerns, each a link, and the way to the rest of them on the same page. */
function concernItems(t: Translator, concerns: { id: string; number: number; words: string }[]) {
  const rest = concerns.length - shown;
  return {
    items: concerns.slice(0, shown).map((concern) => ({
      href: `/planteamientos/${concern.id}`,
      title: t('concerns.number', { n: concern.number }),
      line: opening(concern.words, 60),
    })),
    more:
      rest > 0
        ? {
            href: '#planteamientos',
            label: t('thread.concern.more', { n: rest }),
            spoken: t('thread.concern.more.spoken', { n: rest }),
          }
        : undefined,
  };
}

/** The thread of an article of a frozen version, for its page; `id` is the version article's. */
export async function ThreadOfArticle({ id }: { id: string }) {
  const { t, locale } = await words();
  const facts = await (await caller()).thread.ofVersionArticle({ id });
  const step = stepper(t);
  const { draftItems } = followed(facts, t, locale);
  const steps: ThreadStep[] = [
    step('concern', facts.total > 0 ? 'done' : 'pending', {
      ...concernItems(t, facts.concerns),
      line: facts.total === 0 ? t('thread.concern.none') : undefined,
    }),
    step('draft', 'done', {
      items: draftItems,
      line:
        facts.hiddenDrafts > 0
          ? t('thread.draft.hidden', { n: facts.hiddenDrafts })
          : draftItems.length === 0
            ? t('thread.draft.straight')
            : undefined,
    }),
    step('article', 'done', {
      items: [
        {
          href: `/documento/v/${facts.article.version}/art/${facts.article.number}`,
          title: t('thread.article.title', facts.article),
          line: t('thread.article.here', facts.article),
        },
      ],
    }),
    ...ending(facts, t, locale),
  ];
  return <Thread label={t('thread.label.article')} steps={steps} />;
}

/** The thread of a draft, for its page. */
export async function ThreadOfDraft({ id }: { id: string }) {
  const { t, locale } = await words();
  const facts = await (await caller()).thread.ofDraft({ id });
  const step = stepper(t);
  const placed = facts.articles.length > 0;
  const steps: ThreadStep[] = [
    step('concern', facts.concerns.length > 0 ? 'done' : 'pending', {
      ...concernItems(t, facts.concerns),
      line: facts.concerns.length === 0 ? t('thread.concern.missing') : undefined,
    }),
    step('draft', facts.state === 'open' ? 'current' : 'done', { line: t(`thread.draft.${facts.state}`) }),
    step('article', placed ? 'done' : facts.unfrozen > 0 ? 'current' : 'pending', {
      items: facts.articles.map((article) => ({
        href: `/documento/v/${article.version}/art/${article.number}`,
        title: t('thread.article.title', article),
        line: t('thread.article.version', article),
      })),
      line: placed ? undefined : t(facts.unfrozen > 0 ? 'thread.article.unfrozen' : 'thread.article.none'),
    }),
    ...ending({ ...facts, drafts: [] }, t, locale),
  ];
  return <Thread label={t('thread.label.draft')} steps={steps} />;
}
