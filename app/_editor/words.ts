/** The words of the editor, in the reader's language. In `here`, `more` and the like «{people}» and «{n}» are put in. */
export type EditorWords = Record<
  | 'label'
  | 'opening'
  | 'saved'
  | 'saving'
  | 'slow'
  | 'waiting'
  | 'offline'
  | 'offlineDirty'
  | 'offlineKept'
  | 'offlineKeptOne'
  | 'waitingKept'
  | 'slowKept'
  | 'alone'
  | 'here'
  | 'more'
  | 'undo'
  | 'redo'
  | 'readOnly'
  | 'tooLong'
  | 'ended'
  | 'endedLine'
  | 'unsaved'
  | 'back'
  | 'mode'
  | 'modePlain'
  | 'modeRich'
  | 'tools'
  | 'heading'
  | 'article'
  | 'bullet'
  | 'number'
  | 'bold'
  | 'italic'
  | 'link'
  | 'unlink'
  | 'lost'
  | 'lostLine'
  | 'lostSee'
  | 'putBack'
  | 'copy'
  | 'copied'
  | 'letGo',
  string
>;
/** What words may lead to. */
export type LibraryItem = { path: string; title: string };
/**
 * What the page gives to the editor. `room` as in `draft:ID`, `back` where one reads the text. With `library` the
 * text may have headings, points and links; with `keep` what is not sent yet is kept on this phone.
 */
export type EditorProps = {
  room: string;
  text: string;
  atMost: number;
  back: string;
  words: EditorWords;
  library?: readonly LibraryItem[];
  keep?: boolean;
};
