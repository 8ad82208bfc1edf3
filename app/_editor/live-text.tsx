'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type Binding, bind } from './binding';
import { type Connection, connect } from './connection';
import { Status } from './status';
import type { EditorProps } from './words';

const socketUrl = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/yjs`;

/** Opens the text when the page does and lets go of it with the page. */
export function LiveText(props: EditorProps) {
  const [live, setLive] = useState<Connection | null>(null);
  useEffect(() => {
    const opened = connect({ url: socketUrl(), room: props.room });
    setLive(opened);
    return () => opened.destroy();
  }, [props.room]);
  return live ? <Writing {...props} live={live} /> : null;
}

function Writing({ live, words, atMost, text, back }: EditorProps & { live: Connection }) {
  const state = useSyncExternalStore(live.subscribe, live.state);
  const field = useRef<HTMLTextAreaElement>(null);
  const bound = useRef<Binding | null>(null);
  const [tooLong, setTooLong] = useState(false);
  const open = state.link !== 'connecting';

  useEffect(() => {
    if (!open || !field.current) return;
    const binding = bind(field.current, live, { atMost, tooLong: () => setTooLong(true) });
    bound.current = binding;
    return () => binding.release();
  }, [open, live, atMost]);

  useEffect(() => {
    if (state.writer) bound.current?.clean();
  }, [state.writer]);

  useEffect(() => {
    if (!state.dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [state.dirty]);

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
      {state.link === 'ended' ? (
        <a href={back}>{words.back}</a>
      ) : (
        <div className="fld">
          <label className="lab" htmlFor="f-text">
            {words.label}
          </label>
          <textarea
            className="ctl min-h-[60dvh] leading-relaxed"
            id="f-text"
            ref={field}
            readOnly={!state.writer}
            defaultValue={text}
            spellCheck
            onInput={() => setTooLong(false)}
          />
        </div>
      )}
      {state.writer ? (
        <div className="row">
          <button className="btn" type="button" onClick={() => bound.current?.undo()}>
            {words.undo}
          </button>
          <button className="btn" type="button" onClick={() => bound.current?.redo()}>
            {words.redo}
          </button>
        </div>
      ) : null}
    </div>
  );
}
