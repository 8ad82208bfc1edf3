import { describe, expect, it } from 'vitest';
import { freshKey, seal, unseal } from '~/app/_form/sealed';
import {
  newSheet,
  nextPlace,
  openChoice,
  openSheet,
  type Sheet,
  sealChoices,
  sealSheet,
  unanswered,
} from '~/app/(foro)/votaciones/_parts/sheet';
import type { Choice } from '~/server/ballots/rules';

const rufino = { ballotId: 'b1', personId: 'rufino' };
const sheet = (...answers: (Choice | null)[]): Sheet => ({ ...newSheet(0), answers });

describe('attack 28 on the phone: what a half-made sheet leaves in forms and history', () => {
  const key = freshKey();
  const made = sheet('si', 'no', null, 'abstencion');
  const field = sealSheet(key, rufino, made);

  it('can be gone on with by its holder', () => {
    expect(openSheet(key, rufino, field)).toEqual(made);
  });

  it('opens for nobody else on the same phone, for no other ballot, and not once its key is gone', () => {
    expect(openSheet(key, { ...rufino, personId: 'tomasa' }, field)).toBeNull();
    expect(openSheet(key, { ...rufino, ballotId: 'b2' }, field)).toBeNull();
    expect(openSheet(freshKey(), rufino, field)).toBeNull();
    expect(openSheet(undefined, rufino, field)).toBeNull();
    expect(openSheet('', rufino, field)).toBeNull();
    expect(openSheet(key, rufino, undefined)).toBeNull();
    expect(openSheet(key, rufino, `${field.slice(0, -2)}AA`)).toBeNull();
    expect(openSheet(key, rufino, 'x'.repeat(10_000))).toBeNull();
  });

  it('has one length whatever was answered, and never the same bytes twice', () => {
    const lengths = new Set(
      [sheet('si', 'si'), sheet('abstencion', 'no'), sheet(null, null)].map(
        (one) => sealSheet(key, rufino, one).length,
      ),
    );
    expect(lengths.size).toBe(1);
    expect(sealSheet(key, rufino, made)).not.toBe(sealSheet(key, rufino, made));
  });

  it('carries choices whose values mean nothing, and only at their own question', () => {
    const values = sealChoices(key, rufino, 3);
    expect(new Set(Object.values(values).map((value) => value.length)).size).toBe(1);
    expect(openChoice(key, rufino, 3, values.no)).toBe('no');
    expect(openChoice(key, rufino, 4, values.no)).toBeNull();
    expect(openChoice(key, rufino, 3, 'no')).toBeNull();
    expect(openChoice(key, rufino, 3, '1')).toBeNull();
    expect(openChoice(key, rufino, 3, seal(key, 'b1 rufino choice 3', '7'))).toBeNull();
    expect(openChoice(key, rufino, 3, undefined)).toBeNull();
    expect(JSON.stringify(values)).not.toMatch(/"(si|no|abstencion)"[^:]/);
  });

  it('is sealed for its place: a choice is no sheet and a sheet no choice', () => {
    expect(openSheet(key, rufino, sealChoices(key, rufino, 1).si)).toBeNull();
    expect(unseal(key, 'elsewhere', seal(key, 'here', 'words'))).toBeNull();
    expect(unseal(key, 'here', seal(key, 'here', 'words'))).toBe('words');
  });
});

describe('where the next press leads', () => {
  it.each([
    [sheet('si', null, null), 1, 2],
    [sheet('si', 'no', null), 2, 3],
    [sheet(null, null, 'si'), 3, 1],
    [sheet('si', null, 'si'), 3, 2],
    [sheet('si', null, 'si'), 1, 2],
    [sheet('si', 'no', 'si'), 1, 0],
    [sheet('si', 'no', 'si'), 3, 0],
  ])('%o at %i: %i', (made, at, next) => {
    expect(nextPlace(made, at)).toBe(next);
  });

  it('counts what is missing', () => {
    expect(unanswered(newSheet(31))).toBe(31);
    expect(unanswered(sheet('si', null, 'no'))).toBe(1);
  });
});
