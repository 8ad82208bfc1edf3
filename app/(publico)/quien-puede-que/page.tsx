import { Page } from '~/app/_frame/page';
import { Card } from '~/app/_ui/card';
import { DefinitionList } from '~/app/_ui/definition-list';
import { StepDrawing, type StepName } from '~/app/_ui/drawings/step-drawing';
import { PageTitle } from '~/app/_ui/page-title';
import type { MessageKey } from '~/messages/catalogue';
import { words } from '~/server/caller';
import { actionTable } from '~/server/root';

const drawingOf: Record<string, StepName> = {
  people: 'card',
  associations: 'people',
  spaces: 'mesa',
  concerns: 'concern',
  drafts: 'draft',
  document: 'article',
  ballots: 'ballot',
  responses: 'response',
};

/** Every act of the forum, read off the router itself, with who may do it and what is kept of it. */
export default async function WhoMayDoWhat() {
  const { t } = await words();
  const commands = actionTable().filter((row) => row.kind === 'command');
  const capabilities = Object.keys(drawingOf).filter((name) =>
    commands.some((row) => row.path.startsWith(`${name}.`)),
  );
  return (
    <Page>
      <PageTitle title={t('audit.title')} lead={t('audit.lead')} />
      {capabilities.map((name) => (
        <Card
          key={name}
          title={t(`audit.capability.${name}` as MessageKey)}
          drawing={<StepDrawing name={drawingOf[name]!} size={3} />}
        >
          <DefinitionList
            items={commands
              .filter((row) => row.path.startsWith(`${name}.`))
              .map((row) => ({
                term: t(`audit.act.${row.path}` as MessageKey),
                value: (
                  <>
                    {t(`audit.who.${row.path}` as MessageKey)}{' '}
                    <span className="hint">{t(`audit.kept.${row.audit}` as MessageKey)}</span>
                  </>
                ),
              }))}
          />
        </Card>
      ))}
    </Page>
  );
}
