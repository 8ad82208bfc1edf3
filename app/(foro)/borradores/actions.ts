'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

type Done = { id: string } | undefined;
const back = (done: Done, after = '') => {
  if (done) redirect(`/borradores/${done.id}${after}`);
};

export async function create(form: FormData) {
  back(await submit('create', form, async (input) => (await caller()).drafts.create(input)));
}
export async function write(form: FormData) {
  const done = await submit('write', form, async (input) => (await caller()).drafts.editByForm(input));
  const part = Number(form.get('parte'));
  back(done, part > 1 ? `?parte=${part}&guardado` : '?guardado');
}
export async function suggest(form: FormData) {
  const done = await submit('suggest', form, async (input) => (await caller()).drafts.suggest(input));
  back(done, `/parrafo/${Number(form.get('at'))}?hecho=1`);
}
export async function accept(form: FormData) {
  const done = await submit('accept', form, async (input) => (await caller()).drafts.acceptSuggestion(input));
  back(done, '/sugerencias?hecho=1');
}
export async function reject(form: FormData) {
  const done = await submit('reject', form, async (input) => (await caller()).drafts.rejectSuggestion(input));
  back(done, '/sugerencias?hecho=1');
}
export async function withdraw(form: FormData) {
  const act = async (input: { id: string }) => (await caller()).drafts.withdrawSuggestion(input);
  back(await submit('accept', form, act), '/sugerencias?hecho=1');
}
export async function comment(form: FormData) {
  const done = await submit('comment', form, async (input) => (await caller()).drafts.comment(input));
  back(done, `/parrafo/${Number(form.get('at'))}?comentado=1#comentarios`);
}
export async function answer(form: FormData) {
  const done = await submit('answer', form, async (input) => (await caller()).drafts.answerComment(input));
  back(done, '/comentarios?hecho=1');
}
export async function resolve(form: FormData) {
  const done = await submit('settle', form, async (input) => (await caller()).drafts.resolveComment(input));
  back(done, '/comentarios?hecho=1');
}
export async function reopenComment(form: FormData) {
  const done = await submit('settle', form, async (input) => (await caller()).drafts.reopenComment(input));
  back(done, '/comentarios?hecho=1');
}
export async function removeComment(form: FormData) {
  const done = await submit('settle', form, async (input) => (await caller()).drafts.removeComment(input));
  back(done, '/comentarios?hecho=1');
}
export async function removeVersion(form: FormData) {
  const done = await submit('version', form, async (input) => (await caller()).drafts.removeVersion(input));
  back(done, '/versiones?hecho=1');
}
export async function nameVersion(form: FormData) {
  const done = await submit('version', form, async (input) => (await caller()).drafts.nameVersion(input));
  back(done, '/versiones?hecho=1');
}
export async function erase(form: FormData) {
  const done = await submit('erase', form, async (input) => (await caller()).drafts.erase(input));
  if (done) redirect(`/mesas/${done.spaceId}?hecho=1`);
}
export async function retitle(form: FormData) {
  back(await submit('retitle', form, async (input) => (await caller()).drafts.retitle(input)));
}
export async function takeUp(form: FormData) {
  const done = await submit('concerns', form, async (input) => (await caller()).drafts.takeUpConcern(input));
  back(done, '?planteamientos#planteamientos');
}
export async function release(form: FormData) {
  const done = await submit('concerns', form, async (input) => (await caller()).drafts.releaseConcern(input));
  back(done, '?planteamientos#planteamientos');
}
export async function close(form: FormData) {
  back(await submit('close', form, async (input) => (await caller()).drafts.close(input)));
}
export async function reopen(form: FormData) {
  back(await submit('close', form, async (input) => (await caller()).drafts.reopen(input)));
}
