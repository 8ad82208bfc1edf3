import { describe, expect, it } from 'vitest';
import { actsFor, type Situation } from '~/server/forum/rules';

const nobody: Situation = {
  signedIn: false,
  ballots: [],
  may: { answers: false, accredits: false, consolidates: false, arranges: false, raises: false },
  waiting: { answers: 0, overdue: 0, mandates: 0, concerns: 0 },
  draft: null,
  enrollsAt: null,
  hasDocument: false,
};
const miner: Situation = {
  ...nobody,
  signedIn: true,
  may: { ...nobody.may, raises: true },
  hasDocument: true,
};
const ballot = (id: string, closesAt: string) => ({ id, title: 'Segunda versión', closesAt });

describe('the one big action of the home page', () => {
  it.each<[string, Situation, string]>([
    ['a visitor before there is a document: enter', nobody, 'enter'],
    ['a visitor: enter', { ...nobody, hasDocument: true }, 'enter'],
    ['Sabina: say what happens', miner, 'raise'],
    [
      'Nieves with an open ballot: vote before all else',
      { ...miner, ballots: [ballot('b', '2026-12-01T00:00:00Z')], draft: { id: 'd', title: 'Agua' } },
      'vote',
    ],
    ['Rufino between votes: go on writing', { ...miner, draft: { id: 'd', title: 'Agua' } }, 'write'],
    [
      'Carla with articles to answer: answer',
      {
        ...miner,
        may: { ...nobody.may, answers: true },
        waiting: { ...nobody.waiting, answers: 3, overdue: 1 },
      },
      'answer',
    ],
    ['Carla with nothing to answer: read', { ...miner, may: { ...nobody.may, answers: true } }, 'read'],
    [
      'Benita with mandates: accredit',
      { ...miner, may: { ...miner.may, accredits: true }, waiting: { ...nobody.waiting, mandates: 2 } },
      'accredit',
    ],
    ['Emilia: consolidate', { ...miner, may: { ...miner.may, consolidates: true } }, 'consolidate'],
    ['Ysabel: enroll', { ...miner, enrollsAt: { id: 'a', name: 'Flor de Cuarzo' } }, 'enroll'],
    ['an administrator before there is a document: read', { ...nobody, signedIn: true }, 'read'],
  ])('%s', (_who, situation, kind) => expect(actsFor(situation)[0]!.kind).toBe(kind));

  it('puts the ballot that closes first on top, and never offers what she may not do', () => {
    const acts = actsFor({
      ...miner,
      ballots: [ballot('late', '2026-12-09T00:00:00Z'), ballot('soon', '2026-12-02T00:00:00Z')],
    });
    expect(acts.map((act) => ('id' in act ? act.id : act.kind))).toEqual(['soon', 'late', 'raise', 'read']);
  });
});
