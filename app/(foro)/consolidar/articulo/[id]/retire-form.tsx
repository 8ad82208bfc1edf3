import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { retire } from '../../actions';

/** Takes the article out of the document in the making, after saying what that means. */
export async function RetireForm({ article }: { article: ForumOutputs['document']['workingArticle'] }) {
  const { t } = await words();
  const form = await formState('retire');
  return (
    <Disclosure summary={t('document.retire')} open={form.failed}>
      <FormProblem form={form} />
      <form className="form" action={retire}>
        <input type="hidden" name="id" value={article.id} />
        <input type="hidden" name="revision" value={article.revision} />
        <p>{t('document.retire.meaning', { n: article.concerns.length })}</p>
        <Button kind="danger">{t('document.retire.button')}</Button>
      </form>
    </Disclosure>
  );
}
