import { type Content, problemsOf, tidy } from '~/server/releases/rules';
import { Malformed, readAll, Writer } from './bytes';
import { hashHex } from './orders';
import { contentLengths } from './sizes';

/** What is let out, in bytes: the one way there is, filled up to one of two lengths. */
export function writeContent(given: Content): Uint8Array {
  const content = tidy(given);
  const writer = new Writer().u8(content.kind === 'concern' ? 0 : 1).text(content.name);
  writer.u8(Number(content.womens));
  if (content.kind === 'concern') {
    writer.text(content.words).list(content.areas, (area) => writer.text(area));
    writer.text(content.place).text(content.barrier);
  } else writer.text(content.area).text(content.title).text(content.text).text(content.why);
  const plain = writer.done();
  const length = contentLengths.find((one) => plain.length <= one);
  if (!length) throw new Malformed();
  const filled = new Uint8Array(length);
  filled.set(plain);
  return filled;
}
/** @throws Malformed for what was written in another way, or may not be let out */
export function readContent(bytes: Uint8Array): Content {
  const content = readAll(bytes, (reader): Content => {
    const concern = !reader.flag();
    const named = { name: reader.text(400), womens: reader.flag() };
    const read: Content = concern
      ? {
          kind: 'concern',
          ...named,
          words: reader.text(8000),
          areas: reader.list(3, () => reader.text(80)),
          place: reader.text(8),
          barrier: reader.text(80),
        }
      : {
          kind: 'article',
          ...named,
          area: reader.text(80),
          title: reader.text(800),
          text: reader.text(50_000),
          why: reader.text(8000),
        };
    reader.rest();
    return read;
  });
  const again = writeContent(content);
  if (problemsOf(content).length > 0 || hashHex(again) !== hashHex(bytes)) throw new Malformed();
  return content;
}
