'use client';

import { useEffect, useState } from 'react';
import { ProgressBar } from '~/app/_ui/progress-bar';

type Answer = { result?: { data: { state: string; progress: { done: number; total: number } } } };

/** Asks once a second how far the import is, and shows the page anew when it has ended. */
export function Progress(props: {
  id: string;
  done: number;
  total: number;
  /** `text` with `#done` and `#total` in it. */
  words: { label: string; text: string; line: string };
}) {
  const [at, setAt] = useState({ done: props.done, total: props.total });
  useEffect(() => {
    const address = `/api/trpc/associations.padronImport?input=${encodeURIComponent(JSON.stringify({ id: props.id }))}`;
    const timer = setInterval(async () => {
      const answer = await fetch(address).then(
        (response) => response.json() as Promise<Answer>,
        () => null,
      );
      const file = answer?.result?.data;
      // No answer: the net is away for a moment; the next one will tell.
      if (!file) return;
      if (file.state !== 'running') {
        clearInterval(timer);
        location.reload();
      } else if (file.progress.total > 0) setAt(file.progress);
    }, 1000);
    return () => clearInterval(timer);
  }, [props.id]);
  const { label, text, line } = props.words;
  return (
    <div className="stack" role="status">
      <ProgressBar
        label={label}
        value={at.done}
        max={at.total}
        text={text.replace('#done', String(at.done)).replace('#total', String(at.total))}
      />
      <p>{line}</p>
    </div>
  );
}
