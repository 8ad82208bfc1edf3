import { describe, expect, it } from 'vitest';
import { alarmOf } from '~/app/_room/frame/alarms';
import type { Ctx } from '~/app/_room/frame/context';
import { gateKeyType, SeenKeys, writeGateKey } from '~/app/_room/release/keys';
import { Purse } from '~/app/_room/release/tokens';
import es from '~/messages/es/room.json';

const month = '2026-11-01';
const [mine, marked] = ['a1'.repeat(8), 'b2'.repeat(8)];
const signs = {
  luna: '1a'.repeat(32),
  cerro: '2b'.repeat(32),
  quena: '3c'.repeat(32),
  nadie: '4d'.repeat(32),
};
const members = [signs.luna, signs.cerro, signs.quena].map((sign) => ({ sign }));

/** Luna’s open room, in which these have said under which key they were given tokens. */
function room(told: [string, string][], alarms: string[] = []) {
  const seen = new SeenKeys();
  seen.see({ month, id: mine });
  const said = told.map(([who, id]) => ({
    type: gateKeyType,
    by: signs[who as keyof typeof signs],
    body: writeGateKey({ month, id }),
  }));
  const held = { room: 'ab'.repeat(16) };
  const session = { alarms, held, me: signs.luna, state: { members, frozen: false, dirty: false } };
  const host = { purse: () => new Purse([], seen) };
  return { session, host, said: () => said, line: () => 'open' } as unknown as Ctx;
}

describe('a token key that is not the same for everybody', () => {
  it.each([
    ['nobody has said hers', [], null],
    ['all were told the same', [['cerro', mine]], null],
    ['Cerro was told another', [['cerro', marked]], 'alarm.gate_keys'],
    [
      'Quena alone was told the same',
      [
        ['cerro', marked],
        ['quena', mine],
      ],
      'alarm.gate_keys',
    ],
    ['who is no member says another', [['nadie', marked]], null],
    ['her own phone said another', [['luna', marked]], null],
  ] as [string, [string, string][], string | null][])('%s', (_what, told, key) => {
    expect(alarmOf(room(told))?.key ?? null).toBe(key);
  });

  it('is told in plain words, after what is graver', () => {
    expect(alarmOf(room([['cerro', marked]], ['wrong_rotation']))?.key).toBe('alarm.wrong_rotation');
    expect(es['alarm.gate_keys']).toContain('otra llave de fichas');
  });
});
