import { sql } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { loadDemo } from '~/db/demo/load';
import { areas } from '~/db/reference/areas';
import { versionArticles, versions } from '~/db/schema/document';
import { canonicalVersion, type Wording } from '~/server/document/rules';

/** The same numbers at each run, so that two runs measure the same forum. */
function drawer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Sentences of the words that the demo's people use, the frequent ones more often. */
async function speaker(db: Db, draw: (below: number) => number) {
  const rows = await db.execute<{ words: string }>(sql`select words from concerns order by number`);
  const vocabulary = [...rows].flatMap(({ words }) => words.toLowerCase().match(/\p{L}+/gu) ?? []);
  const sentence = (length: number) => {
    const said = Array.from({ length }, () => vocabulary[draw(vocabulary.length)]!).join(' ');
    return `${said[0]!.toUpperCase()}${said.slice(1)}.`;
  };
  return (words: number) => Array.from({ length: Math.ceil(words / 12) }, () => sentence(12)).join(' ');
}

const inPieces = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/**
 * The demo forum with so many concerns and two more versions of so many articles of 200 words; in the second one of
 * ten has other words in its middle. Four of five concerns stand behind an article.
 */
export async function fillDocument(db: Db, size: { articles: number; concerns: number }) {
  await loadDemo(db);
  const draw = drawer(20261127);
  const say = await speaker(db, draw);
  const spoken = Array.from({ length: size.concerns }, () => say(24));
  for (const words of inPieces(spoken, 5000))
    await db.execute(sql`
      insert into concerns (words, areas, country, department, barrier, person_id, association_id)
      select said.words, c.areas, c.country, c.department, c.barrier, c.person_id, c.association_id
      from unnest(${sql.param(words)}::text[]) with ordinality said (words, n)
      join lateral (select * from concerns order by number offset said.n % 100 limit 1) c on true`);
  const concernIds = [
    ...(await db.execute<{ id: string }>(
      sql`select id from concerns where state <> 'no_recogida' order by number desc limit ${size.concerns}`,
    )),
  ].map(({ id }) => id);
  await db.execute(sql`insert into chapters (area, position)
    select a, 100 + n from unnest(${sql.param(areas.map(({ slug }) => slug))}::text[]) with ordinality x (a, n)
    on conflict do nothing`);
  const made = await db.execute<{ id: string; area: string }>(sql`
    with numbered as (select n, gen_random_uuid() as id, gen_random_uuid() as text_id from generate_series(1, ${size.articles}) n),
      written as (insert into texts (id, kind) select text_id, 'article' from numbered)
    insert into articles (id, chapter_id, position, title, text_id, areas)
    select numbered.id, c.id, 1000 + n, 'Artículo de medida ' || n, text_id, array[c.area]
    from numbered join (select *, row_number() over (order by position) - 1 as nth from chapters) c
      on c.nth = n % (select count(*) from chapters)
    returning id, (select area from chapters where id = chapter_id) as area`);
  const behind = Math.floor((concernIds.length * 0.8) / size.articles);
  const first = [...made].map(({ id, area }, i): Wording & { number: number } => ({
    ...{ id, area, number: i + 1, title: `Artículo de medida ${i + 1}`, summary: say(12) },
    ...{ text: `${say(96)}\n${say(104)}`, areas: [area], law: say(24), reality: say(24) },
    ...{ addressees: ['ana'], library: [], genderCheck: say(12), genderWaived: false, territory: false },
    concernIds: concernIds.slice(i * behind, (i + 1) * behind),
  }));
  const second = first.map((article, i) =>
    i % 10 === 0
      ? { ...article, text: article.text.replace(/^(.{300}\S*) .{120}\S*/, `$1 ${say(24)}`), law: say(24) }
      : article,
  );
  await db.execute(sql`insert into article_concerns (article_id, concern_id)
    select x.article::uuid, x.concern::uuid from jsonb_to_recordset(${JSON.stringify(
      second.flatMap(({ id, concernIds: own }) => own.map((concern) => ({ article: id, concern }))),
    )}::jsonb) x (article text, concern text)`);
  const chapters = areas.map(({ slug, title }) => ({ area: slug, title: title.es }));
  const [last] = await db.execute<{ sha256: string }>(
    sql`select sha256 from versions order by number desc limit 1`,
  );
  let previous = last!.sha256;
  const frozen: { number: number; canonical: string; sha256: string }[] = [];
  for (const [i, articles] of [first, second].entries()) {
    const head = { number: 3 + i, title: 'Documento de medida', frozenAt: new Date() };
    const sealed = canonicalVersion({ ...head, previous, chapters, articles });
    const seals = new Map(sealed.articles.map(({ number, sha256 }) => [number, sha256]));
    const [version] = await db
      .insert(versions)
      .values({ ...head, canonical: sealed.canonical, sha256: sealed.sha256 })
      .returning({ id: versions.id });
    for (const piece of inPieces(articles, 200))
      await db.insert(versionArticles).values(
        piece.map(({ id, ...said }) => ({
          ...said,
          versionId: version!.id,
          articleId: id,
          ...{ areas: [...said.areas], addressees: [...said.addressees], library: [...said.library] },
          concernIds: [...said.concernIds],
          sha256: seals.get(said.number)!,
        })),
      );
    previous = sealed.sha256;
    frozen.push({ number: head.number, canonical: sealed.canonical, sha256: sealed.sha256 });
  }
  await db.execute(sql`analyze`);
  return { first, second, frozen, concernIds, draw };
}
export type DocumentOfSize = Awaited<ReturnType<typeof fillDocument>>;
