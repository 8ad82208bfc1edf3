import type { Metadata } from 'next';
import { words } from '~/server/caller';

/**
 * What a link shows where it is shared: public words alone, no picture. The page's own title stays the one that all
 * pages have, since a phone keeps it (threat-model.md, L10).
 */
export async function preview(title: string, description: string): Promise<Metadata> {
  const { locale } = await words();
  return {
    openGraph: {
      type: 'article',
      siteName: 'Frente Unido',
      locale: locale === 'es' ? 'es_PE' : 'en',
      title,
      description,
    },
  };
}

type Version = { number: number; title: string; articles: number; concerns: number };

/** The same for a whole version. */
export async function previewOf({ number, title, articles, concerns }: Version): Promise<Metadata> {
  const { t } = await words();
  return preview(
    t('document.versions.line', { n: number, title }),
    t('document.preview', { articles, concerns, lead: t('document.lead') }),
  );
}
