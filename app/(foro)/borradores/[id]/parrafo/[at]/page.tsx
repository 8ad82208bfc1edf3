import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { Words } from '../../../_parts/lines';
import { Remark } from '../../../_parts/remark';
import { Suggestion } from '../../../_parts/suggestion';
import { CommentForm } from './comment-form';
import { SuggestForm } from './suggest-form';

type Props = {
  params: Promise<{ id: string; at: string }>;
  searchParams: Promise<{ hecho?: string; comentado?: string }>;
};

/** One paragraph of a draft: what is proposed for it, and the forms to say something about it. */
export default async function Passage({ params, searchParams }: Props) {
  const { id, at } = await params;
  const { hecho, comentado } = await searchParams;
  const { t } = await words();
  const passage = await found(async () =>
    (await caller()).drafts.passage({ id, at: at as unknown as number }),
  );
  const [accepting, rejecting, answering, settling] = await Promise.all([
    formState('accept'),
    formState('reject'),
    formState('answer'),
    formState('settle'),
  ]);
  const back = `/borradores/${id}${passage.part > 1 ? `?parte=${passage.part}` : ''}#p${passage.at}`;
  const all = `/borradores/${id}/sugerencias`;
  return (
    <Page>
      {hecho !== undefined ? <Notice tone="success" live word={t('drafts.suggest.sent')} /> : null}
      {comentado !== undefined ? <Notice tone="success" live word={t('drafts.comment.sent')} /> : null}
      <FormProblem form={accepting} />
      <FormProblem form={rejecting} ids={{ answer: `a-${rejecting.value('id')}` }} />
      <FormProblem form={answering} ids={{ words: `c-${answering.value('id')}` }} />
      <FormProblem form={settling} />
      <PageTitle title={t('drafts.passage')} kicker={<a href={back}>{passage.title}</a>} />
      <h2>{t('drafts.passage.now')}</h2>
      <blockquote className="prose text">
        {passage.words.trim() ? <Words runs={passage.line.runs} /> : t('drafts.passage.empty')}
      </blockquote>
      {passage.suggestions.length > 0 ? <h2>{t('drafts.passage.suggestions')}</h2> : null}
      {passage.suggestions.map((one) => (
        <Suggestion key={one.id} one={one} level={3} />
      ))}
      {passage.more > 0 ? (
        <p>
          {t('drafts.passage.more', { n: passage.more })} <a href={all}>{t('drafts.suggestions')}</a>
        </p>
      ) : null}
      {passage.abilities.suggest ? <SuggestForm passage={passage} /> : null}
      {passage.comments.length > 0 ? <h2 id="comentarios">{t('drafts.comments.here')}</h2> : null}
      {passage.comments.map((one) => (
        <Remark key={one.id} one={one} level={3} all={`/borradores/${id}/comentarios?de=${one.id}`} />
      ))}
      {passage.moreComments > 0 ? (
        <p>
          {t('drafts.comments.more', { n: passage.moreComments })}{' '}
          <a href={`/borradores/${id}/comentarios`}>{t('drafts.comments')}</a>
        </p>
      ) : null}
      {passage.abilities.suggest && passage.words.trim() ? <CommentForm passage={passage} /> : null}
      <Button kind="quiet" href={back}>
        {t('drafts.back')}
      </Button>
    </Page>
  );
}
