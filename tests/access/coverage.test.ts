import { describe, expect, it } from 'vitest';
import { actionTable, forumRouter } from '~/server/root';

type Procedure = { _def: { type: string; meta?: { rule?: unknown; audit?: string }; inputs: unknown[] } };
const procedures = Object.entries(
  (forumRouter as unknown as { _def: { procedures: Record<string, Procedure> } })._def.procedures,
);
const table = actionTable();

describe('every procedure', () => {
  it.each(procedures)('%s names its action, asks a rule, checks its input', (path, { _def }) => {
    const row = table.find((one) => one.path === path)!;
    // Its name in the audit is the name it is called by, so that a line of the audit leads to the code.
    expect(row.action).toBe(path);
    expect(typeof _def.meta!.rule).toBe('function');
    expect(_def.inputs).toHaveLength(1);
    expect(_def.type).toBe(row.kind === 'command' ? 'mutation' : 'query');
  });

  it('is told apart by its action', () => {
    const actions = table.map(({ action }) => action);
    expect(actions).toEqual([...new Set(actions)]);
  });
});

describe('the audit', () => {
  it('says of every command what it keeps', () => {
    const levels = table.filter(({ kind }) => kind === 'command').map(({ audit }) => audit);
    expect(levels.filter((level) => !['full', 'participation', 'none'].includes(level))).toEqual([]);
  });

  it('keeps nothing of what is read', () => {
    expect(table.filter(({ kind, audit }) => kind === 'query' && audit !== 'none')).toEqual([]);
  });

  it('leaves out only what must leave no trace, or changes nothing', () => {
    const silent = table.filter(({ kind, audit }) => kind === 'command' && audit === 'none');
    expect(silent.map(({ path }) => path).sort()).toEqual([
      'ballots.cast',
      'ballots.castSealed',
      'ballots.giveReason',
      'ballots.takePosition',
      'booths.begin',
      'booths.cast',
      'booths.enter',
      'booths.look',
      'notices.seen',
      'people.askKeyringReset',
      'people.cancelKeyringReset',
      'people.changeKeyring',
      'people.checkCard',
      'people.makeKeyring',
      'people.openKeyring',
      'people.setLanguage',
      'people.signIn',
      'people.signOut',
      'people.tokens',
      'people.writeKeyring',
    ]);
  });
});
