import { shortDate } from '~/app/_form/format';
import { Button } from '~/app/_ui/button';
import { LinkList } from '~/app/_ui/link-list';
import { caller, words } from '~/server/caller';
import { Leaves } from './leaves';
import { Verify } from './verify';

/** What can be done with a version: print it, take it along, look at the others. */
export async function Versions({ shown }: { shown: number }) {
  const { t, locale } = await words();
  const versions = await (await caller()).document.versions();
  return (
    <>
      <div className="row">
        <Button kind="secondary" href={`/documento/v/${shown}/imprimir`} icon="printer">
          {t('document.print')}
        </Button>
      </div>
      <Leaves version={versions.find(({ number }) => number === shown)!} />
      <Verify shown={shown} />
      {versions.length > 1 ? (
        <>
          <h2>{t('document.versions')}</h2>
          <LinkList
            items={versions.map((version) => ({
              href: `/documento/v/${version.number}`,
              title: t('document.versions.line', { n: version.number, title: version.title }),
              line: t('document.versions.facts', {
                day: shortDate(locale, new Date(version.frozenAt)),
                n: version.articles,
              }),
              aside: version.number === shown ? t('document.versions.here') : undefined,
            }))}
          />
          {shown > 1 ? (
            <Button kind="secondary" href={`/documento/comparar?de=${shown - 1}&a=${shown}`}>
              {t('document.compare.link', { n: shown - 1 })}
            </Button>
          ) : (
            <Button kind="secondary" href={`/documento/comparar?de=${shown}&a=${versions[0]!.number}`}>
              {t('document.compare.now', { n: versions[0]!.number })}
            </Button>
          )}
        </>
      ) : null}
    </>
  );
}
