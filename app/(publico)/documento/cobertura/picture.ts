import { scalePoint, scaleSqrt } from 'd3-scale';
import { arc, type DefaultArcObject } from 'd3-shape';
import type { Gap } from '~/server/document/rules/coverage';

export type Mark = { raised: number; answered: number; gap: Gap };
/** One line: its name stands above its marks, `aside` at its end. */
export type PictureLine = { name: string; aside: string; marks: readonly Mark[] };

const escaped = (words: string) =>
  words.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
const slice = arc<DefaultArcObject>().digits(1);
const tenth = (n: number) => Math.round(n * 10) / 10;

/**
 * One mark: a disc as large as what was raised, filled as far as the document answers it and hatched as far as it
 * does not; a cross where the document speaks and nobody of these did; a point where there is neither. It is read
 * without colour, and on grey paper.
 */
function drawn({ raised, answered, gap }: Mark, radius: number, hatch: string): string {
  if (gap === 'nothing') return '<circle r="1.5" class="f"/>';
  if (gap === 'unheard') return '<path d="M-4-4 4 4M4-4-4 4"/>';
  if (gap === 'whole') return `<circle r="${radius}" class="f"/>`;
  const disc = `<circle r="${radius}" fill="url(#${hatch})"/>`;
  if (gap === 'unanswered') return disc;
  const part = { innerRadius: 0, outerRadius: radius, startAngle: 0, padAngle: 0 };
  return `${disc}<path class="f" d="${slice({ ...part, endAngle: (2 * Math.PI * answered) / raised })}"/>`;
}

/** Radii by area, so that a disc twice as large to the eye is twice as many; the few are still seen. */
export const radiusOf = (most: number, widest: number) => scaleSqrt([0, Math.max(1, most)], [0, widest]);
const least = 3.5;

const width = 360;
const styleOf = { name: 'font-size="14" font-weight="700"', small: 'font-size="12"' };

/**
 * Lines of marks under their names: a picture as wide as a phone, which grows with the page. `numbers` puts
 * «answered/raised» below each mark; where there is no room for them they stand in the table.
 * @param id of this picture alone on its page. @param heads what stands above the marks.
 */
export function picture(props: {
  id: string;
  label: string;
  heads: readonly string[];
  lines: readonly PictureLine[];
  widest: number;
  numbers: boolean;
}): string {
  const { id, heads, lines, widest, numbers } = props;
  const most = Math.max(0, ...lines.flatMap(({ marks }) => marks.map((mark) => mark.raised)));
  const radius = radiusOf(most, widest);
  const x = scalePoint(
    heads.map((_, i) => i),
    [0, width],
  ).padding(0.5);
  const at = (i: number) => tenth(x(i)!);
  const height = 24 + 2 * widest + (numbers ? 16 : 0) + 8;
  const top = 22;
  const head = (y: number) =>
    heads
      .map((words, i) => `<text x="${at(i)}" y="${y}" text-anchor="middle">${escaped(words)}</text>`)
      .join('');
  const rows = lines.map(({ name, aside, marks }, nth) => {
    const discs = marks.map((mark, i) => {
      const said = numbers && mark.raised > 0 ? `${mark.answered}/${mark.raised}` : '';
      const r = tenth(Math.max(least, radius(mark.raised)));
      const text = said
        ? `<text y="${widest + 14}" text-anchor="middle" class="t" ${styleOf.small}>${said}</text>`
        : '';
      return `<g transform="translate(${at(i)} ${24 + widest})">${drawn(mark, r, id)}${text}</g>`;
    });
    return `<g transform="translate(0 ${top + nth * height})"><path d="M0 0H${width}" class="l"/><text y="17" class="t" ${styleOf.name}>${escaped(name)}</text><text x="${width}" y="17" text-anchor="end" class="t" ${styleOf.small}>${escaped(aside)}</text>${discs.join('')}</g>`;
  });
  return `<svg class="cov" viewBox="0 0 ${width} ${top + lines.length * height}" role="img" aria-label="${escaped(props.label)}"><defs><pattern id="${id}" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M2 0V4" stroke="currentColor" stroke-width="1.5"/></pattern></defs><g class="t" font-size="11">${head(14)}</g>${rows.join('')}</svg>`;
}

/** One mark alone, for the legend. */
export const sample = (id: string, mark: Mark): string =>
  `<svg class="cov" viewBox="-10 -10 20 20" width="28" height="28" aria-hidden="true">${drawn(mark, 8, id)}</svg>`;
