import { randomUUID } from 'node:crypto';
import { formState } from '~/app/_form/submit';
import { ArticleText } from '~/app/_frame/article-text';
import { opening } from '~/app/_frame/concern-line';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { split } from '../../../actions';

type Article = ForumOutputs['document']['workingArticle'];
const ways = ['stay', 'go', 'both'] as const;

/** One part as it will be read: its points have letters of their own. */
const Part = ({ lines }: { lines: string[] }) => (
  <ArticleText text={lines.join('\n')} references={[]} href={() => ''} />
);

/** Both parts as they will be, and for each concern where it goes. */
export async function SplitForm({ article, line }: { article: Article; line: number }) {
  const { t } = await words();
  const form = await formState('split');
  const lines = article.references.lines;
  return (
    <>
      <Button kind="quiet" href={`/consolidar/articulo/${article.id}/dividir`} icon="arrowLeft">
        {t('document.split.elsewhere')}
      </Button>
      <div className="cols">
        <Card title={t('document.split.head')}>
          <Part lines={lines.slice(0, line)} />
        </Card>
        <Card title={t('document.split.tail')}>
          <Part lines={lines.slice(line)} />
        </Card>
      </div>
      <form className="form" action={split}>
        <input type="hidden" name="key" value={randomUUID()} />
        <input type="hidden" name="id" value={article.id} />
        <input type="hidden" name="revision" value={article.revision} />
        <input type="hidden" name="seq" value={article.seq} />
        <input type="hidden" name="line" value={line} />
        <TextField
          name="title"
          required
          label={t('document.split.title')}
          value={form.value('title')}
          error={form.error('title')}
        />
        {article.concerns.length > 0 ? <h2>{t('document.split.concerns')}</h2> : null}
        {article.concerns.map((concern) => (
          <Select
            key={concern.id}
            name={`concern-${concern.id}`}
            label={t('concerns.number', { n: concern.number })}
            hint={opening(concern.words)}
            value={form.value(`concern-${concern.id}`) ?? 'stay'}
            options={ways.map((value) => ({ value, label: t(`document.split.way.${value}`) }))}
          />
        ))}
        <p>{t('document.split.meaning')}</p>
        <Button>{t('document.split.button')}</Button>
      </form>
    </>
  );
}
