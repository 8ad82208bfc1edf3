'use server';

import { redirect } from 'next/navigation';
import { localPath } from '~/app/_form/local-path';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

const page = (id: string, done: string) => `/planteamientos/parecidos/${id}?hecho=${done}`;

/** One form, two answers: the marked ones walk with it, or they are not like it. */
export async function decide(form: FormData) {
  const seed = String(form.get('seed') ?? '');
  const marked = form.getAll('marked').map(String);
  const done = await submit(`like-${seed}`, form, async (input) => {
    const forum = (await caller()).concerns;
    // What is marked is a concern and, behind a blank, the group it walks in.
    const pairs = marked.map((one) => one.split(' ') as [string, string?]);
    if (input.do === 'unlike') {
      await forum.notAlike({ id: seed, otherIds: pairs.map(([id]) => id) });
      return { to: localPath(form.get('back')) };
    }
    const groups = [...new Set([input.group, ...pairs.map(([, group]) => group)].filter(Boolean))];
    const groupId = groups.length === 1 ? groups[0] : undefined;
    const walking = new Set(groupId ? pairs.filter(([, group]) => group === groupId).map(([id]) => id) : []);
    const concernIds = [seed, ...pairs.map(([id]) => id)].filter(
      (id) => !walking.has(id) && !(groupId && input.group === groupId && id === seed),
    );
    const made = await forum.group({
      key: input.key,
      groupId,
      title: input.title,
      concernIds: marked.length > 0 ? concernIds : [seed],
    });
    return { to: page(made.id, 'juntos') };
  });
  if (done) redirect(done.to);
}

/** Takes back that they are not alike. */
export async function proposeAgain(form: FormData) {
  const done = await submit('apart', form, async (input) => (await caller()).concerns.maybeAlike(input));
  if (done) redirect(`/planteamientos/parecidos/por-ver?de=${done.id}`);
}

export async function rename(form: FormData) {
  const done = await submit('rename', form, async (input) => (await caller()).concerns.nameGroup(input));
  if (done) redirect(page(done.id, 'nombre'));
}

export async function ungroup(form: FormData) {
  const done = await submit('ungroup', form, async (input) => (await caller()).concerns.ungroup(input));
  if (done) redirect(done.left > 0 ? page(done.id, 'fuera') : '/planteamientos/parecidos?hecho=deshecho');
}

export async function setAside(form: FormData) {
  const done = await submit('aside', form, async (input) => (await caller()).concerns.setAsideGroup(input));
  if (done) redirect(page(done.id, 'apartados'));
}

export async function tie(form: FormData) {
  const group = String(form.get('groupId') ?? '');
  const done = await submit('tie', form, async (input) => (await caller()).document.linkGroup(input));
  if (done) redirect(page(group, 'unidos'));
}
