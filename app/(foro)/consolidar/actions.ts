'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

const desk = (id: string, done: string, actId?: string | null) =>
  `/consolidar/articulo/${id}?hecho=${done}${actId ? `&acto=${actId}` : ''}`;

export async function takeUp(form: FormData) {
  const done = await submit('takeUp', form, async (input) => (await caller()).document.takeUp(input));
  if (done) redirect(desk(done.id, 'recogido', done.actId));
}

export async function setFields(form: FormData) {
  const done = await submit('fields', form, async (input) => (await caller()).document.setFields(input));
  if (done) redirect(desk(done.id, 'datos', done.actId));
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
  if (done) redirect(desk(done.id, 'lugar', done.actId));
}

export async function link(form: FormData) {
  const done = await submit('link', form, async (input) => (await caller()).document.linkConcern(input));
  if (done) redirect(desk(done.id, 'unido', done.actId));
}

export async function unlink(form: FormData) {
  const done = await submit('unlink', form, async (input) => (await caller()).document.unlinkConcern(input));
  if (done) redirect(desk(done.id, 'suelto', done.actId));
}

export async function retire(form: FormData) {
  const done = await submit('retire', form, async (input) => (await caller()).document.retire(input));
  if (done) redirect(`/consolidar?hecho=retirado&acto=${done.actId}`);
}

export async function freeze(form: FormData) {
  const done = await submit('freeze', form, async (input) => (await caller()).document.freeze(input));
  if (done) redirect(`/documento/v/${done.number}`);
}

export async function addDraft(form: FormData) {
  const done = await submit('addDraft', form, async ({ target, ...input }) => {
    const [id, revision] = String(target ?? '').split(' ');
    return (await caller()).document.addDraft({ ...input, id: id ?? '', revision });
  });
  if (done) redirect(desk(done.id, 'sumado', done.actId));
}

export async function merge(form: FormData) {
  const done = await submit('merge', form, async (input) => (await caller()).document.merge(input));
  if (done) redirect(desk(done.id, 'unidos', done.actId));
}

export async function split(form: FormData) {
  const done = await submit('split', form, async (input) => {
    // Each concern has its own choice on the page; the act takes two lists.
    const going = (way: string) =>
      Object.entries(input).flatMap(([name, value]) =>
        name.startsWith('concern-') && value === way ? [name.slice('concern-'.length)] : [],
      );
    return (await caller()).document.split({ ...input, go: going('go'), both: going('both') });
  });
  if (done) redirect(desk(done.id, 'dividido', done.actId));
}

export async function undo(form: FormData) {
  const done = await submit('undo', form, async (input) => (await caller()).document.undo(input));
  if (done) redirect('/consolidar/actos?hecho=deshecho');
}
