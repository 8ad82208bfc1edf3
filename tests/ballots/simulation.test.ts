import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Charter, charters, find, judge, templates } from '~/server/ballots/rules/charter';
import { type Readable, wouldSay } from '~/server/ballots/rules/simulation';

const own = { quorumPercent: 30, majorityPercent: 50 };
const plain = (yes: number, no: number, abstain = 0): Readable => ({
  rule: own,
  round: 'first',
  entitled: 100,
  question: { yes, no, abstain, told: null },
});

describe('what another rule would have said', () => {
  it.each([
    ['mayoria', plain(40, 30), 'aprobado'],
    ['dos_tercios', plain(40, 30), 'no_aprobado'],
    ['mayoria', plain(25, 10), 'sin_quorum'],
    // The women were not counted apart: nobody knows.
    ['con_mujeres', plain(40, 30), null],
    ['frente', plain(40, 30), null],
    // Without a quorum, or with more no than yes … of the first one is sure, of the second not: the women's quorum.
    ['frente', plain(25, 10), 'sin_quorum'],
    ['frente', plain(30, 40), null],
  ] as const)('%s of %o: %s', (template, readable, said) => {
    expect(wouldSay(charters[template], readable)).toBe(said);
  });

  it('reads what was told of the women, and of nothing else', () => {
    const told = { findings: { quorum: [true, true], overall: [true], groups: [false, true, true] } };
    const readable: Readable = {
      rule: charters.frente,
      round: 'first',
      entitled: 100,
      question: { yes: 60, no: 20, abstain: 0, told },
    };
    expect(wouldSay(charters.con_mujeres, readable)).toBe('vuelve');
    const hidden = { findings: { ...told.findings, groups: [null, null, null] } };
    const question = { ...readable.question, told: hidden };
    expect(wouldSay(charters.con_mujeres, { ...readable, question })).toBeNull();
    expect(wouldSay(charters.mayoria, { ...readable, question })).toBe('aprobado');
  });

  it('is right whenever it says something', () => {
    const counts = fc.record({ yes: fc.nat(40), no: fc.nat(40), abstain: fc.nat(10) });
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.constantFrom(...templates),
        fc.constantFrom(...templates),
        (w, o, by, other) => {
          const sum = { yes: w.yes + o.yes, no: w.no + o.no, abstain: w.abstain + o.abstain };
          const group = (label: string, roll: number, given: typeof w) => ({ label, roll, counts: given });
          const tables = {
            overall: group('', 180, sum),
            by: {
              women: [group('women', 90, w), group('others', 90, o)],
              region: [group('21', 90, w), group('04', 90, o)],
              cooperative: [group('inside', 90, o), group('outside', 90, w)],
            },
          };
          const rule: Charter = charters[by];
          const told = { findings: find(rule, 'first', tables) };
          const said = wouldSay(charters[other], {
            rule,
            round: 'first',
            entitled: 180,
            question: { ...sum, told },
          });
          if (said !== null) expect(said).toBe(judge(charters[other], 'first', tables));
        },
      ),
    );
  });
});
