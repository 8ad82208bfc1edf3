import type { ReactNode } from 'react';
import { Logo } from '~/app/_ui/drawings/logo';
import { Icon } from '~/app/_ui/icon';
import { caller, words } from '~/server/caller';

/**
 * The frame of the assembly's tablet: no destination, no link that leads out, one way to wipe what is there.
 * - `turn`: somebody is voting, or has typed something; - `children`: the screen.
 */
export async function Kiosk(props: { turn?: boolean; children: ReactNode }) {
  const { t } = await words();
  const forum = await (await caller()).forum.face();
  const told = { idle: t('booths.idle'), offline: t('booths.offline') };
  return (
    <>
      <header className="head">
        <div className="top">
          <div className="bar">
            <p className="brand">
              <Logo size={2.5} />
              <span>{forum.name ?? 'Frente Unido'}</span>
            </p>
            {props.turn ? (
              <a className="btn exit" href="/caseta/borrar">
                {t('booths.wipe')}
              </a>
            ) : null}
          </div>
          <div className="weave" />
        </div>
        {forum.demo ? <p className="demo">{t('ui.demo')}</p> : null}
      </header>
      {/* Without the script nobody knows whether she is still there: the page goes after a while in any case. */}
      {props.turn ? (
        <noscript>
          <meta httpEquiv="refresh" content="300;url=/caseta/borrar" />
        </noscript>
      ) : null}
      <main className="main" id="main" tabIndex={-1} data-turn={props.turn || undefined}>
        <div className="stack" data-say>
          <button
            type="button"
            id="oye"
            className="btn voice noprint"
            data-words={JSON.stringify(told)}
            hidden
          >
            <Icon name="listen" />
            {t('booths.hear')}
          </button>
          {props.children}
        </div>
      </main>
    </>
  );
}
