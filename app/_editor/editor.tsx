'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { EditorProps } from './words';

/** The place of the editor: the text can be read at once, and its code comes only here. */
export function Editor(props: EditorProps) {
  const [Live, setLive] = useState<ComponentType<EditorProps> | null>(null);
  useEffect(() => {
    let gone = false;
    import('./live-text').then((loaded) => gone || setLive(() => loaded.LiveText));
    return () => {
      gone = true;
    };
  }, []);
  if (Live) return <Live {...props} />;
  return (
    <div className="stack">
      <p className="hint">{props.words.opening}</p>
      <div className="prose text whitespace-pre-wrap">{props.text}</div>
    </div>
  );
}
