import { useEffect, useRef } from 'react';
import { type Binding, bind } from './binding';
import type { Connection } from './connection';
import type { EditorProps } from './words';

type Props = Pick<EditorProps, 'words' | 'atMost' | 'text'> & {
  live: Connection;
  open: boolean;
  writer: boolean;
  tooLong(is: boolean): void;
};

/** The text as words and nothing else, in a field that every phone and every screen reader knows. */
export function PlainText({ live, open, writer, words, atMost, text, tooLong }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const bound = useRef<Binding | null>(null);

  useEffect(() => {
    if (!open || !field.current) return;
    const binding = bind(field.current, live, { atMost, tooLong: () => tooLong(true) });
    bound.current = binding;
    return () => binding.release();
  }, [open, live, atMost, tooLong]);

  useEffect(() => {
    if (writer) bound.current?.clean();
  }, [writer]);

  return (
    <>
      <div className="fld">
        <label className="lab" htmlFor="f-text">
          {words.label}
        </label>
        <textarea
          className="ctl min-h-[60dvh] leading-relaxed"
          id="f-text"
          ref={field}
          // Until the text has come nothing is bound to the field: what were typed into it would go with its coming.
          readOnly={!open || !writer}
          defaultValue={text}
          spellCheck
          onInput={() => tooLong(false)}
        />
      </div>
      {writer ? (
        <div className="row">
          <button className="btn" type="button" onClick={() => bound.current?.undo()}>
            {words.undo}
          </button>
          <button className="btn" type="button" onClick={() => bound.current?.redo()}>
            {words.redo}
          </button>
        </div>
      ) : null}
    </>
  );
}
