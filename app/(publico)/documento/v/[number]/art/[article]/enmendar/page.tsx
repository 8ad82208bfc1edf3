import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { FormProblem } from '~/app/_form/form-problem';
import { doorTo, found } from '~/app/_form/found';
import { articleTitle } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { EmptyState } from '~/app/_ui/empty-state';
import { PageTitle } from '~/app/_ui/page-title';
import { TextArea } from '~/app/_ui/text-area';
import { textAtMost } from '~/server/amendments/schema';
import { caller, requestContext, words } from '~/server/caller';
import { propose, proposeRemoval } from '../../../../../../enmiendas/actions';
import { NameFields } from '../../../../../../enmiendas/name-fields';

type Props = { params: Promise<{ number: string; article: string }> };

/** The article's words in a field: a base writes how they should read; or asks that the article goes. */
export default async function Amend({ params }: Props) {
  const { actor } = await requestContext();
  if (!actor.personId) redirect(await doorTo());
  const { number, article: place } = await params;
  const { t } = await words();
  const forum = await caller();
  const article = await found(() => forum.document.article({ number, article: place }));
  const names = await forum.amendments.names();
  const form = await formState('propose');
  const removal = await formState('removal');
  const here = `/documento/v/${number}/art/${place}`;
  const hidden = (
    <>
      <input type="hidden" name="key" value={randomUUID()} />
      <input type="hidden" name="versionArticleId" value={article.id} />
    </>
  );
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.version', { n: number }), href: `/documento/v/${number}` },
          { text: articleTitle(t, article), href: here },
          { text: t('amendments.propose') },
        ]}
      />
      <PageTitle title={t('amendments.propose')} kicker={articleTitle(t, article)} />
      {!article.version.inForce ? (
        <EmptyState title={t('amendments.old')}>
          <Button kind="secondary" href={`/articulo/${article.articleId}`}>
            {t('amendments.old.now')}
          </Button>
        </EmptyState>
      ) : names.length === 0 ? (
        <EmptyState title={t('amendments.who')} line={t('amendments.who.line')}>
          <Button kind="secondary" href={`${here}/comentarios`}>
            {t('comments.say')}
          </Button>
        </EmptyState>
      ) : (
        <>
          <FormProblem form={form} />
          <form className="form" action={propose} data-autosave={`amend-${article.id}`}>
            {hidden}
            <input type="hidden" name="kind" value="replace" />
            <TextArea
              name="text"
              required
              rows={14}
              label={t('amendments.text')}
              hint={t('amendments.text.hint')}
              limit={{ max: textAtMost, words: t('amendments.limit', { max: textAtMost }) }}
              value={form.value('text') ?? article.text}
              error={form.error('text') ?? form.error('kind')}
            />
            <NameFields form={form} names={names} />
            <Button full>{t('amendments.send')}</Button>
          </form>
          <Disclosure summary={t('amendments.removal')} open={removal.failed}>
            <FormProblem
              form={removal}
              ids={{ why: 'r-why', actaReference: 'r-actaReference', actaDate: 'r-actaDate', name: 'r-name' }}
            />
            <form className="form" action={proposeRemoval}>
              {hidden}
              <input type="hidden" name="kind" value="remove" />
              <p>{t('amendments.removal.line')}</p>
              <NameFields form={removal} names={names} prefix="r" />
              <Button kind="secondary">{t('amendments.removal.send')}</Button>
            </form>
          </Disclosure>
          <p>
            <a href={`/documento/v/${number}/enmendar?area=${article.area}&tras=${article.articleId}`}>
              {t('amendments.add.here')}
            </a>
          </p>
        </>
      )}
    </Page>
  );
}
