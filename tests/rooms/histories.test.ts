import { expect, it } from 'vitest';
import { manyHistories } from '~/tests/support/histories';

it('no order of events lets a woman in without two vouches and a confirmation, nor one alone take another out', () => {
  const { kept, admitted } = manyHistories(400);
  expect(kept).toBeGreaterThan(400);
  // A test in which nobody ever comes in would hold for every reducer.
  expect(admitted).toBeGreaterThan(0);
});
