import { expect, it } from 'vitest';
import { changeOfKey, completeRotation } from '~/app/_room/proposals';
import type { Session } from '~/app/_room/session';
import { Texts, titleOf } from '~/app/_room/texts';
import { foundRoom, letIn, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();
const bodyOf = (texts: Texts) => texts.all()[0]!.doc.getText('t').toString();

async function threeAtAText() {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, women);
  const at = (session: Session) => ({ session, texts: new Texts(session) });
  const all = sessions.map(at);
  const hear = async () => {
    for (const { session, texts } of all) {
      await session.catchUp();
      texts.all();
    }
  };
  const [luna, cerro, quena] = all as [ReturnType<typeof at>, ReturnType<typeof at>, ReturnType<typeof at>];
  const draft = (await luna.texts.begin('Agua limpia'))!;
  await draft.write((doc) => doc.getText('t').insert(0, 'Pedimos agua.'));
  await hear();
  return { ask, room, sessions, luna, cerro, quena, all, at, hear };
}

it('a text comes over a change of key: who came later sees it when two phones have put it in order by themselves', async () => {
  const { ask, room, sessions, luna, cerro, all, at, hear } = await threeAtAText();
  const rio = at(await letIn(ask, room, [...sessions], woman('Río')));
  all.push(rio);
  await hear();
  await luna.texts.all()[0]!.write((doc) => doc.getText('t').insert(13, ' Y salud.'));
  await hear();
  expect(rio.texts.all().map((one) => [one.whole, titleOf(one)])).toEqual([[false, '']]);
  // She puts nothing in order of which she has only the end.
  expect(await rio.texts.tidy()).toBe(false);
  expect(await luna.texts.tidy()).toBe(false);
  await hear();
  expect(await cerro.texts.tidy()).toBe(true);
  await hear();
  expect(rio.texts.all().map((one) => [one.whole, titleOf(one), one.untidy])).toEqual([
    [true, 'Agua limpia', false],
  ]);
  expect(all.map(({ texts }) => bodyOf(texts))).toEqual(Array(4).fill('Pedimos agua. Y salud.'));
  // Nothing is left to be done: no phone goes on offering.
  expect([await luna.texts.tidy(), await cerro.texts.tidy(), luna.texts.all()[0]!.offered]).toEqual([
    false,
    false,
    false,
  ]);
  await rio.texts.all()[0]!.write((doc) => doc.getText('t').insert(0, 'Todas: '));
  await hear();
  expect(all.map(({ texts }) => bodyOf(texts))).toEqual(Array(4).fill('Todas: Pedimos agua. Y salud.'));
});

it('what was offered under an older key is agreed on by nobody; it is offered again under the new one', async () => {
  const { luna, cerro, quena, hear } = await threeAtAText();
  await luna.texts.all()[0]!.offer();
  await hear();
  expect(await completeRotation(cerro.session, changeOfKey(quena.session, []))).toBe(true);
  await hear();
  const [draft] = cerro.texts.all();
  expect(await draft!.settle()).toBe(false);
  expect([draft!.untidy, luna.texts.all()[0]!.offered]).toEqual([true, false]);
  await luna.texts.tidy();
  await hear();
  expect(await quena.texts.tidy()).toBe(true);
  await hear();
  expect([bodyOf(cerro.texts), cerro.texts.all()[0]!.generation]).toEqual(['Pedimos agua.', 1]);
});

it('two who agree on rubbish change nothing for her who has the text: she keeps it, and it is said', async () => {
  const { luna, cerro, quena, hear } = await threeAtAText();
  // Both put another history under the text than the one that was heard.
  for (const { texts } of [luna, cerro]) {
    const liar = texts.all()[0]! as unknown as { updates: { seq: number; bytes: Uint8Array }[] };
    liar.updates = liar.updates.map(({ seq }) => ({ seq, bytes: new Uint8Array([0, 0]) }));
  }
  await luna.texts.all()[0]!.offer();
  await cerro.session.catchUp();
  cerro.texts.all();
  expect(await cerro.texts.all()[0]!.settle()).toBe(true);
  await hear();
  expect([bodyOf(quena.texts), quena.texts.all()[0]!.doubted]).toEqual(['Pedimos agua.', true]);
});
