import { redirect } from 'next/navigation';
import { longDate } from '~/app/_form/format';
import { Page } from '~/app/_frame/page';
import { BigAction } from '~/app/_ui/big-action';
import { Button } from '~/app/_ui/button';
import { StepDrawing, type StepName } from '~/app/_ui/drawings/step-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { PageTitle } from '~/app/_ui/page-title';
import { Thread, type ThreadStep } from '~/app/_ui/thread';
import type { Locale, Translator } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Home = ForumOutputs['forum']['home'];
type Act = Home['acts'][number];

const placeOf: Record<Act['kind'], { drawing: StepName; href: (act: Act) => string }> = {
  vote: { drawing: 'ballot', href: (act) => `/votaciones/${'id' in act ? act.id : ''}` },
  answer: { drawing: 'response', href: () => '/revision' },
  accredit: { drawing: 'people', href: () => '/credenciales' },
  consolidate: { drawing: 'article', href: () => '/consolidar' },
  write: { drawing: 'draft', href: (act) => `/borradores/${'id' in act ? act.id : ''}` },
  arrange: { drawing: 'acta', href: () => '/secretaria' },
  enroll: { drawing: 'people', href: (act) => `/asociaciones/${'id' in act ? act.id : ''}` },
  raise: { drawing: 'concern', href: () => '/planteamientos/nuevo' },
  read: { drawing: 'article', href: () => '/documento' },
  enter: { drawing: 'card', href: () => '/entrar' },
};

function wordsOf(act: Act, t: Translator, locale: Locale) {
  const params = {
    title: 'title' in act ? act.title : '',
    name: 'name' in act ? act.name : '',
    count: 'count' in act ? act.count : 0,
    day: 'closesAt' in act ? longDate(locale, new Date(act.closesAt)) : '',
  };
  return {
    title: t(`home.act.${act.kind}.title`),
    line: t(`home.act.${act.kind}.line`, params),
    button: t(`home.act.${act.kind}.button`),
  };
}

function stepsOf({ counts }: Home, t: Translator, locale: Locale): ThreadStep[] {
  const open = counts.open[0];
  const closed = counts.closed[0];
  const step = (
    key: StepName & keyof typeof names,
    state: ThreadStep['state'],
    line: string,
    href: string,
    ...more: { href: string; title: string }[]
  ) => ({
    key,
    drawing: <StepDrawing name={key} size={2.5} />,
    name: t(names[key]),
    state,
    stateWord: t(`home.state.${state}`),
    items: [{ href, title: line }, ...more],
  });
  const names = {
    concern: 'home.step.concern',
    draft: 'home.step.draft',
    article: 'home.step.article',
    ballot: 'home.step.ballot',
    response: 'home.step.response',
  } as const;
  const { version } = counts;
  return [
    step(
      'concern',
      counts.concerns > 0 ? 'done' : 'current',
      t('home.step.concern.line', { n: counts.concerns, placed: counts.placed }),
      '/planteamientos',
      { href: '/planteamientos/tablero', title: t('home.board') },
    ),
    step(
      'draft',
      counts.drafts > 0 ? 'current' : version ? 'done' : 'pending',
      t('home.step.draft.line', { n: counts.drafts }),
      '/mesas',
    ),
    step(
      'article',
      version ? 'done' : 'pending',
      version ? t('home.step.article.line', { version, n: counts.articles }) : t('home.step.article.none'),
      '/documento',
    ),
    step(
      'ballot',
      open ? 'current' : closed ? 'done' : 'pending',
      open
        ? t('home.step.ballot.open', { day: longDate(locale, new Date(open.closesAt)) })
        : t(closed ? 'home.step.ballot.closed' : 'home.step.ballot.none'),
      open ? `/votaciones/${open.id}` : closed ? `/votaciones/${closed.id}/resultado` : '/votaciones',
    ),
    step(
      'response',
      counts.asked === 0 ? 'pending' : counts.answered < counts.asked ? 'current' : 'done',
      counts.asked > 0
        ? t('home.step.response.line', { answered: counts.answered, asked: counts.asked })
        : t('home.step.response.none'),
      '/documento',
    ),
  ];
}

export default async function HomePage() {
  const { t, locale } = await words();
  const forum = await caller();
  const [{ name }, home] = await Promise.all([forum.forum.face(), forum.forum.home()]);
  // An empty forum has nothing to show but its first page.
  if (name === null) redirect('/instalar');
  const [first, ...others] = home.acts;
  const big = wordsOf(first!, t, locale);
  const also = others.map((act) => {
    const said = wordsOf(act, t, locale);
    const { href, drawing } = placeOf[act.kind];
    return {
      href: href(act),
      title: said.title,
      line: said.line,
      drawing: <StepDrawing name={drawing} size={3} />,
    };
  });
  // Whoever is signed in and has not made her six words yet is led there, last and without hurry.
  if (home.acts.every(({ kind }) => kind !== 'enter') && !(await forum.people.keyring()).made)
    also.push({
      href: '/mi-espacio#clave',
      title: t('home.words.title'),
      line: t('home.words.line'),
      drawing: <StepDrawing name="me" size={3} />,
    });
  return (
    <Page at="home">
      <PageTitle title={name} lead={t('home.lead')} />
      <BigAction
        title={big.title}
        line={big.line}
        drawing={<StepDrawing name={placeOf[first!.kind].drawing} size={5} />}
      >
        <Button href={placeOf[first!.kind].href(first!)}>{big.button}</Button>
      </BigAction>
      {also.length > 0 ? (
        <>
          <h2>{t('home.also')}</h2>
          <LinkList items={also} />
        </>
      ) : null}
      <h2>{t('home.where')}</h2>
      <Thread label={t('home.thread')} steps={stepsOf(home, t, locale)} />
    </Page>
  );
}
