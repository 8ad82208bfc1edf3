import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { words } from '~/server/caller';

const forms = ['text', 'fields', 'place', 'link', 'unlink', 'retire', 'merge', 'split'] as const;

/** The address of an article that was joined into another: it leads there, and says what failed if something did. */
export async function Gone({ into }: { into: { id: string; title: string } }) {
  const { t } = await words();
  const states = await Promise.all(forms.map((name) => formState(name)));
  const failed = states.find((state) => state.failed);
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[{ text: t('document.desk'), href: '/consolidar' }, { text: t('document.merged') }]}
      />
      <PageTitle title={t('document.merged')} />
      {failed ? <FormProblem form={failed} /> : null}
      <Notice word={t('document.merged.into', { title: into.title })} />
      <Button href={`/consolidar/articulo/${into.id}`} after="arrowRight">
        {into.title}
      </Button>
      <Button kind="quiet" href="/consolidar/actos">
        {t('document.acts')}
      </Button>
    </Page>
  );
}
