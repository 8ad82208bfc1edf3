import { articleTitle } from '~/app/_form/labels';
import { Card } from '~/app/_ui/card';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Article = ForumOutputs['document']['freezeCheck']['lacking'][number];

// Where on the article's page each thing is mended.
const places = {
  text: 'texto',
  long: 'texto',
  reference: 'texto',
  summary: 'datos',
  gender: 'datos',
  addressee: 'datos',
} as const;

/** What one article still lacks before it may be frozen, each thing with a link to where it is written. */
export async function Lacking({ article }: { article: Article }) {
  const { t } = await words();
  const told = (lack: Article['lacks'][number]): string[] =>
    lack === 'reference'
      ? article.broken.map((one) =>
          'number' in one
            ? t('document.reference.loose', { number: one.number })
            : one.gone
              ? t('document.reference.gone', { title: one.gone })
              : t('document.reference.unknown'),
        )
      : [t(`document.lack.${lack}`)];
  return (
    <Card title={articleTitle(t, article)}>
      <ul>
        {article.lacks.flatMap((lack) =>
          told(lack).map((sentence) => (
            <li key={lack + sentence}>
              <a href={`/consolidar/articulo/${article.id}#${places[lack]}`}>{sentence}</a>
            </li>
          )),
        )}
      </ul>
    </Card>
  );
}
