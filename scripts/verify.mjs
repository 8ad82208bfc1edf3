// npm run verify -- FILE…: checks what the forum publishes, without the forum and with nothing but Node.
// Files: versions.json (the signed list), versions.pem (the key) and document.json of any versions, in any order;
// archive.json of any closed ballots.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { judge, limits, untoldLimit } from './verify-ballot.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** RFC 8785 for what these files hold: texts, whole numbers, yes and no. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${parts.join(',')}}`;
}

class Wrong extends Error {}
const must = (holds, sentence) => {
  if (!holds) throw new Wrong(sentence);
};

function read(path) {
  const bytes = readFileSync(resolve(process.env.INIT_CWD ?? '.', path));
  const text = bytes.toString('utf8');
  const name = basename(path);
  if (text.startsWith('-----BEGIN PUBLIC KEY-----')) return { name, kind: 'key', text };
  let said;
  try {
    said = JSON.parse(text);
  } catch {
    throw new Wrong(`${name}: no es un archivo del foro.`);
  }
  const kind = {
    'frente-unido/versiones/1': 'list',
    'frente-unido/documento/1': 'document',
    'frente-unido/archive/1': 'archive',
  }[said?.format];
  must(kind, `${name}: no es un archivo del foro.`);
  const inForm = canonical(said) === text && Buffer.from(text).equals(bytes);
  must(inForm, `${name}: no está como lo publicó el foro. Descárgalo otra vez, sin abrirlo ni guardarlo.`);
  return { name, kind, bytes, text, said };
}

function checkList({ name, said }, keyFile) {
  const { signature, ...signed } = said;
  let previous = null;
  for (const [i, { entry, ...own }] of said.versions.entries()) {
    must(own.number === i + 1, `${name}: falta o sobra una versión antes de la ${own.number}.`);
    must(own.previous === previous, `${name}: la versión ${own.number} no sigue a la anterior.`);
    must(sha256(canonical(own)) === entry, `${name}: la línea de la versión ${own.number} fue cambiada.`);
    previous = entry;
  }
  const key = createPublicKey(signature.key);
  const der = key.export({ format: 'der', type: 'spki' });
  if (keyFile)
    must(createPublicKey(keyFile.text).equals(key), `${name}: lo firmó otra clave que ${keyFile.name}.`);
  // The signature itself is not signed: it is held to its form, letter by letter. Another last letter of it may
  // decode to the same bytes.
  const inForm =
    canonical(Object.keys(signature).sort()) === '["algorithm","key","value"]' &&
    signature.algorithm === 'Ed25519' &&
    key.export({ format: 'pem', type: 'spki' }).trim() === signature.key.trim() &&
    Buffer.from(signature.value, 'base64url').toString('base64url') === signature.value;
  const good =
    inForm &&
    key.asymmetricKeyType === 'ed25519' &&
    verify(null, Buffer.from(canonical(signed)), key, Buffer.from(signature.value, 'base64url'));
  must(good, `${name}: la firma no es de esta lista.`);
  console.info(`Bien: ${name}, ${said.versions.length} versiones en cadena, con firma.`);
  console.info(`  Huella de la clave: ${sha256(der)}`);
  console.info('  Compárala con la que anotó tu base, o con la que dice la página del documento.');
}

function checkDocument({ name, bytes, said }, list) {
  const own = sha256(bytes);
  if (list) {
    const line = list.said.versions.find(({ number }) => number === said.number);
    must(line, `${name}: la lista no tiene la versión ${said.number}.`);
    must(line.sha256 === own, `${name}: no es la versión ${said.number} que está en la lista.`);
    must(line.frozenAt === said.frozenAt, `${name}: la lista dice otro día.`);
    const before = list.said.versions.find(({ number }) => number === said.number - 1);
    must(said.previous === (before?.sha256 ?? null), `${name}: no sigue a la versión anterior de la lista.`);
  }
  for (const { sha256: seal, ...article } of said.chapters.flatMap(({ articles }) => articles))
    must(sha256(canonical(article)) === seal, `${name}: el artículo ${article.number} fue cambiado.`);
  console.info(`Bien: ${name}, versión ${said.number}${list ? ', es la de la lista' : ''}.`);
  console.info(`  Sello: ${own}`);
  if (!list) console.info('  Falta la lista (versions.json) para saber si es la que publicó el foro.');
}

function checkArchive({ name, text, said }) {
  const { good, held, failed } = judge(text);
  for (const { says } of held) console.info(`Bien: ${says}`);
  must(good, `${name}: no cuadra (${failed.join(', ')}). Este archivo no es de fiar.`);
  console.info(`Bien: ${name}, votación contada otra vez.`);
  console.info(`  Sello: ${said.sha256}`);
  const untold = said.tally.flatMap(({ position, yes }) => (yes === null ? [position] : []));
  if (untold.length > 0) console.info(`  ${untoldLimit(untold)}`);
  for (const line of limits) console.info(`  ${line}`);
}

try {
  const names = process.argv.slice(2);
  must(names.length > 0, 'Di qué archivos: npm run verify -- versions.json versions.pem document.json');
  const files = names.map(read);
  const only = (kind) => {
    const some = files.filter((file) => file.kind === kind);
    must(some.length < 2, `Da un solo archivo de estos: ${some.map(({ name }) => name).join(', ')}.`);
    return some[0];
  };
  const [list, key] = [only('list'), only('key')];
  must(
    list || files.some(({ kind }) => kind === 'document' || kind === 'archive'),
    'Falta la lista (versions.json), un documento o el archivo de una votación (archive.json).',
  );
  if (list) checkList(list, key);
  for (const file of files) {
    if (file.kind === 'document') checkDocument(file, list);
    if (file.kind === 'archive') checkArchive(file);
  }
} catch (error) {
  const known = error instanceof Wrong || error.code === 'ENOENT';
  console.error(
    error.code === 'ENOENT'
      ? `No hay un archivo ${basename(error.path)}.`
      : known
        ? error.message
        : 'El archivo no se entiende: fue cambiado o está cortado.',
  );
  process.exitCode = 1;
}
