import { Listen, Titled } from '~/app/_frame/listen';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { PageTitle } from '~/app/_ui/page-title';
import { words } from '~/server/caller';

const cases = [
  'database',
  'machine',
  'admin',
  'session',
  'phone',
  'ballot',
  'words',
  'network',
  'code',
  'release',
  'rooms',
  'liar',
  'stewards',
  'server',
  'phrase',
  'people',
] as const;

/** What a compromise of each part gives away, said plainly: no account, no script. */
export default async function Honest() {
  const { t } = await words();
  return (
    <Page>
      <PageTitle
        title={t('keyring.honest')}
        lead={t('keyring.h.lead')}
        drawing={<StepDrawing name="lock" size={4.5} />}
      />
      <Listen />
      {cases.map((one) => (
        <Card key={one} title={t(`keyring.h.${one}`)}>
          <div className="prose" data-said="">
            <Titled>{t(`keyring.h.${one}`)}</Titled>
            <p>{t(`keyring.h.${one}.1`)}</p>
            <p>{t(`keyring.h.${one}.2`)}</p>
          </div>
        </Card>
      ))}
      <Button kind="quiet" href="/ayuda">
        {t('keyring.h.back')}
      </Button>
    </Page>
  );
}
