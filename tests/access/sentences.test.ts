import { expect, it } from 'vitest';
import { catalogues } from '~/messages/catalogue';
import { actionTable } from '~/server/root';

it('says in words, for every act of the forum, what it is and who may do it', () => {
  const said = catalogues.es.audit as Record<string, string>;
  const missing = actionTable()
    .filter((row) => row.kind === 'command')
    .flatMap((row) => [`act.${row.path}`, `who.${row.path}`])
    .filter((key) => !said[key]);
  expect(missing).toEqual([]);
});

it('says nothing of acts that are not there', () => {
  const paths = new Set(actionTable().map((row) => row.path));
  const idle = Object.keys(catalogues.es.audit)
    .filter((key) => /^(act|who)\./.test(key))
    .filter((key) => !paths.has(key.replace(/^(act|who)\./, '')));
  expect(idle).toEqual([]);
});
