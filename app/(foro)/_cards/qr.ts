import { headers } from 'next/headers';
import QRCode from 'qrcode';
import { runtime } from '~/server/runtime';

/** Where people enter, as it is typed: PUBLIC_URL, or the address under which the forum is being visited. */
export async function entryAddress(): Promise<string> {
  const { publicUrl } = runtime().config;
  return `${publicUrl ?? `http://${(await headers()).get('host')}`}/entrar`;
}

/** The SVG of a card's QR. The code stands in the fragment, which never reaches the server (docs/decisions/031). */
export async function cardQr(code: string): Promise<string> {
  return QRCode.toString(`${await entryAddress()}#${code}`, {
    type: 'svg',
    margin: 0,
    errorCorrectionLevel: 'M',
  });
}
