import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { Progress } from './progress';

/** How far the import is: by itself with a script, by a fresh page every two seconds without. */
export async function Running({ file }: { file: ForumOutputs['associations']['padronImport'] }) {
  const { t } = await words();
  const { done, total } = file.progress;
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content="2" />
      </noscript>
      <Progress
        id={file.id}
        done={done}
        total={total || file.people}
        words={{
          label: t('associations.import.running'),
          text: t('associations.import.progress'),
          line: t('associations.import.running.line'),
        }}
      />
    </>
  );
}
