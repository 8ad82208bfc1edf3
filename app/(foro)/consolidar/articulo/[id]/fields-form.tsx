import { FormProblem } from '~/app/_form/form-problem';
import { areaOptions, authorityOptions, itemOptions } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { ArticleFacts } from '../../../../(publico)/documento/article-facts';
import { setFields } from '../../actions';

type Article = ForumOutputs['document']['workingArticle'];

/** Everything of the article but text and place. Whoever was slower sees what is saved, and keeps her own words. */
export async function FieldsForm({ article }: { article: Article }) {
  const { t, locale } = await words();
  const form = await formState('fields');
  const said = (name: 'title' | 'summary' | 'law' | 'reality' | 'genderCheck') => ({
    name,
    value: form.value(name) ?? article[name],
    error: form.error(name),
  });
  const chosen = (name: 'areas' | 'addressees' | 'library') => ({
    name,
    value: form.failed ? form.values(name) : article[name],
    error: form.error(name),
  });
  const ticked = (name: 'genderWaived' | 'territory') => ({
    name,
    value: (form.failed ? form.value(name) === 'on' : article[name]) ? ['on'] : [],
  });
  const marked = (name: 'areas' | 'addressees' | 'library') =>
    t('document.marked', { name: t(`document.${name}`), n: chosen(name).value.length });
  const optional = t('document.optional');
  return (
    <section className="stack" id="datos">
      <h2>{t('document.facts')}</h2>
      <FormProblem form={form} />
      {form.failed ? (
        <Disclosure summary={t('document.facts.saved')}>
          <p>
            <b>{article.title}</b> {article.summary}
          </p>
          <ArticleFacts article={article} />
        </Disclosure>
      ) : null}
      <form className="form" action={setFields}>
        <input type="hidden" name="id" value={article.id} />
        <input type="hidden" name="revision" value={article.revision} />
        <TextField {...said('title')} required label={t('document.take.title')} />
        <TextField
          {...said('summary')}
          optional={optional}
          label={t('document.summary')}
          hint={t('document.summary.hint')}
        />
        <TextArea
          {...said('genderCheck')}
          label={t('document.gender')}
          hint={t('document.gender.hint')}
          rows={4}
        />
        <CheckboxGroup
          {...ticked('genderWaived')}
          label={t('document.gender.waive')}
          options={[
            {
              value: 'on',
              label: t('document.gender.waive.label'),
              meaning: t('document.gender.waive.hint'),
            },
          ]}
        />
        <Disclosure
          summary={marked('addressees')}
          open={article.addressees.length === 0 || !!form.error('addressees')}
        >
          <CheckboxGroup
            {...chosen('addressees')}
            two
            label={t('document.addressees')}
            hint={t('document.addressees.hint')}
            options={authorityOptions()}
          />
        </Disclosure>
        <TextArea {...said('law')} optional={optional} label={t('document.law')} rows={4} />
        <TextArea {...said('reality')} optional={optional} label={t('document.reality')} rows={4} />
        <Disclosure summary={marked('areas')} open={!!form.error('areas')}>
          <CheckboxGroup {...chosen('areas')} two label={t('document.areas')} options={areaOptions(locale)} />
        </Disclosure>
        <CheckboxGroup
          {...ticked('territory')}
          label={t('document.territory.field')}
          options={[
            {
              value: 'on',
              label: t('document.territory.label'),
              meaning: t('document.territory.hint'),
            },
          ]}
        />
        <Disclosure summary={marked('library')} open={!!form.error('library')}>
          <CheckboxGroup
            {...chosen('library')}
            two
            label={t('document.library')}
            hint={t('document.library.hint')}
            options={itemOptions()}
          />
        </Disclosure>
        <Button kind="secondary">{t('document.facts.save')}</Button>
      </form>
    </section>
  );
}
