import { spawnSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonical, canonicalVersion, hashOf } from '~/server/document/rules';
import { chained, fingerprint, publicPem, signedList } from '~/server/document/rules/chain';
import { readSecrets } from '~/server/secrets';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, freezing, readyArticle } from '../support/document';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'frente-unido-verify-'));
let world: DocumentWorld;
let list: string;
let key: string;
let documents: string[];

beforeAll(async () => {
  world = await documentWorld(database.db);
  const emilia = await world.as('emilia');
  for (const [i, title] of ['Agua', 'Polvo', 'Desmonte'].entries()) {
    await readyArticle(world, { title });
    await emilia.document.freeze(freezing(i));
  }
  const anyone = await world.as(null);
  ({ list, key } = await anyone.document.signed());
  documents = [];
  for (const number of [1, 2, 3]) documents.push((await anyone.document.canonical({ number })).canonical);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the script on these texts, as anybody would on the files. */
function verified(...texts: string[]) {
  const paths = texts.map((_, i) => join(folder, `${i}.txt`));
  for (const [i, path] of paths.entries()) writeFileSync(path, texts[i]!);
  const ran = spawnSync(process.execPath, ['scripts/verify.mjs', ...paths], { encoding: 'utf8' });
  return { code: ran.status, out: ran.stdout, problem: ran.stderr };
}

describe('the published files', () => {
  it('are found right by anybody who has them and no forum', () => {
    const all = verified(list, key, ...documents);
    expect(all).toMatchObject({ code: 0, problem: '' });
    expect(all.out).toContain('3 versiones en cadena, con firma');
    expect(all.out).toContain('versión 2, es la de la lista');
    expect(verified(documents[0]!)).toMatchObject({ code: 0 });
  });

  it('name their key by the fingerprint that the page shows', async () => {
    const shown = await (await world.as(null)).document.signed();
    expect(verified(list, key).out).toContain(shown.fingerprint);
  });

  it('are the same bytes for everybody, every time', async () => {
    for (const name of [null, 'emilia', 'carla'] as const)
      expect((await (await world.as(name)).document.signed()).list).toBe(list);
  });

  it('fail as soon as one letter is another, wherever it stands', () => {
    const at = (text: string, where: number) => {
      const spot = where % text.length;
      const letter = text[spot] === 'a' ? 'b' : 'a';
      return text.slice(0, spot) + letter + text.slice(spot + 1);
    };
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 4 }), (where, which) => {
        const texts = [list, documents[0]!, documents[1]!, documents[2]!];
        const chosen = which % texts.length;
        texts[chosen] = at(texts[chosen]!, where);
        const { code, problem } = verified(key, ...texts);
        expect([code, problem.trim().split('\n').length]).toEqual([1, 1]);
      }),
      { numRuns: 25 },
    );
  });

  it('fail where anything stands beside the signature, or in its place', () => {
    const said = JSON.parse(list) as { signature: Record<string, string> };
    for (const signature of [
      { ...said.signature, algorithm: 'Ed448' },
      { ...said.signature, by: 'Nadie' },
      { key: said.signature.key, value: said.signature.value },
    ])
      expect(verified(canonical({ ...said, signature })).code).toBe(1);
  });

  it('fail where another last letter of the signature stands for the same bytes', () => {
    const { signature } = JSON.parse(list) as { signature: { value: string } };
    const bytes = Buffer.from(signature.value, 'base64url');
    const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
      .map((letter) => signature.value.slice(0, -1) + letter)
      .filter((value) => value !== signature.value && Buffer.from(value, 'base64url').equals(bytes));
    expect(others.length).toBeGreaterThan(0);
    for (const value of others.slice(0, 3))
      expect(verified(list.replace(signature.value, value)).code).toBe(1);
  });

  it('say which article was changed, even where the whole was sealed again', () => {
    const forged = documents[0]!.replace('agua limpia', 'agua turbia');
    expect(forged).not.toBe(documents[0]);
    expect(verified(forged).problem).toContain('el artículo 1 fue cambiado');
    expect(verified(list, forged).problem).toContain('no es la versión 1 que está en la lista');
  });

  type List = { versions: Record<string, unknown>[]; signature: { key: string; value: string } };
  const withList = (change: (said: List) => void) => {
    const said = JSON.parse(list);
    change(said);
    return canonical(said);
  };
  const chainAgain = (said: List) => {
    let previous: string | null = null;
    for (const line of said.versions) {
      delete line.entry;
      line.previous = previous;
      previous = hashOf(canonical(line));
      line.entry = previous;
    }
  };

  it('let no version be taken out, put in, or exchanged', () => {
    expect(verified(withList(({ versions }) => versions.splice(1, 1))).problem).toContain('falta o sobra');
    expect(verified(withList(({ versions }) => versions.pop())).problem).toContain('la firma no es');
    expect(verified(withList(({ versions }) => versions.reverse())).code).toBe(1);
    const exchanged = withList((said) => {
      said.versions[1]!.sha256 = hashOf('otra');
    });
    expect(verified(exchanged).problem).toContain('la línea de la versión 2 fue cambiada');
    // Who also makes the chain anew has no key to sign it with.
    const rechained = withList((said) => {
      said.versions[1]!.sha256 = hashOf('otra');
      chainAgain(said);
    });
    expect(verified(rechained).problem).toContain('la firma no es de esta lista');
  });

  it('signed by another forum are told from ours by the key that was kept', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const versions = JSON.parse(list).versions as { number: number; frozenAt: string; sha256: string }[];
    const other = signedList(
      versions.map((one) => ({ ...one, frozenAt: new Date(one.frozenAt) })),
      privateKey,
    );
    expect(verified(other, key).problem).toContain('lo firmó otra clave');
    expect(verified(other).out).toContain(fingerprint(privateKey));
  });

  it('that are something else, cut off or missing get one clear sentence', () => {
    for (const [given, sentence] of [
      ['{"format":"otra cosa"}', 'no es un archivo del foro'],
      ['hola', 'no es un archivo del foro'],
      ['null', 'no es un archivo del foro'],
      [documents[0]!.slice(0, -40), 'no es un archivo del foro'],
      [JSON.stringify(JSON.parse(documents[0]!), null, 2), 'Descárgalo otra vez'],
      ['{"format":"frente-unido/versiones/1"}', 'fue cambiado o está cortado'],
    ] as const)
      expect(verified(given)).toMatchObject({ code: 1, problem: expect.stringContaining(sentence) });
    const none = spawnSync(process.execPath, ['scripts/verify.mjs', join(folder, 'nada.json')]);
    expect([none.status, none.stderr.toString()]).toEqual([1, 'No hay un archivo nada.json.\n']);
    expect(spawnSync(process.execPath, ['scripts/verify.mjs']).status).toBe(1);
  });
});

