import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { amendments } from '~/db/schema/amendments';
import { ballots } from '~/db/schema/ballots';
import { openBallot } from '~/server/ballots/commands/ballot';
import { delegates } from '~/server/ballots/commands/roll';
import type { Verdict } from '~/server/ballots/rules';
import { holding } from '~/server/ballots/rules/rivals';
import {
  anotherBase,
  type ConsultedWorld,
  consultedWorld,
  proposal,
  storyDatabase,
} from '../support/amendments';
import { buildDelegates, hours } from '../support/ballots';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { freezing, words } from '../support/document';

describe('the text that holds', () => {
  const a = (yes: number) => ({ yes, verdict: 'aprobado' as Verdict });
  const no = (yes: number) => ({ yes, verdict: 'no_aprobado' as Verdict });
  it.each([
    ['only the document’s is adopted', [a(6), no(5)], 0],
    ['only the rival is adopted', [no(4), a(6)], 1],
    ['both, the rival with more yes', [a(6), a(7)], 1],
    ['both, equal: the document’s was there first', [a(6), a(6)], 0],
    ['none', [no(4), no(3)], null],
    ['of three the one with most', [a(6), a(7), a(9)], 2],
    ['more yes, but not adopted', [a(6), no(9)], 0],
  ] as const)('%s', (_name, texts, place) => {
    expect(holding(texts)).toBe(place);
  });
  it('is always an adopted one, and none adopted has more yes', () => {
    const text = fc.record({
      yes: fc.nat(20),
      verdict: fc.constantFrom<Verdict>('aprobado', 'no_aprobado', 'sin_quorum'),
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        const place = holding(texts);
        const adopted = texts.filter(({ verdict }) => verdict === 'aprobado');
        if (place === null) expect(adopted).toEqual([]);
        else {
          expect(texts[place]!.verdict).toBe('aprobado');
          expect(Math.max(...adopted.map(({ yes }) => yes))).toBe(texts[place]!.yes);
        }
      }),
    );
  });
});

