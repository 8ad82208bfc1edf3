import { createHash } from 'node:crypto';
import { derive, type Entry, openKeyring, sealKeyring } from '~/app/_keyring/lock';
import { bareWord, pictureWords } from '~/db/reference/words';

const letters = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** Puts something into the keyring of who is signed in with this cookie, as another phone of hers would that knows her words. */
export async function keepInKeyring(
  address: string,
  cookie: string,
  words: readonly string[],
  entry: Entry,
): Promise<void> {
  const ask = async (procedure: string, input?: unknown) => {
    const headers = { cookie, origin: address, 'content-type': 'application/json' };
    const given = input === undefined ? {} : { method: 'POST', body: JSON.stringify(input) };
    const answer = await fetch(`${address}/api/trpc/people.${procedure}`, { headers, ...given });
    return ((await answer.json()) as { result: { data: Record<string, string> } }).result.data;
  };
  const numbers = words.map((word) =>
    pictureWords.findIndex((one, at) => one === word || bareWord(at) === word),
  );
  const { salt } = await ask('keyring');
  const keys = await derive(numbers, Buffer.from(salt!, 'base64url'));
  const auth = letters(keys.auth);
  const kept = Buffer.from((await ask('openKeyring', { auth })).keyring!, 'base64url');
  const sealed = sealKeyring(keys.wrap, [...openKeyring(keys.wrap, kept)!, entry]);
  const was = createHash('sha256').update(kept).digest('base64url');
  await ask('writeKeyring', { auth, was, keyring: letters(sealed) });
}
