import { longDate, number } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { FigureNumber, Figures } from '~/app/_ui/figure-number';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { Gaps } from './gaps';
import { Departments, Groups, Key } from './pictures';

type Asked = { v?: string; obra?: string };

/** Who raised what, and what the document answers: of a version, or of the document in the making. */
export default async function Coverage({ searchParams }: { searchParams: Promise<Asked> }) {
  const { v, obra } = await searchParams;
  const { t, locale } = await words();
  const making = obra !== undefined;
  const forum = await caller();
  const all = await found(() => forum.document.coverage({ number: v, making }));
  const { version, total, inside, outside } = all;
  const day = longDate(locale, new Date(`${all.day}T12:00:00-05:00`));
  const womens = all.groups.find(({ key }) => key === 'mujeres')!;
  const shown = version ? `?v=${version.number}` : making ? '?obra=1' : '';
  return (
    <Page at="document">
      <PageTitle
        kicker={
          version ? (
            <a href={`/documento/v/${version.number}`}>
              {t('document.coverage.of', { n: version.number, day })}
            </a>
          ) : making ? (
            t('document.coverage.making', { day })
          ) : undefined
        }
        title={t('document.coverage')}
        lead={t('document.coverage.lead')}
      />
      {version || making ? null : <Notice word={t('document.coverage.none')} />}
      <Figures>
        {(['raised', 'answered', 'refused'] as const).map((key) => (
          <FigureNumber
            key={key}
            value={number(locale, total[key])}
            label={t(`document.coverage.${key}`, { n: total[key] })}
          />
        ))}
      </Figures>
      <div className="prose">
        <p>
          {t('document.coverage.inside', {
            answered: inside.answered,
            raised: inside.raised,
            answered2: outside.answered,
            raised2: outside.raised,
          })}
        </p>
        <p>{t('document.coverage.womens', { answered: womens.answered, raised: womens.raised })}</p>
      </div>
      <Groups coverage={all} />
      <Key />
      <Gaps coverage={all} />
      <Departments coverage={all} />
      <section className="stack">
        <h2>{t('document.coverage.method')}</h2>
        <div className="prose">
          {([1, 2, 3, 4] as const).map((n) => (
            <p key={n}>{t(`document.coverage.method.${n}`)}</p>
          ))}
        </div>
        <Button kind="secondary" href={`/api/open/coverage.csv${shown}`}>
          {t('document.coverage.csv')}
        </Button>
        {all.abilities.working ? (
          <Button kind="quiet" href={`/documento/cobertura${making ? '' : '?obra=1'}`} after="arrowRight">
            {t(making ? 'document.coverage.see.frozen' : 'document.coverage.see.making')}
          </Button>
        ) : null}
      </section>
    </Page>
  );
}
