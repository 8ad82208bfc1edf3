import { describe, expect, it } from 'vitest';
import { type Actor, anonymous, type ForumRole } from '~/server/actor';
import * as policy from '~/server/responses/policy';
import { can } from '~/server/rule';

const [drem, ajam] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];
const holding = (role: ForumRole | null, officeId: string | null = null): Actor => ({
  ...anonymous,
  personId: 'p',
  forum: new Set(role ? [role] : []),
  officeId,
});
const toDrem = { officeId: drem };

describe('a request to one office', () => {
  it.each([
    // who, reads the case, answers it, asks, names offices, has a desk
    ['anonymous', anonymous, false, false, false, false, false],
    ['a member', holding(null), false, false, false, false, false],
    ['her own liaison', holding('liaison', drem), true, true, false, false, true],
    ['another office’s liaison', holding('liaison', ajam), false, false, false, false, true],
    ['an editor', holding('editor'), true, false, true, false, true],
    ['a secretary of the forum', holding('forumSecretary'), true, false, true, true, true],
    ['the credentials committee', holding('credentials'), false, false, false, false, false],
    ['the administrator', holding('admin'), false, false, false, false, false],
  ])('%s', (_who, actor, reads, answers, asks, names, hasDesk) => {
    expect(can(policy.readRequest, actor, toDrem)).toBe(reads);
    expect(can(policy.respond, actor, toDrem)).toBe(answers);
    expect(can(policy.ask, actor, null)).toBe(asks);
    expect(can(policy.createOffice, actor, null)).toBe(names);
    expect(can(policy.desk, actor, null)).toBe(hasDesk);
    expect(can(policy.read, actor, null)).toBe(true);
  });

  it('is no business of who has an office but is not its liaison any more', () => {
    expect(can(policy.respond, holding(null, drem), toDrem)).toBe(false);
  });
});
