import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { words } from '~/server/caller';

// One title everywhere: a phone's history says nothing of what was read (threat-model.md, L10).
export const metadata: Metadata = {
  title: 'Frente Unido',
  icons: '/icon.svg',
  manifest: '/manifest.webmanifest',
};
export const viewport: Viewport = { width: 'device-width', initialScale: 1, themeColor: '#fdfaf4' };
export const dynamic = 'force-dynamic';

export default async function Root({ children }: { children: ReactNode }) {
  const { locale } = await words();
  return (
    <html lang={locale === 'es' ? 'es-PE' : 'en'}>
      <body>{children}</body>
    </html>
  );
}
