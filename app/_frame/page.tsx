import type { ReactNode } from 'react';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { NavBar } from '~/app/_ui/nav-bar';
import { QuickExit } from '~/app/_ui/quick-exit';
import { Shell } from '~/app/_ui/shell';
import { caller, requestContext, words } from '~/server/caller';
import { countedAtMost } from '~/server/notices/rules';
import { Footer } from './footer';
import { ForScript } from './for-script';

/** The five destinations, by the key that a page gives as `at`. */
export type Place = 'home' | 'document' | 'concerns' | 'ballots' | 'mine';

/**
 * The frame of every page: the way out, where one is, the demo's banner, the footer.
 * - `at`: which destination the page belongs to; - `title`: its `<h1>`, unless the page makes its own;
 * - `wide`: tables and two columns.
 */
export async function Page(props: { at?: Place; title?: string; wide?: boolean; children: ReactNode }) {
  const { t } = await words();
  const { actor } = await requestContext();
  const asked = await caller();
  const [forum, { n: unread }] = await Promise.all([
    asked.forum.face(),
    // A number that cannot be counted takes no page from anybody.
    actor.personId ? asked.notices.unread().catch(() => ({ n: 0 })) : { n: 0 },
  ]);
  const badge = {
    n: unread > countedAtMost ? `${countedAtMost}+` : `${unread}`,
    words: t('notices.badge', { n: unread }),
  };
  const places = [
    { key: 'home', href: '/', drawing: 'home' },
    { key: 'document', href: '/documento', drawing: 'article' },
    { key: 'concerns', href: '/planteamientos', drawing: 'concern' },
    { key: 'ballots', href: '/votaciones', drawing: 'ballot' },
    { key: 'mine', href: actor.personId ? '/mi-espacio' : '/entrar', drawing: 'me' },
  ] as const;
  const label = (key: Place) => (key === 'mine' && !actor.personId ? t('ui.nav.enter') : t(`ui.nav.${key}`));
  return (
    <Shell
      name={forum.name ?? 'Frente Unido'}
      skip={t('ui.skip')}
      wide={props.wide}
      demo={forum.demo ? t('ui.demo') : null}
      exit={<QuickExit href="/salir?rapido" label={t('ui.exit')} />}
      nav={
        <NavBar
          label={t('ui.nav')}
          items={places.map(({ key, href, drawing }) => ({
            href,
            drawing: <StepDrawing name={drawing} size={1.75} />,
            label: label(key),
            current: key === props.at,
            badge: key === 'mine' && unread > 0 ? badge : null,
          }))}
        />
      }
      footer={<Footer />}
    >
      <p className="note warn offline" data-when="copy">
        {t('light.offline', { day: '{day}' })}
      </p>
      <p className="note warn offline" data-when="none">
        {t('light.offline_none')}
      </p>
      <div className="stack">
        {props.title ? <h1>{props.title}</h1> : null}
        {props.children}
      </div>
      <ForScript />
    </Shell>
  );
}
