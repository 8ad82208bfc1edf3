import { redirect } from 'next/navigation';
import { found } from '~/app/_form/found';
import { caller } from '~/server/caller';
import { WorkingArticle } from './working-article';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ obra?: string }> };

/** An article's own address: its place in the last version that has it; in the making, for those who may see it. */
export default async function Article({ params, searchParams }: Props) {
  const { id } = await params;
  const making = (await searchParams).obra !== undefined;
  const forum = await caller();
  const { frozen, into, abilities } = await found(() => forum.document.find({ id }));
  if (frozen && !(making && abilities.working))
    redirect(`/documento/v/${frozen.version}/art/${frozen.number}`);
  // Joined into another: its address leads there.
  if (into) redirect(`/articulo/${into.id}?obra`);
  const article = await found(() => forum.document.workingArticle({ id }));
  return <WorkingArticle article={article} />;
}
