import { describe, expect, it } from 'vitest';
import { httpForum } from '../support/http';

const http = httpForum();

describe('the session’s own addresses', () => {
  it('are one, which says whether a session stands; next-auth’s other doors are not there', async () => {
    for (const name of ['signin', 'signout', 'csrf', 'providers', 'callback/credentials', 'error', '_log'])
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? { body: 'x=1' } : {};
        const answer = await http.ask(`/api/auth/${name}`, null, { method, ...body });
        expect([method, name, answer.status, answer.body]).toEqual([method, name, 404, '']);
      }
    expect(await http.ask('/api/auth/session')).toMatchObject({ status: 200, body: '{}' });
    expect((await http.ask('/api/auth/session', null, { body: 'x=1' })).status).toBe(404);
  });
});
