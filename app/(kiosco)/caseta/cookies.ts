import { cookies } from 'next/headers';
import { runtime } from '~/server/runtime';

/** What makes a tablet the booth, and who stands before it. Both go to this page alone. */
export const boothCookie = 'caseta';
export const voterCookie = 'votante';
/** Set by the tablet itself as a turn ends: the wipe may not reach the forum, and then nobody stands there all the same. */
export const overCookie = 'turno-acabado';
export const boothPath = '/caseta';
/** A tablet that was forgotten is a booth no longer than an assembly lasts. */
const boothDays = 3;

export const cookieOptions = () => ({
  httpOnly: true,
  sameSite: 'strict' as const,
  secure: runtime().config.publicUrl?.startsWith('https:') ?? false,
  path: boothPath,
});

export async function keepBooth(token: string): Promise<void> {
  (await cookies()).set(boothCookie, token, { ...cookieOptions(), maxAge: boothDays * 86_400 });
}

/** Who stands before the tablet; empty takes her away. */
export async function keepVoter(pass: string): Promise<void> {
  const jar = await cookies();
  jar.set(voterCookie, pass, { ...cookieOptions(), ...(pass === '' ? { maxAge: 0 } : {}) });
  jar.set(overCookie, '', { ...cookieOptions(), maxAge: 0 });
}

/** What the tablet holds; null where it is no booth. */
export async function heldHere(): Promise<{ token: string; voter?: string } | null> {
  const jar = await cookies();
  const kept = (name: string, form: RegExp) => {
    const value = jar.get(name)?.value ?? '';
    return form.test(value) ? value : undefined;
  };
  const token = kept(boothCookie, /^[\w-]{43}$/);
  const voter = jar.get(overCookie)?.value ? undefined : kept(voterCookie, /^[\w-]{40,400}$/);
  return token ? { token, voter } : null;
}
