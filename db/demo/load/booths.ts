import { booths } from '~/db/schema/booths';
import { codeHash } from '~/server/booths/commands/pass';
import { readCode } from '~/server/people/rules';
import { boothOfDemo } from '../ballots';
import { firstSecretary, type World } from './world';

/** The booth of the open ballot waits for whoever types its code first; the README has it. */
export async function loadBooth({ tx, id }: World, ballotId: string): Promise<void> {
  const [firstId, secondId] = boothOfDemo.standBy.map((key) => id('person', key)) as [string, string];
  await tx.insert(booths).values({
    ballotId,
    firstId,
    secondId,
    openedBy: id('person', firstSecretary),
    codeHash: codeHash(readCode(boothOfDemo.code)!),
  });
}
