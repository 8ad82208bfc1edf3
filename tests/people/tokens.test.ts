import { describe, expect, it } from 'vitest';
import { cover, uncover } from '~/app/_room/release/tokens';
import { audit } from '~/db/schema/kernel';
import { tokensOf } from '~/server/tokens/commands';
import { tokensAtOnce } from '~/server/tokens/rules';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildPerson } from '../support/factories';

const given = testDatabase();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const gate = async () => (await tokensOf(given.db).keys())[0]!;
async function asked(count = tokensAtOnce) {
  const key = await gate();
  const covered = await Promise.all(Array.from({ length: count }, () => cover(key)));
  return { key, covered, input: { of: key.id, blinded: covered.map(({ blinded }) => text(blinded)) } };
}

describe('tokens for every account', () => {
  it('she is given four that are good, and nothing is written down of it', async () => {
    const sabina = await buildPerson(given.db);
    const forum = await callAs(given.db, sabina.id);
    const { key, covered, input } = await asked();
    const before = await given.db.$count(audit);
    const { signed } = await forum.people.tokens(input);
    for (const [at, one] of covered.entries()) {
      const token = await uncover(key, one, new Uint8Array(Buffer.from(signed[at]!, 'base64url')));
      expect(await tokensOf(given.db).check(token!)).toMatchObject({ purpose: 'gate' });
    }
    expect(await given.db.$count(audit)).toBe(before);
  });

  it('three times a day and no more, each for herself', async () => {
    const [sabina, elvira] = [await buildPerson(given.db), await buildPerson(given.db)];
    const [hers, others] = [await callAs(given.db, sabina.id), await callAs(given.db, elvira.id)];
    const { input } = await asked();
    for (let times = 0; times < 3; times++) await hers.people.tokens(input);
    expect(await problemOf(hers.people.tokens(input))).toMatchObject({ code: 'too_many' });
    expect((await others.people.tokens(input)).signed).toHaveLength(tokensAtOnce);
  });

  it('never more or fewer at once, never with another key, and for nobody who has not signed in', async () => {
    const sabina = await buildPerson(given.db);
    const forum = await callAs(given.db, sabina.id);
    const { input } = await asked(3);
    await expect(forum.people.tokens(input)).rejects.toThrow();
    const whole = (await asked()).input;
    await expect(forum.people.tokens({ ...whole, of: '00'.repeat(8) })).rejects.toThrow();
    const tooBig = { ...whole, blinded: whole.blinded.map(() => text(new Uint8Array(256).fill(255))) };
    await expect(forum.people.tokens(tooBig)).rejects.toThrow();
    await expect((await callAs(given.db, null)).people.tokens(whole)).rejects.toThrow();
  });
});
