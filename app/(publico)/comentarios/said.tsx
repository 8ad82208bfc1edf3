import { dayInShort } from '~/app/_form/format';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Comment = ForumOutputs['comments']['ofArticle']['for'][number];

/** One comment: in whose name, its words or why they are hidden, and what she may do about it. */
export async function Said({ one, alone }: { one: Comment; alone?: boolean }) {
  const { t, locale } = await words();
  const name = one.office ?? one.base ?? t('comments.nobody');
  const day = dayInShort(locale, one.day);
  const { change, report, moderate } = one.abilities;
  const doing = change ? 'change' : moderate ? 'moderate' : report ? 'report' : null;
  return (
    <article className="card">
      <p className="hint">
        <b>{name}</b> · {one.edited ? t('comments.day.edited', { day }) : day}
      </p>
      {one.words === null ? (
        <p>
          <b>{t('comments.hidden')}</b> {one.hiddenReason}
        </p>
      ) : (
        <Paragraphs text={one.words} />
      )}
      {doing && !alone ? (
        <p>
          <a href={`/comentarios/${one.id}`} rel="nofollow">
            {t(`comments.do.${doing}`)}
          </a>
        </p>
      ) : null}
    </article>
  );
}