describe('the chain', () => {
  it('ties each entry to the one before, and the last to all', () => {
    const versions = [1, 2, 3].map((number) => ({
      number,
      frozenAt: new Date(`2026-0${number}-01`),
      sha256: hashOf(String(number)),
    }));
    const [one, two, three] = chained(versions);
    expect([one!.previous, two!.previous, three!.previous]).toEqual([null, one!.entry, two!.entry]);
    const other = chained([{ ...versions[0]!, sha256: hashOf('otra') }, ...versions.slice(1)]);
    expect(other[2]!.entry).not.toBe(three!.entry);
  });

  it('is right for the script with any words in the documents', () => {
    const wording = canonicalVersion({
      number: 1,
      title: '«Ñandú» 🙂 \u2028 "\\" \u0001',
      frozenAt: new Date('2026-01-01'),
      previous: null,
      chapters: [{ area: 'agua', title: 'é' }],
      articles: [],
    });
    expect(verified(wording.canonical)).toMatchObject({ code: 0, problem: '' });
  });
});

describe('the signing key', () => {
  it('is made once for a forum, is another for another, and lies nowhere but in its secrets', () => {
    const [one, two] = [mkdtempSync(join(folder, 'one-')), mkdtempSync(join(folder, 'two-'))];
    const first = readSecrets(one, null).signing;
    expect(publicPem(readSecrets(one, 'another session secret').signing)).toBe(publicPem(first));
    expect(publicPem(readSecrets(two, null).signing)).not.toBe(publicPem(first));
    expect(first.asymmetricKeyType).toBe('ed25519');
    const file = join(one, 'secrets.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(first.export({ format: 'jwk' }).d!);
    expect(list).not.toContain('PRIVATE');
    expect(() => createPrivateKey(key)).toThrow();
  });
});
