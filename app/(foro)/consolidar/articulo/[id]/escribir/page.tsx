import { Editor } from '~/app/_editor/editor';
import { found } from '~/app/_form/found';
import { articleTitle } from '~/app/_form/labels';
import { editorWords } from '~/app/_frame/editor-words';
import { Page } from '~/app/_frame/page';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { textAtMost } from '~/server/document/rules';
import { Named } from '../named';

/** The text of an article, written by several people at once: the same editor as for drafts. */
export default async function WriteTogether({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const forum = await caller();
  const article = await found(() => forum.document.workingArticle({ id }));
  const back = article.abilities.edit ? `/consolidar/articulo/${id}` : `/articulo/${id}?obra`;
  return (
    <Page at="document">
      <PageTitle
        title={articleTitle(t, article)}
        kicker={<a href={back}>{t('document.write.back')}</a>}
        lead={t('document.write.lead')}
      />
      <noscript>
        <p>
          <a href={`${back}#texto`}>{t('document.write.noscript')}</a>
        </p>
      </noscript>
      <Editor
        room={`article:${id}`}
        text={article.text}
        atMost={textAtMost}
        back={back}
        words={{ ...editorWords(t, t('document.text.label')), back: t('document.write.back') }}
      />
      <p className="hint">{t('document.text.hint')}</p>
      <Named references={article.references} />
    </Page>
  );
}
