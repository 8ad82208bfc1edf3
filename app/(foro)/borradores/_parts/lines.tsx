import type { ReactNode } from 'react';
import type { Line, Run } from '~/server/drafts/rules/lines';

/** A line with its place among the lines of its text. */
type Placed = { line: Line; at: number };
/** What is put behind the words of a line, if anything: a link to what was said about it. */
type Beside = (at: number) => ReactNode;

const bare = ({ runs }: Line) => runs.every(({ text }) => text.trim() === '');

/** Words that look alike, as they look. */
function Look({ run }: { run: Run }) {
  const plain = run.italic ? <i>{run.text}</i> : run.text;
  const dressed = run.bold ? <b>{plain}</b> : plain;
  return run.link ? <a href={run.link}>{dressed}</a> : dressed;
}

/** The words of one line with their looks. */
export const Words = ({ runs }: { runs: readonly Run[] }) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: words of a line have no other name.
  runs.map((run, i) => <Look key={i} run={run} />);

/** Neighbouring points of one list stand together. */
function groups(lines: readonly Line[], first: number): Placed[][] {
  const found: Placed[][] = [];
  for (const [i, line] of lines.entries()) {
    const at = first + i;
    if (bare(line)) continue;
    const last = found.at(-1);
    const listed = line.block === 'bullet' || line.block === 'number';
    if (listed && last && last[0]!.line.block === line.block && last.at(-1)!.at === at - 1)
      last.push({ line, at });
    else found.push([{ line, at }]);
  }
  return found;
}

/** A text as it is read: headings, articles, points, paragraphs. `first`: the place of its first line, of a part. */
export function Lines({
  lines,
  first = 0,
  beside,
}: {
  lines: readonly Line[];
  first?: number;
  beside?: Beside;
}) {
  return (
    <article className="prose text written">
      {groups(lines, first).map((group) => (
        <Group key={group[0]!.at} group={group} beside={beside} />
      ))}
    </article>
  );
}

function Group({ group, beside }: { group: Placed[]; beside?: Beside }) {
  const [{ line, at }] = group as [Placed, ...Placed[]];
  const said = beside?.(at);
  if (line.block === 'bullet' || line.block === 'number') {
    const List = line.block === 'bullet' ? 'ul' : 'ol';
    return (
      <List>
        {group.map((one) => (
          <li key={one.at} id={`p${one.at}`}>
            <Words runs={one.line.runs} />
            {beside?.(one.at)}
          </li>
        ))}
      </List>
    );
  }
  const Kind = line.block === 'heading' ? 'h2' : line.block === 'article' ? 'h3' : 'p';
  return (
    <>
      <Kind id={`p${at}`}>
        <Words runs={line.runs} />
      </Kind>
      {said ? <p>{said}</p> : null}
    </>
  );
}

/** Whether there are any words at all. */
export const says = (lines: readonly Line[]) => !lines.every(bare);
