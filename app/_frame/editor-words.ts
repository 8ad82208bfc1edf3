import type { EditorWords } from '~/app/_editor/words';
import type { Translator } from '~/messages/catalogue';

const keys = [
  'opening',
  'saved',
  'saving',
  'slow',
  'waiting',
  'offline',
  'offlineDirty',
  'alone',
  'undo',
  'redo',
  'readOnly',
  'tooLong',
  'ended',
  'endedLine',
  'unsaved',
  'back',
  'mode',
  'modePlain',
  'modeRich',
  'tools',
  'heading',
  'article',
  'bullet',
  'number',
  'bold',
  'italic',
  'link',
  'unlink',
  'lost',
  'lostLine',
  'lostSee',
  'putBack',
  'copy',
  'copied',
  'letGo',
  'offlineKeptOne',
  'waitingKept',
  'slowKept',
] as const;

/** The editor's words in the reader's language; `label` names the text that is written. */
export function editorWords(t: Translator, label: string): EditorWords {
  const plain = Object.fromEntries(keys.map((key) => [key, t(`drafts.live.${key}`)])) as Pick<
    EditorWords,
    (typeof keys)[number]
  >;
  // The editor puts these in itself, as people come and go.
  const people = '{people}';
  return {
    ...plain,
    label,
    here: t('drafts.live.here', { people }),
    offlineKept: t('drafts.live.offlineKept', { n: '{n}' }),
    more: t('drafts.live.more', { people, n: '{n}' }),
  };
}
