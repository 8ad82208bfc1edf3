import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Ground } from './ground';
import type { Server } from './servers';

export type Typing = { port: number; room: string; cookies: [writer: string, reader: string] };
/** Bytes on the wire: from who types, and to who reads. */
export type Letter = { up: number; down: number };

/** Somebody types in the client of our own pages while another reads: what each letter costs. */
export async function typeLetters(ground: Ground, server: Server): Promise<Letter> {
  const { room } = await ground.place('ours');
  const cookie = () => ground.headers(server.port).Cookie!;
  const typing: Typing = { port: server.port, room, cookies: [cookie(), cookie()] };
  const child = fork('bench/realtime/typist.ts', [JSON.stringify(typing)], {
    execArgv: ['--import', 'tsx'],
    // The people who type are known to the server by their cookies alone.
    env: { ...process.env, DATABASE_URL: '' },
  });
  const [letter] = (await once(child, 'message')) as [Letter];
  return letter;
}
