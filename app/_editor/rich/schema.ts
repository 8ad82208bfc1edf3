import { type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec, Schema } from 'prosemirror-model';
import { type Block, blocks, isLink } from '~/server/drafts/rules/lines';

type Shape = { tags: string[]; dom: DOMOutputSpec };
// A point is a list of its own: the document is as flat as the text it shows, and the style sheet joins them.
const shapes: Record<Block, Shape> = {
  paragraph: { tags: ['p'], dom: ['p', 0] },
  heading: { tags: ['h1', 'h2'], dom: ['h2', 0] },
  article: { tags: ['h3', 'h4', 'h5', 'h6'], dom: ['h3', 0] },
  bullet: { tags: ['li'], dom: ['ul', ['li', 0]] },
  number: { tags: ['ol > li'], dom: ['ol', ['li', 0]] },
};

const line = ({ tags, dom }: Shape, block: Block): NodeSpec => ({
  content: 'text*',
  group: 'line',
  // Pasted into an empty line, the first line stays what it is.
  definingForContent: block !== 'paragraph',
  parseDOM: tags.map((tag) => ({ tag, priority: block === 'number' ? 60 : 50 })),
  toDOM: () => dom,
});

const marks: Record<'bold' | 'italic' | 'link', MarkSpec> = {
  bold: {
    parseDOM: [{ tag: 'b' }, { tag: 'strong' }, { style: 'font-weight=bold' }, { style: 'font-weight=700' }],
    toDOM: () => ['b', 0],
  },
  italic: {
    parseDOM: [{ tag: 'i' }, { tag: 'em' }, { style: 'font-style=italic' }],
    toDOM: () => ['i', 0],
  },
  link: {
    attrs: { path: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (found) => {
          const path = found.getAttribute('href');
          return isLink(path) ? { path } : false;
        },
      },
    ],
    toDOM: (mark) => ['a', { href: mark.attrs.path as string }, 0],
  },
};

/** Lines and nothing else: what a flat text can say, and no more. */
export const schema = new Schema({
  nodes: {
    doc: { content: 'line+' },
    ...(Object.fromEntries(blocks.map((block) => [block, line(shapes[block], block)])) as Record<
      Block,
      NodeSpec
    >),
    text: {},
  },
  marks,
});

export const isBlock = (node: Node, block: Block) => node.type.name === block;
