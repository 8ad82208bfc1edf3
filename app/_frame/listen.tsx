import type { ReactNode } from 'react';
import { Icon } from '~/app/_ui/icon';
import { words } from '~/server/caller';

/** A button that reads the article aloud; the light script shows it where the phone has a Spanish voice of its own. */
export async function Listen() {
  const { t } = await words();
  return (
    <button type="button" id="voz" className="btn voice" aria-pressed="false" hidden>
      <Icon name="listen" />
      <span>{t('document.listen')}</span>
      <span>{t('document.listen.stop')}</span>
    </button>
  );
}

/** A block's heading once more for the voice, which reads paragraphs; nobody sees it, no screen reader says it twice. */
export const Titled = ({ children }: { children: ReactNode }) => (
  <p className="vh" aria-hidden="true">
    {children}
  </p>
);
