import { Listen, Titled } from '~/app/_frame/listen';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { StepDrawing, type StepName } from '~/app/_ui/drawings/step-drawing';
import { PageTitle } from '~/app/_ui/page-title';
import { words } from '~/server/caller';

const topics = [
  ['danger', 'help', 3],
  ['enter', 'card', 3],
  ['lost', 'lock', 2],
  ['raise', 'concern', 3],
  ['write', 'draft', 2],
  ['vote', 'ballot', 3],
  ['signal', 'phone', 3],
  ['booth', 'people', 3],
  ['rooms', 'mesa', 3],
  ['leave', 'exit', 3],
  ['reading', 'article', 2],
] as const satisfies readonly (readonly [string, StepName, number])[];

/** Help for everybody: no account, no script, kept on the phone for when there is no network. */
export default async function Help() {
  const { t } = await words();
  return (
    <Page>
      <PageTitle
        title={t('help.title')}
        lead={t('help.lead')}
        drawing={<StepDrawing name="help" size={4.5} />}
      />
      <Listen />
      {topics.map(([topic, drawing, lines]) => (
        <Card
          key={topic}
          id={topic}
          title={t(`help.${topic}`)}
          drawing={<StepDrawing name={drawing} size={3} />}
        >
          <div className="prose" data-said="">
            <Titled>{t(`help.${topic}`)}</Titled>
            {([1, 2, 3] as const).slice(0, lines).map((n) => (
              <p key={n}>{t(`help.${topic}.${n}` as 'help.danger.1')}</p>
            ))}
            {topic === 'danger' ? (
              <p>
                <a className="btn pri" href="tel:100">
                  {t('help.danger.call')}
                </a>
              </p>
            ) : null}
          </div>
        </Card>
      ))}
      <Button kind="quiet" href="/ayuda/que-protege">
        {t('keyring.honest')}
      </Button>
    </Page>
  );
}
