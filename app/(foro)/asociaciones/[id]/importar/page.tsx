import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Card } from '~/app/_ui/card';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { upload } from './actions';
import { Preview } from './preview';
import { Running } from './running';
import { UploadForm } from './upload-form';

export default async function ImportPadron(props: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ archivo?: string }>;
}) {
  const { t } = await words();
  const [{ id }, asked] = [await props.params, await props.searchParams];
  const forum = await caller();
  const base = await found(() => forum.associations.openImport({ id }));
  const importId = asked.archivo ?? base.importId;
  const file = importId ? await found(() => forum.associations.padronImport({ id: importId })) : null;
  const [form, acts] = [await formState('upload'), await formState('import')];
  const shown = file?.association.id === base.id && file.state !== 'dropped' ? file : null;
  return (
    <Page wide>
      <Breadcrumb
        label={t('associations.crumb')}
        items={[
          { text: base.name, href: `/asociaciones/${base.id}` },
          { text: t('associations.task.import') },
        ]}
      />
      <PageTitle title={t('associations.task.import')} lead={t('associations.import.lead')} />
      <FormProblem form={acts} />
      {shown?.state === 'running' ? <Running file={shown} /> : null}
      {shown?.state === 'done' ? (
        <Notice tone="success" live word={t('associations.import.done', { n: shown.imported })}>
          <p>
            <a href={`/asociaciones/${base.id}/tarjetas`}>{t('associations.import.done.cards')}</a>
          </p>
        </Notice>
      ) : null}
      {shown?.state === 'failed' ? (
        <Notice tone="error" live word={t('associations.import.failed')}>
          {t('associations.import.failed.line')}
        </Notice>
      ) : null}
      {shown?.state === 'preview' || shown?.state === 'failed' ? <Preview file={shown} /> : null}
      {shown?.state === 'running' ? null : (
        <Card
          title={t(shown?.state === 'preview' ? 'associations.import.other' : 'associations.import.choose')}
        >
          <FormProblem form={form} />
          <UploadForm
            action={upload}
            id={base.id}
            error={form.error('file')}
            words={{
              label: t('associations.import.file'),
              hint: t('associations.import.file.hint'),
              send: t('associations.import.send'),
              sending: t('associations.import.sending'),
              broken: t('failures.failed'),
            }}
          />
          <p>{t('associations.import.columns')}</p>
        </Card>
      )}
    </Page>
  );
}
