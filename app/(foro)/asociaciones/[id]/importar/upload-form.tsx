'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '~/app/_ui/button';
import { FileField } from '~/app/_ui/file-field';
import { ProgressBar } from '~/app/_ui/progress-bar';

type Answer = { result?: { data: { id: string } }; error?: { message: string } };

/**
 * The file by an ordinary form, or where a script runs by the API, with how much of it has gone out: on a slow
 * network two megabytes take minutes.
 */
export function UploadForm(props: {
  action: (form: FormData) => void | Promise<void>;
  id: string;
  error?: string;
  words: { label: string; hint: string; send: string; sending: string; broken: string };
}) {
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState(props.error);
  const { words } = props;

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const fail = (sentence: string) => {
      setSent(null);
      setError(sentence);
    };
    request.open('POST', '/api/trpc/associations.upload');
    request.upload.onprogress = ({ loaded, total }) => setSent(Math.round((100 * loaded) / (total || 1)));
    request.onerror = () => fail(words.broken);
    request.onload = () => {
      const answer = parse(request.responseText);
      if (answer?.result)
        location.assign(`/asociaciones/${props.id}/importar?archivo=${answer.result.data.id}`);
      else fail(answer?.error?.message ?? words.broken);
    };
    setError(undefined);
    setSent(0);
    const form = new FormData(event.currentTarget);
    const body = new FormData();
    body.set('id', props.id);
    body.set('file', form.get('file') as File);
    request.send(body);
  };
  return (
    <form className="form" action={props.action} onSubmit={send}>
      <input type="hidden" name="id" value={props.id} />
      <FileField
        name="file"
        required
        accept=".csv,.xlsx,.txt"
        label={words.label}
        hint={words.hint}
        error={error}
      />
      {sent === null ? (
        <Button icon="upload">{words.send}</Button>
      ) : (
        <ProgressBar label={words.sending} value={sent} max={100} text={`${sent} %`} />
      )}
    </form>
  );
}

function parse(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}
