import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { areaTitle } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { freeze } from '../actions';
import { Lacking } from './lacking';

/** Before the document is frozen: what is still missing, what stays empty, and what freezing means. */
export default async function Freeze() {
  const { t, locale } = await words();
  const forum = await caller();
  const check = await found(() => forum.document.freezeCheck());
  const form = await formState('freeze');
  const next = (check.inForce?.number ?? 0) + 1;
  const before = check.inForce && check.inForce.title !== t('document.title') ? check.inForce.title : null;
  const ready = check.articles > 0 && check.lacking.length === 0;
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.desk'), href: '/consolidar' },
          { text: t('document.freeze.button', { n: next }) },
        ]}
      />
      <PageTitle title={t('document.freeze.button', { n: next })} lead={t('document.freeze.lead')} />
      <FormProblem form={form} />
      {check.articles === 0 ? <Notice tone="warning" word={t('failures.document.empty')} /> : null}
      {check.lacking.length > 0 ? (
        <>
          <Notice tone="warning" word={t('document.freeze.lacking', { n: check.lacking.length })} />
          {check.lacking.map((article) => (
            <Lacking key={article.id} article={article} />
          ))}
        </>
      ) : null}
      {check.emptyAreas.length > 0 ? (
        <Notice word={t('document.freeze.empty_areas')}>
          <p>{check.emptyAreas.map((area) => areaTitle(locale, area)).join(', ')}</p>
        </Notice>
      ) : null}
      {ready ? (
        <form className="form" action={freeze}>
          <input type="hidden" name="key" value={randomUUID()} />
          <input type="hidden" name="after" value={check.inForce?.number ?? 0} />
          <TextField
            name="title"
            required
            label={t('document.freeze.title')}
            hint={before ? t('document.freeze.title.before', { title: before }) : undefined}
            // A title of its own belongs to the version that has it.
            value={form.value('title') ?? (before ? '' : t('document.title'))}
            error={form.error('title')}
          />
          <p>{t('document.freeze.meaning', { n: next, articles: check.articles })}</p>
          <Button icon="lock">{t('document.freeze.button', { n: next })}</Button>
        </form>
      ) : null}
    </Page>
  );
}
