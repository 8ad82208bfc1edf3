import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Pager } from '~/app/_ui/pager';
import { caller, words } from '~/server/caller';
import { Remark } from '../../_parts/remark';

type Asked = { page?: string; state?: string; de?: string; hecho?: string };
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Asked> };

export default async function Comments({ params, searchParams }: Props) {
  const { id } = await params;
  const { hecho, page, state, de } = await searchParams;
  const { t } = await words();
  const list = await found(async () =>
    (await caller()).drafts.comments({ id, page, state, one: de } as unknown as { id: string }),
  );
  const [answering, settling] = await Promise.all([formState('answer'), formState('settle')]);
  const here = `/borradores/${id}/comentarios`;
  return (
    <Page>
      {hecho !== undefined ? <Notice tone="success" live word={t('drafts.done')} /> : null}
      <FormProblem form={answering} ids={{ words: `c-${answering.value('id')}` }} />
      <FormProblem form={settling} />
      <PageTitle
        title={t('drafts.comments')}
        kicker={<a href={`/borradores/${id}`}>{list.title}</a>}
        lead={t('drafts.comments.lead')}
      />
      <nav className="row" aria-label={t('drafts.comments.which')}>
        {(['open', 'resolved'] as const).map((one) => (
          <a
            className={list.shown === one ? 'btn pri' : 'btn'}
            key={one}
            href={one === 'open' ? here : `${here}?state=resolved`}
            aria-current={list.shown === one ? 'page' : undefined}
          >
            {t(`drafts.comments.${one}`, { n: list[one] })}
          </a>
        ))}
      </nav>
      {list.items.length === 0 ? (
        <EmptyState title={t('drafts.comments.none')} line={t('drafts.comments.none.line')} />
      ) : null}
      {list.items.map((one) => (
        <Remark
          key={one.id}
          one={one}
          at={`/borradores/${id}/parrafo/${one.line}`}
          all={list.single ? undefined : `${here}?de=${one.id}`}
        />
      ))}
      <Pager
        label={t('drafts.comments.pager')}
        page={list.page}
        pages={list.pages}
        href={(n) => (list.single ? `${here}?de=${de}&page=${n}` : `${here}?state=${list.shown}&page=${n}`)}
        previous={t('drafts.pager.previous')}
        next={t('drafts.pager.next')}
        position={t('drafts.pager.position', { page: list.page, pages: list.pages })}
      />
      <Button kind="quiet" href={`/borradores/${id}${list.abilities.suggest ? '?revisar=1' : ''}`}>
        {t('drafts.back')}
      </Button>
    </Page>
  );
}
