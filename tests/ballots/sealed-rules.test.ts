import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealSheet } from '~/app/_light/seal-sheet';
import { giveTicket, openSealed, publicKeyOf, readTicket } from '~/server/ballots/commands/sealed';
import { choices } from '~/server/ballots/rules';
import { layOut, mostAnswers, readOut, sealedLength, textsThatFit } from '~/server/ballots/rules/sealed';

// What the phone writes with WebCrypto, the forum reads with Node's own: two writings of one format.
const key = randomBytes(32);
const manifest = 'a'.repeat(64);
const ballotId = randomUUID();
const holder = { ballotId, personId: randomUUID(), manifest };
const seal = async (answers: number[], over: Partial<Record<'ballot' | 'sheet', string>> = {}) => {
  const ticket = giveTicket(key, holder, new Date());
  const bound = { ballot: ballotId, manifest, sheet: randomUUID(), ticket, ...over };
  const sealed = await sealSheet(publicKeyOf(key), bound, answers);
  return { id: ballotId, manifest, sheet: bound.sheet, ticket, sealed };
};
const marks = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: mostAnswers });

describe('the layout of a sheet', () => {
  it('comes back as it was written, for every sheet', () =>
    fc.assert(
      fc.property(marks, (answers) => {
        const read = readOut(layOut(answers), answers.length, choices);
        expect(read).toEqual(answers.map((mark) => choices[mark - 1]));
      }),
    ));

  it.each([
    ['a question less than was asked', layOut([1, 2]), 3],
    ['a question more', layOut([1, 2, 3, 1]), 3],
    ['a choice that there is not', layOut([1, 4, 2]), 3],
    ['a gap', layOut([1, 0, 2]), 3],
    ['something behind the end', layOut([1, 2, 3, ...Array(496).fill(0), 1]), 3],
    ['a moment of the phone’s before the answers', new Uint8Array([255, ...layOut([1, 2, 3]).slice(1)]), 3],
    ['too short', layOut([1, 2, 3]).slice(1), 3],
    ['too long', new Uint8Array([...layOut([1, 2, 3]), 0]), 3],
    ['no questions at all', layOut([]), 0],
    ['more questions than a sheet has room for', layOut([1]), mostAnswers + 1],
  ])('is not read with %s', (_what, plain, questions) => {
    expect(readOut(plain, questions, choices)).toBeNull();
  });

  it('reads nothing into bytes that are none, whatever they are', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 600 }), fc.nat(600), (plain, questions) => {
        const read = readOut(plain, questions, choices);
        if (read) expect(layOut(read.map((one) => choices.indexOf(one) + 1))).toEqual(plain);
      }),
    ));
});

it.each([
  ['all of them', ['aaa', 'bb'], [true, true]],
  ['no further than there is room', ['aaa', 'bbb', 'c'], [true, false, false]],
  ['none where the first is too long', ['aaaaaa', 'b'], [false, false]],
])('texts travel with the page: %s', (_what, texts, fit) => expect(textsThatFit(texts, 5)).toEqual(fit));

describe('a sealed sheet', () => {
  it('opens to what was chosen, and has one size whatever that is', async () => {
    for (const answers of [[1], [2, 3, 1], Array.from({ length: mostAnswers }, (_, i) => (i % 3) + 1)]) {
      const given = await seal(answers);
      expect(Buffer.from(given.sealed, 'base64url')).toHaveLength(sealedLength);
      expect(openSealed(key, given, answers.length)).toEqual(answers.map((mark) => choices[mark - 1]));
    }
  });

  it('is another each time, in every part, though it says the same', async () => {
    const [one, other] = await Promise.all([seal([1, 1, 1]), seal([1, 1, 1])]);
    const [a, b] = [one, other].map(({ sealed }) => Buffer.from(sealed, 'base64url'));
    for (const [from, to] of [
      [1, 65],
      [65, 81],
      [200, 230],
      [570, 585],
    ])
      expect(a!.subarray(from, to).equals(b!.subarray(from, to))).toBe(false);
    expect(one.ticket).not.toBe(other.ticket);
  });

  it('opens with no other ballot’s key, for no other ballot, text, number or ticket', async () => {
    const given = await seal([1, 2, 3]);
    expect(openSealed(key, given, 3)).not.toBeNull();
    expect(openSealed(randomBytes(32), given, 3)).toBeNull();
    expect(openSealed(key, { ...given, id: randomUUID() }, 3)).toBeNull();
    expect(openSealed(key, { ...given, manifest: 'b'.repeat(64) }, 3)).toBeNull();
    expect(openSealed(key, { ...given, sheet: randomUUID() }, 3)).toBeNull();
    expect(openSealed(key, { ...given, ticket: giveTicket(key, holder, new Date()) }, 3)).toBeNull();
  });

  it('is refused with any byte bent', async () => {
    const given = await seal([1, 2, 3]);
    const bytes = Buffer.from(given.sealed, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const bent = Buffer.from(bytes);
      bent[i] = bent[i]! ^ (1 << (i % 8));
      expect([i, openSealed(key, { ...given, sealed: bent.toString('base64url') }, 3)]).toEqual([i, null]);
    }
  });

  it('may be any bytes at all: nothing is thrown, nothing opened', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 700 }), (bytes) => {
        const sealed = Buffer.from(bytes).toString('base64url');
        const given = { id: ballotId, manifest, sheet: randomUUID(), ticket: 'x', sealed };
        expect(openSealed(key, given, 3)).toBeNull();
        expect(readTicket(key, holder, sealed)).toBeNull();
        const point = Buffer.concat([Buffer.of(4), Buffer.alloc(sealedLength - 1, Buffer.from(bytes))]);
        expect(openSealed(key, { ...given, sealed: point.toString('base64url') }, 3)).toBeNull();
      }),
    ));
});

describe('a ticket', () => {
  it('is read for its own person, ballot and text, and for no other', () => {
    const at = new Date('2026-11-23T08:00:00.123Z');
    const ticket = giveTicket(key, holder, at);
    expect(readTicket(key, holder, ticket)).toEqual(at);
    expect(readTicket(key, { ...holder, personId: randomUUID() }, ticket)).toBeNull();
    expect(readTicket(key, { ...holder, ballotId: randomUUID() }, ticket)).toBeNull();
    expect(readTicket(key, { ...holder, manifest: 'b'.repeat(64) }, ticket)).toBeNull();
    expect(readTicket(randomBytes(32), holder, ticket)).toBeNull();
  });

  it('names nobody and shows no moment to who finds it', () => {
    const at = new Date();
    const bytes = Buffer.from(giveTicket(key, holder, at), 'base64url');
    const moment = Buffer.alloc(6);
    moment.writeUIntBE(at.getTime(), 0, 6);
    expect(bytes.includes(moment)).toBe(false);
    expect(bytes.toString('latin1')).not.toContain(holder.personId.slice(0, 8));
  });
});
