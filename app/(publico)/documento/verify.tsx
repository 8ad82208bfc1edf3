import { Disclosure } from '~/app/_ui/disclosure';
import { Seal } from '~/app/_ui/seal';
import { caller, words } from '~/server/caller';

/** How anybody finds out, without trusting the forum, that no version was changed afterwards. */
export async function Verify({ shown }: { shown: number }) {
  const { t } = await words();
  const { fingerprint } = await (await caller()).document.signed();
  const files = [
    { href: '/api/open/versions.json', name: 'versions.json', what: t('document.verify.list') },
    { href: '/api/open/versions.pem', name: 'versions.pem', what: t('document.verify.key') },
    {
      href: `/api/open/document.json?v=${shown}`,
      name: 'document.json',
      what: t('document.verify.document', { n: shown }),
    },
  ];
  return (
    <Disclosure summary={t('document.verify')}>
      <p>{t('document.verify.why')}</p>
      <ol className="prose">
        <li>
          {t('document.verify.get')}
          <ul>
            {files.map(({ href, name, what }) => (
              <li key={href}>
                <a href={href} download={name}>
                  {what}
                </a>
              </li>
            ))}
          </ul>
        </li>
        <li>
          {t('document.verify.run')}{' '}
          <code className="all">{'npm run verify -- versions.json versions.pem document.json'}</code>
        </li>
        <li>{t('document.verify.compare')}</li>
      </ol>
      <Seal label={t('document.verify.fingerprint')} hash={fingerprint} />
    </Disclosure>
  );
}
