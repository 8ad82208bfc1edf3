import { LinkList } from '~/app/_ui/link-list';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Draft = ForumOutputs['drafts']['detail'];

/** What stands beside the text, each on its own page. */
export async function Beside({ draft }: { draft: Draft }) {
  const { t } = await words();
  const at = `/borradores/${draft.id}`;
  return (
    <section className="stack">
      <h2>{t('drafts.desk')}</h2>
      <LinkList
        items={[
          {
            href: `${at}/sugerencias`,
            title: t('drafts.desk.suggestions'),
            line: t('drafts.desk.suggestions.n', { n: draft.suggestions }),
          },
          {
            href: `${at}/comentarios`,
            title: t('drafts.desk.comments'),
            line: t('drafts.desk.comments.n', { n: draft.comments }),
          },
          {
            href: `${at}/versiones`,
            title: t('drafts.desk.versions'),
            line: t('drafts.desk.versions.line'),
          },
          {
            href: `${at}/quien`,
            title: t('drafts.desk.authorship'),
            line: t('drafts.desk.authorship.line'),
          },
        ]}
      />
    </section>
  );
}

/**
 * The link behind a line to what was said about it; while she looks for a line to say something about, behind
 * every line.
 */
export async function markOf(draft: Draft, choosing: boolean) {
  const { t } = await words();
  const marks = new Map(draft.marks.map((mark) => [mark.at, mark]));
  return (at: number) => {
    const mark = marks.get(at);
    if (!mark && !choosing) return null;
    const said = mark
      ? [
          mark.suggestions > 0 ? t('drafts.mark.suggestions', { n: mark.suggestions }) : '',
          mark.comments > 0 ? t('drafts.mark.comments', { n: mark.comments }) : '',
        ].filter(Boolean)
      : [t('drafts.mark')];
    return (
      <a className="beside noprint" href={`/borradores/${draft.id}/parrafo/${at}`}>
        {said.join(' · ')}
        <span className="vh"> {t('drafts.mark.at', { n: at + 1 })}</span>
      </a>
    );
  };
}
