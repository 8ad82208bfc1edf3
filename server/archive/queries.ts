import { type Dimension, dimensions } from '../concerns/rules/board';
import type { Amendment, Board, Comments, Concern, Reader } from './rules/reader';

/** Every public concern, page by page. */
export async function everyConcern(forum: Reader): Promise<Concern[]> {
  const all: Concern[] = [];
  for (let page: number | null = 1; page; ) {
    const found: Awaited<ReturnType<Reader['concerns']['open']>> = await forum.concerns.open({ page });
    all.push(...found.concerns);
    page = found.next;
  }
  return all;
}

/** One amendment with the whole of its difference, of which a page of the forum holds a part. */
async function wholeAmendment(forum: Reader, id: string): Promise<Amendment> {
  const { pages, ...one } = await forum.amendments.detail({ id, page: 1 });
  for (let page = 2; page <= pages; page++)
    one.rows = [...one.rows, ...(await forum.amendments.detail({ id, page })).rows];
  return one;
}

/** Every amendment to a version, each once: one that is answered meanwhile may stand on two pages of the list. */
export async function everyAmendment(forum: Reader, number: number): Promise<Amendment[]> {
  const ids = new Set<string>();
  for (let page = 1, pages = 1; page <= pages; page++) {
    const found = await forum.amendments.list({ number, page });
    for (const { id } of found.items) ids.add(id);
    pages = found.pages;
  }
  const all: Amendment[] = [];
  for (const id of ids) all.push(await wholeAmendment(forum, id));
  return all;
}

/** All that is said of an article of a version. */
export async function everyComment(forum: Reader, number: number, article: number): Promise<Comments> {
  const { pages, ...all } = await forum.comments.ofArticle({ number, article, page: 1 });
  // What is said meanwhile moves the others along: each is taken once.
  const said = {
    for: new Map(all.for.map((c) => [c.id, c])),
    against: new Map(all.against.map((c) => [c.id, c])),
  };
  for (let page = 2; page <= pages; page++) {
    const more = await forum.comments.ofArticle({ number, article, page });
    for (const side of ['for', 'against'] as const) for (const one of more[side]) said[side].set(one.id, one);
  }
  return {
    tally: all.tally,
    state: all.state,
    for: [...said.for.values()],
    against: [...said.against.values()],
  };
}

/** The board, read in each of its ways. */
export async function everyBoard(forum: Reader): Promise<Record<Dimension, Board>> {
  const boards = dimensions.map(async (by) => [by, await forum.concerns.board({ by })] as const);
  return Object.fromEntries(await Promise.all(boards)) as Record<Dimension, Board>;
}
