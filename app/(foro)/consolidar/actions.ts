'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

const desk = (id: string, done: string) => `/consolidar/articulo/${id}?hecho=${done}`;

export async function takeUp(form: FormData) {
  const done = await submit('takeUp', form, async (input) => (await caller()).document.takeUp(input));
  if (done) redirect(desk(done.id, 'recogido'));
}

export async function setFields(form: FormData) {
  const done = await submit('fields', form, async (input) => (await caller()).document.setFields(input));
  if (done) redirect(desk(done.id, 'datos'));
}

export async function editText(form: FormData) {
  const done = await submit('text', form, async (input) => (await caller()).document.editText(input));
  if (done) redirect(desk(done.id, done.merged ? 'juntado' : 'texto'));
}

export async function move(form: FormData) {
  const done = await submit('place', form, async (input) => {
    // «where» is one choice on the page and two facts in the document: the chapter, and the article before.
    const [area, after] = String(input.where ?? '').split(' ');
    return (await caller()).document.place({ ...input, area: area ?? '', after });
  });
  if (done) redirect(desk(done.id, 'lugar'));
}

export async function link(form: FormData) {
  const done = await submit('link', form, async (input) => (await caller()).document.linkConcern(input));
  if (done) redirect(desk(done.id, 'unido'));
}

export async function unlink(form: FormData) {
  const done = await submit('unlink', form, async (input) => (await caller()).document.unlinkConcern(input));
  if (done) redirect(desk(done.id, 'suelto'));
}

export async function retire(form: FormData) {
  const done = await submit('retire', form, async (input) => (await caller()).document.retire(input));
  if (done) redirect('/consolidar?hecho=retirado');
}

export async function freeze(form: FormData) {
  const done = await submit('freeze', form, async (input) => (await caller()).document.freeze(input));
  if (done) redirect(`/documento/v/${done.number}`);
}
