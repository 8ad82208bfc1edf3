'use client';

import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react';
import { type Change, dropAsRead, dropChange, keepChange, keptChanges } from '../_light/changes';
import { owner } from '../_light/page';
import { type Connection, connect } from './connection';
import { ModeChoice, useMode } from './mode';
import { PlainText } from './plain-text';
import type { RichText as RichKind } from './rich/rich-text';
import { Status } from './status';
import { Tray } from './tray';
import type { EditorProps } from './words';

const socketUrl = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/yjs`;

/** Opens the text when the page does and lets go of it with the page. */
export function LiveText(props: EditorProps) {
  const [live, setLive] = useState<Connection | null>(null);
  useEffect(() => {
    const release = (id: string, read?: Change) => (read ? dropAsRead(read) : dropChange(id));
    const shelf = props.keep ? { hold: keepChange, release, all: keptChanges } : undefined;
    const opened = connect({ url: socketUrl(), room: props.room, owner, shelf });
    setLive(opened);
    return () => opened.destroy();
  }, [props.room, props.keep]);
  return live ? <Writing {...props} live={live} /> : null;
}

type Rich = ComponentType<Parameters<typeof RichKind>[0]>;
/** The editor with looks comes only to who asks for it; without a network the plain field stays. */
function useRich(wanted: boolean): Rich | null {
  const [Rich, setRich] = useState<Rich | null>(null);
  useEffect(() => {
    if (!wanted || Rich) return;
    let gone = false;
    import('./rich/rich-text').then(
      (loaded) => gone || setRich(() => loaded.RichText),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [wanted, Rich]);
  return wanted ? Rich : null;
}

function Writing({ live, words, atMost, text, back, library }: EditorProps & { live: Connection }) {
  const state = useSyncExternalStore(live.subscribe, live.state);
  const [tooLong, setTooLong] = useState(false);
  const [mode, choose] = useMode(library !== undefined);
  const Rich = useRich(mode === 'rich');
  const open = state.link !== 'connecting';

  // What lies on this phone may be left; the rest would be lost with the page, unless she leaves for good.
  const loose = state.dirty && state.kept === 0;
  useEffect(() => {
    if (!loose) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const leave = () => removeEventListener('beforeunload', ask);
    addEventListener('beforeunload', ask);
    addEventListener('olvida', leave);
    return () => {
      leave();
      removeEventListener('olvida', leave);
    };
  }, [loose]);

  useEffect(() => {
    const hidden = () => document.hidden && live.flush();
    document.addEventListener('visibilitychange', hidden);
    return () => document.removeEventListener('visibilitychange', hidden);
  }, [live]);

  useEffect(() => {
    const there = () => live.network(true);
    const gone = () => live.network(false);
    addEventListener('online', there);
    addEventListener('offline', gone);
    return () => {
      removeEventListener('online', there);
      removeEventListener('offline', gone);
    };
  }, [live]);

  const lost = open && !state.writer && state.dirty;
  const field = { live, words, atMost, writer: state.writer, tooLong: setTooLong };
  return (
    <div className="stack">
      <Status state={state} words={words} tooLong={tooLong} />
      {lost ? (
        <div className="fld">
          <label className="lab" htmlFor="f-unsaved">
            {words.unsaved}
          </label>
          <textarea className="ctl" id="f-unsaved" readOnly rows={5} value={state.unsaved} />
        </div>
      ) : null}
      <Tray lost={state.lost} words={words} putBack={live.putBack} letGo={live.letGo} />
      {state.link === 'ended' ? (
        <a href={back}>{words.back}</a>
      ) : (
        <>
          {library ? <ModeChoice mode={mode} words={words} choose={choose} /> : null}
          {open && Rich ? (
            <Rich {...field} library={library} />
          ) : (
            <PlainText {...field} open={open} text={text} />
          )}
          {state.lost.length > 0 ? (
            <a className="note warn cue" href="#tray">
              {words.lostSee}
            </a>
          ) : null}
        </>
      )}
    </div>
  );
}