describe('a rejected amendment that three bases stand behind', () => {
  const db = storyDatabase(testDatabase());
  let w: ConsultedWorld;
  beforeEach(async () => {
    w = await consultedWorld(db());
    await buildDelegates(db(), w.tresVetas.id, 10);
  });

  async function backed(over: Record<string, unknown> = {}) {
    const nieves = await w.as('nieves');
    const given = {
      versionArticleId: (await w.place(1, 1)).id,
      text: words.replace('no se cobra', 'es libre'),
      ...over,
    };
    const { id } = await nieves.amendments.propose(proposal(w.florDeCuarzo.id, given));
    for (const name of ['Río Claro', 'Cerro Unido', 'Quebrada Honda']) {
      const base = await anotherBase(db(), `${name} ${randomUUID()}`);
      await base.call.amendments.back({ id, associationId: base.id });
    }
    return id;
  }
  async function rival(over: Record<string, unknown> = {}) {
    const id = await backed(over);
    await (await w.as('emilia')).amendments.reject({ id, reason: 'No alcanza el agua.' });
    return id;
  }
  const prepare = async (scope: 'articles' | 'whole') =>
    (await w.as('gloria')).ballots.prepare({
      key: randomUUID(),
      title: 'Votación de prueba',
      versionId: w.version.id,
      scope,
      quorumPercent: 50,
      majorityPercent: 50,
      closesAt: hours(100).toISOString(),
      urgent: false,
    });
  const asked = async (id: string) =>
    (await (await w.as(null)).ballots.questions({ id })).map(({ article, rival: other }) => [
      article?.number ?? null,
      other?.kind ?? null,
    ]);

  it('is asked right behind its article, and frozen in the manifest', async () => {
    const amendment = await rival();
    const { id } = await prepare('articles');
    const order = [
      [1, null],
      [1, 'replace'],
      [2, null],
      [null, null],
    ];
    expect(await asked(id)).toEqual(order);
    await (await w.as('gloria')).ballots.open({ id });
    expect(await asked(id)).toEqual(order);
    const [row] = await db().select().from(ballots);
    const { questions } = JSON.parse(row!.manifest!);
    expect(questions[1]).toMatchObject({ position: 2, article: 1, rival: { amendment, kind: 'replace' } });
    expect(questions[1].rival.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(questions[0].rival).toBeUndefined();
  });

  it('cannot be left out by putting only the whole to the vote', async () => {
    await rival();
    const { id } = await prepare('whole');
    expect(await asked(id)).toEqual([
      [1, null],
      [1, 'replace'],
      [null, null],
    ]);
  });

  it('cannot be left out by freezing another version, nor by voting on the one before', async () => {
    await rival();
    const emilia = await w.as('emilia');
    const { seq } = await emilia.document.workingArticle({ id: w.ids.wells });
    await emilia.document.editText({ key: randomUUID(), id: w.ids.wells, base: seq, text: 'Otro texto.' });
    const { id } = await prepare('articles');
    await emilia.document.freeze(freezing(1));
    const order = [
      [1, null],
      [1, 'replace'],
      [2, null],
      [null, null],
    ];
    expect(await asked(id)).toEqual(order);
    await (await w.as('gloria')).ballots.open({ id });
    expect(await asked(id)).toEqual(order);
    const second = (await w.as(null)).document.versions();
    w = { ...w, version: { ...w.version, id: (await second)[0]!.id } };
    expect(await asked((await prepare('whole')).id)).toEqual([order[0], order[1], order[3]]);
  });

  it('is asked as well where the committee has not answered, and changing a word does not push it aside', async () => {
    const amendment = await backed();
    const order = [
      [1, null],
      [1, 'replace'],
      [null, null],
    ];
    expect(await asked((await prepare('whole')).id)).toEqual(order);
    const emilia = await w.as('emilia');
    const { seq, text } = await emilia.document.workingArticle({ id: w.ids.water });
    await emilia.document.editText({ key: randomUUID(), id: w.ids.water, base: seq, text: `${text} Ya.` });
    await emilia.document.freeze(freezing(1));
    expect((await (await w.as(null)).amendments.detail({ id: amendment, page: 1 })).state).toBe('open');
    const [latest] = await (await w.as(null)).document.versions();
    w = { ...w, version: { ...w.version, id: latest!.id } };
    const { id } = await prepare('whole');
    await (await w.as('gloria')).ballots.open({ id });
    expect(await asked(id)).toEqual(order);
  });

  it('that was accepted is not voted on without it: the next version is frozen first', async () => {
    const amendment = await backed();
    const { id } = await prepare('articles');
    await (await w.as('emilia')).amendments.accept({ id: amendment });
    const gloria = await w.as('gloria');
    expect(await problemOf(gloria.ballots.open({ id }))).toMatchObject({ code: 'ballots.taken_up_since' });
    await (await w.as('emilia')).document.freeze(freezing(1));
    const [latest] = await (await w.as(null)).document.versions();
    w = { ...w, version: { ...w.version, id: latest!.id } };
    const next = await prepare('articles');
    await gloria.ballots.open({ id: next.id });
    expect(await asked(next.id)).toHaveLength(3);
  });

  it('is not taken up by the committee while it is voted on', async () => {
    const amendment = await backed();
    const { id } = await prepare('articles');
    await (await w.as('gloria')).ballots.open({ id });
    const emilia = await w.as('emilia');
    expect(await problemOf(emilia.amendments.accept({ id: amendment }))).toMatchObject({
      code: 'amendments.in_vote',
    });
    expect((await emilia.document.workingArticle({ id: w.ids.water })).text).not.toContain('es libre');
  });

  it('that was taken up between two calls does not stop the second: it asks about the same text', async () => {
    const amendment = await backed();
    const gloria = await w.as('gloria');
    const before = await prepare('articles');
    await gloria.ballots.open({ id: before.id });
    await db().update(ballots).set({ state: 'closing' }).where(eq(ballots.id, before.id));
    await db()
      .update(ballots)
      .set({ state: 'closed', closedAt: new Date() })
      .where(eq(ballots.id, before.id));
    const { id } = await prepare('articles');
    await db()
      .update(ballots)
      .set({ round: 'second_call', follows: before.id, closesAt: hours(24 * 9) })
      .where(eq(ballots.id, id));
    await db().update(amendments).set({ state: 'accepted' }).where(eq(amendments.id, amendment));
    await gloria.ballots.open({ id });
    const [opened] = await db().select().from(ballots).where(eq(ballots.id, id));
    expect(opened!.state).toBe('open');
  });

  it('stays in an open ballot even where its base takes it back, and is in no later one', async () => {
    const amendment = await rival();
    const { id } = await prepare('articles');
    await (await w.as('gloria')).ballots.open({ id });
    await (await w.as('nieves')).amendments.withdraw({ id: amendment });
    expect(await asked(id)).toHaveLength(4);
    expect(await asked((await prepare('articles')).id)).toHaveLength(3);
  });

  it('that wants a new article stands before the whole', async () => {
    await rival({
      kind: 'add',
      versionArticleId: undefined,
      area: 'agua',
      title: 'Lluvia',
      text: 'Se junta el agua de lluvia.',
    });
    const { id } = await prepare('articles');
    expect(await asked(id)).toEqual([
      [1, null],
      [2, null],
      [null, 'add'],
      [null, null],
    ]);
    const at = new Date();
    await db().transaction(async (tx) => openBallot(tx, id, { roll: await delegates(tx), at }));
  });
});
