import { requestContext, words } from '~/server/caller';
import { chooseLanguage } from './actions';

/** The rest of the house, the language, and the way to sign out. */
export async function Footer() {
  const { t, locale } = await words();
  const { actor } = await requestContext();
  const other = locale === 'es' ? 'en' : 'es';
  return (
    <>
      <ul>
        {(['/mesas', '/asociaciones', '/biblioteca', '/ayuda', '/quien-puede-que'] as const).map((href) => (
          <li key={href}>
            <a href={href}>{t(`ui.foot.${href.slice(1) as 'mesas'}`)}</a>
          </li>
        ))}
      </ul>
      <form action={chooseLanguage}>
        <input type="hidden" name="idioma" value={other} />
        <button className="btn qui" type="submit" lang={other}>
          {t('ui.language.other')}
        </button>
      </form>
      {actor.personId ? (
        <form method="post" action="/salir">
          <button className="btn qui" type="submit">
            {t('ui.leave')}
          </button>
        </form>
      ) : null}
    </>
  );
}
