import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { handOutFirst } from '~/app/_room/release/handing';
import type { Laid } from '~/app/_room/release/laid';
import { proposalOf } from '~/app/_room/release/messages';
import { Purse } from '~/app/_room/release/tokens';
import type { Token } from '~/server/rooms/rules/tokens';
import { readAsk, writeDone } from '~/server/rooms/rules/wire';
import { aConcern } from '../support/releases';

const token = (nonce: Uint8Array): Token => ({
  ...{ key: '0a'.repeat(8), nonce, signature: new Uint8Array(256).fill(4) },
});
function aText(fill: number): Laid {
  const { salt, bytes, name } = proposalOf(new Uint8Array(32).fill(fill), aConcern());
  return { room: '11'.repeat(16), salt, bytes, token: token(hexToBytes(name)), day: '2026-11-10', from: 0 };
}

describe('a text that is held, and the door refuses it', () => {
  const now = new Date('2026-11-12T12:00:00-05:00');
  const [held, free] = [aText(5), aText(6)];
  async function opens(refused: Map<string, number>, when: Date, laid = [held, free], random = () => 0) {
    const gone = new Set<string>();
    const server = async (body: Uint8Array) => {
      const ask = readAsk(body);
      return writeDone(ask.op === 'deposit' && ask.salt.join() === free.salt.join() ? 1 : 0);
    };
    const list = async () => ({ released: [], bases: [] });
    const sitting = { gone, refused, entered: () => false, going: () => {} };
    const purse = new Purse([token(new Uint8Array(32))]);
    return handOutFirst(laid, purse, { server, list, now: when, random }, sitting);
  }

  it('keeps no other one back: the next time the other goes, and then it is not tried again for most of a day', async () => {
    const refused = new Map<string, number>();
    expect(await opens(refused, now)).toBe('refused');
    expect(await opens(refused, now)).toBe('left');
    const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
    expect(await opens(refused, later(19), [held])).toBe('nothing');
    expect(await opens(refused, later(21), [held])).toBe('refused');
  });

  it('and where the page was loaded anew, which goes first is drawn', async () => {
    expect(await opens(new Map(), now, [held, free], () => 0.9)).toBe('left');
  });
});
