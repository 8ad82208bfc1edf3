import { dayInWords } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { PartPager } from '~/app/_frame/part-pager';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { Lines } from '../../../_parts/lines';
import { removeVersion } from '../../../actions';

type Props = { params: Promise<{ id: string; version: string }>; searchParams: Promise<{ parte?: string }> };

/** A version as it was. */
export default async function Version({ params, searchParams }: Props) {
  const { id, version: versionId } = await params;
  const { parte } = await searchParams;
  const { t, locale } = await words();
  const { title, version, lines, part, parts, abilities } = await found(async () =>
    (await caller()).drafts.version({ id, versionId, part: parte } as unknown as {
      id: string;
      versionId: string;
    }),
  );
  return (
    <Page>
      <PageTitle
        title={version.name}
        kicker={<a href={`/borradores/${id}`}>{title}</a>}
        lead={t('drafts.version.was', { day: dayInWords(locale, version.day) })}
      />
      <Lines lines={lines} />
      <PartPager
        part={part}
        parts={parts}
        href={(n) => `/borradores/${id}/versiones/${versionId}?parte=${n}`}
      />
      {abilities.remove ? (
        <Disclosure summary={t('drafts.version.remove')}>
          <form className="form" action={removeVersion}>
            <input type="hidden" name="id" value={versionId} />
            <p className="hint">{t('drafts.version.remove.line')}</p>
            <Button kind="secondary">{t('drafts.version.remove.send')}</Button>
          </form>
        </Disclosure>
      ) : null}
      <div className="row noprint">
        <Button kind="secondary" href={`/borradores/${id}/comparar?de=${versionId}&a=ahora`}>
          {t('drafts.version.compare')}
        </Button>
        <Button kind="quiet" href={`/borradores/${id}/versiones`}>
          {t('drafts.compare.back')}
        </Button>
      </div>
    </Page>
  );
}
