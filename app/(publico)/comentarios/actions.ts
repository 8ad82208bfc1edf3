'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

/** Back to where the comments of its article stand. */
async function backTo(id: string, done: string): Promise<never> {
  const { at } = await (await caller()).comments.one({ id });
  redirect(`/documento/v/${at.version}/art/${at.article}/comentarios?hecho=${done}`);
}

export async function comment(form: FormData) {
  const done = await submit('comment', form, async (input) => (await caller()).comments.comment(input));
  if (done) await backTo(done.id, 'dicho');
}

export async function reword(form: FormData) {
  const done = await submit('reword', form, async (input) => (await caller()).comments.reword(input));
  if (done) await backTo(done.id, 'cambiado');
}

export async function withdraw(form: FormData) {
  const done = await submit('withdraw', form, async (input) => {
    const forum = await caller();
    const { at } = await forum.comments.one({ id: input.id });
    await forum.comments.withdraw(input);
    return at;
  });
  if (done) redirect(`/documento/v/${done.version}/art/${done.article}/comentarios?hecho=retirado`);
}

export async function report(form: FormData) {
  const done = await submit('report', form, async (input) => (await caller()).comments.report(input));
  if (done) await backTo(done.id, 'avisado');
}

export async function hide(form: FormData) {
  const done = await submit('hide', form, async (input) => (await caller()).comments.hide(input));
  if (done) await backTo(done.id, 'apartado');
}

export async function keep(form: FormData) {
  const done = await submit('hide', form, async (input) => (await caller()).comments.keep(input));
  if (done) redirect('/comentarios?hecho=visto');
}
