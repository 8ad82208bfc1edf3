import { Plugin } from 'prosemirror-state';
import { schema } from './schema';

/** The last line has no end that could say what it is: when it becomes anything but a paragraph, one comes behind it. */
export const lastLine = new Plugin({
  appendTransaction: (_done, _before, { doc, tr }) =>
    doc.lastChild?.type === schema.nodes.paragraph
      ? null
      : tr.insert(doc.content.size, schema.node('paragraph')),
});
