'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { EditorProps } from './words';

/** The place of the editor: the text can be read at once, and its code comes only here. */
export function Editor(props: EditorProps) {
  const [Live, setLive] = useState<ComponentType<EditorProps> | null>(null);
  // Without a script nothing is being opened, and nothing says so.
  const [opening, setOpening] = useState(false);
  useEffect(() => {
    setOpening(true);
    let gone = false;
    import('./live-text').then((loaded) => gone || setLive(() => loaded.LiveText));
    return () => {
      gone = true;
    };
  }, []);
  if (Live) return <Live {...props} />;
  return (
    <div className="stack">
      {opening ? <p className="hint">{props.words.opening}</p> : null}
      <div className="prose text whitespace-pre-wrap">{props.text}</div>
    </div>
  );
}
