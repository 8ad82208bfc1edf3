import { describe, expect, it } from 'vitest';
import { type Actor, anonymous } from '~/server/actor';
import * as policy from '~/server/document/policy';
import { can } from '~/server/rule';

const mesa = '00000000-0000-4000-8000-00000000000a';
const base = '00000000-0000-4000-8000-00000000000b';
const someone = (over: Partial<Actor> = {}): Actor => ({ ...anonymous, personId: 'p', ...over });
const who: Record<string, Actor> = {
  anonymous,
  'a member': someone({ associations: new Map([[base, new Set(['member'] as const)]]) }),
  'an officer': someone({ associations: new Map([[base, new Set(['officer'] as const)]]) }),
  'a delegate': someone({ associations: new Map([[base, new Set(['member', 'delegate'] as const)]]) }),
  'a coordinator of a table': someone({
    spaces: new Map([[mesa, 'coordinator']]),
    coordinates: new Set(['table']),
  }),
  'a coordinator of the plenary': someone({
    spaces: new Map([[mesa, 'coordinator']]),
    coordinates: new Set(['plenary']),
  }),
  'a coordinator of a base’s own space': someone({
    spaces: new Map([[mesa, 'coordinator']]),
    coordinates: new Set(['association']),
  }),
  'a coordinator of a table that has ended': someone({ spaces: new Map([[mesa, 'coordinator']]) }),
  'a writer': someone({ spaces: new Map([[mesa, 'writer']]) }),
  'an editor': someone({ forum: new Set(['editor']) }),
  'a secretary of the forum': someone({ forum: new Set(['forumSecretary']) }),
  'a member of the credentials committee': someone({ forum: new Set(['credentials']) }),
  'a liaison': someone({ forum: new Set(['liaison']), officeId: 'o' }),
  'the administrator': someone({ forum: new Set(['admin']) }),
};

describe('who sees the document in the making, and who writes it', () => {
  it.each([
    ['anonymous', false, false],
    ['a member', false, false],
    ['an officer', false, false],
    ['a delegate', true, false],
    ['a coordinator of a table', true, false],
    ['a coordinator of the plenary', true, false],
    ['a coordinator of a base’s own space', false, false],
    ['a coordinator of a table that has ended', false, false],
    ['a writer', false, false],
    ['an editor', true, true],
    ['a secretary of the forum', true, false],
    ['a member of the credentials committee', false, false],
    ['a liaison', false, false],
    ['the administrator', false, false],
  ])('%s: sees %s, writes %s', (name, sees, writes) => {
    expect(can(policy.readWorking, who[name]!, null)).toBe(sees);
    expect(can(policy.edit, who[name]!, null)).toBe(writes);
    expect(can(policy.readVersion, who[name]!, null)).toBe(true);
  });

  it('an article is found by everybody once it is frozen, before by those who see the making', () => {
    for (const actor of Object.values(who)) {
      expect(can(policy.findArticle, actor, { frozen: { version: 1 } })).toBe(true);
      expect(can(policy.findArticle, actor, { frozen: null })).toBe(can(policy.readWorking, actor, null));
    }
  });
});
