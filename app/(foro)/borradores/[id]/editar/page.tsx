import { Editor } from '~/app/_editor/editor';
import { found } from '~/app/_form/found';
import { editorWords } from '~/app/_frame/editor-words';
import { Page } from '~/app/_frame/page';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { textAtMost } from '~/server/drafts/schema';

export default async function WriteTogether({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const forum = await caller();
  const draft = await found(() => forum.drafts.detail({ id }));
  const { items } = await forum.library.list({});
  const back = `/borradores/${id}`;
  return (
    <Page>
      <PageTitle title={draft.title} kicker={<a href={back}>{t('drafts.live.back')}</a>} />
      {draft.abilities.edit ? (
        <noscript>
          <p>
            <a href={`${back}?editar=1`}>{t('drafts.live.noscript')}</a>
          </p>
        </noscript>
      ) : null}
      <Editor
        room={`draft:${id}`}
        text={draft.text}
        atMost={textAtMost}
        back={back}
        keep={draft.space.open}
        library={items.map(({ slug, title }) => ({ path: `/biblioteca/${slug}`, title }))}
        words={editorWords(t, t('drafts.live.label'))}
      />
    </Page>
  );
}
