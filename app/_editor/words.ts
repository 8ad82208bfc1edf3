/** The words of the editor, in the reader's language. In `here` and `more` «{people}» and «{n}» are put in. */
export type EditorWords = {
  label: string;
  opening: string;
  saved: string;
  saving: string;
  slow: string;
  waiting: string;
  offline: string;
  offlineDirty: string;
  alone: string;
  here: string;
  more: string;
  undo: string;
  redo: string;
  readOnly: string;
  tooLong: string;
  ended: string;
  endedLine: string;
  unsaved: string;
  back: string;
};
/** What the page gives to the editor. `room` as in `draft:ID`, `back` where one reads the text. */
export type EditorProps = { room: string; text: string; atMost: number; back: string; words: EditorWords };
