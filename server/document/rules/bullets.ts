import { blockOf, type Line, wordsOf } from '../../drafts/rules/lines';
import { joined, type Words } from '../../drafts/rules/texts';
import { isLettered } from './points';

/** The stretches of each line, with the end that says what the line is; the last one has none. */
function linewise(words: Words): Words[] {
  const lines: Words[] = [[]];
  for (const { insert, ...looks } of words)
    for (const [i, part] of insert.split(/(?<=\n)/).entries()) {
      if (i > 0 || lines.at(-1)!.at(-1)?.insert.endsWith('\n')) lines.push([]);
      lines.at(-1)!.push({ insert: part, ...looks });
    }
  return lines;
}

const said = (line: Words) =>
  line
    .map(({ insert }) => insert)
    .join('')
    .trim();
/** The end of a line as that of any other. */
const plainEnd = ({ insert, attributes }: Words[number]): Words[number] => {
  const { block: _block, ...looks } = attributes ?? {};
  return Object.keys(looks).length > 0 ? { insert, attributes: looks } : { insert };
};

/**
 * Words of a draft as an article's: in a draft the looks of a line make it a bullet, in an article its mark «- », which
 * is frozen with the words. A line that has the mark already gets no second one.
 * @param draft its lines: the last line that was taken has no end of its own, and is what the same one was there.
 */
export function pointed(taken: Words, draft: readonly Line[]): Words {
  const bullets = new Set(
    draft.filter(({ block }) => block === 'bullet').map((line) => wordsOf(line).trim()),
  );
  return joined(
    linewise(taken).flatMap((line) => {
      const end = line.at(-1)?.insert.endsWith('\n') ? line.at(-1)! : null;
      const words = said(line);
      const bullet = end ? blockOf(end.attributes) === 'bullet' : bullets.has(words);
      if (!bullet || words === '') return line;
      const as = end ? [...line.slice(0, -1), plainEnd(end)] : line;
      return isLettered(words) ? as : [{ insert: '- ' }, ...as];
    }),
  );
}
