import { expect, it } from 'vitest';
import { erasedKey } from '~/app/_room/frame/alarms';
import es from '~/messages/es/room.json';

it('says so where the others could not be told that something was erased', () => {
  const said = (sent: Parameters<typeof erasedKey>[0]) => es[erasedKey(sent) as keyof typeof es];
  expect(said('kept')).toBe('Se borró.');
  for (const sent of ['refused', 'not_now'] as const) expect(said(sent)).toContain('puede verlo todavía');
});
