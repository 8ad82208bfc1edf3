import { LinkList } from '~/app/_ui/link-list';
import { caller, words } from '~/server/caller';

type Article = { id: string; number: number; version: { number: number; inForce: boolean } };

/** How many want other words here, and how many are for and against: each with its own page. */
export async function Voices({ article }: { article: Article }) {
  const { t } = await words();
  const forum = await caller();
  const at = { versionArticleId: article.id };
  const [amendments, comments] = await Promise.all([
    forum.amendments.atArticle(at),
    forum.comments.atArticle(at),
  ]);
  const here = `/documento/v/${article.version.number}/art/${article.number}`;
  return (
    <LinkList
      label={t('amendments.voices')}
      items={[
        {
          href: `${here}/enmiendas`,
          title: t('amendments.list.n', { n: amendments.total }),
          line: amendments.open > 0 ? t('amendments.voices.open', { n: amendments.open }) : undefined,
        },
        {
          href: `${here}/comentarios`,
          title: t('comments.title.n', comments),
        },
      ]}
    />
  );
}
