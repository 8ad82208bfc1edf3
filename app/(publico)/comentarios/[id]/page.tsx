import { redirect } from 'next/navigation';
import { FormProblem } from '~/app/_form/form-problem';
import { doorTo, found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { PageTitle } from '~/app/_ui/page-title';
import { TextArea } from '~/app/_ui/text-area';
import { caller, requestContext, words } from '~/server/caller';
import { wordsAtMost } from '~/server/comments/schema';
import type { ForumOutputs } from '~/server/root';
import { hide, keep, report, reword, withdraw } from '../actions';
import { Said } from '../said';

type Props = { params: Promise<{ id: string }> };
type One = ForumOutputs['comments']['one'];
const reasonAtMost = 300;

/** Her own words: in other words, or no longer. */
async function Change({ one }: { one: One }) {
  const { t } = await words();
  const form = await formState('reword');
  const taking = await formState('withdraw');
  return (
    <>
      <FormProblem form={form} />
      <form className="form" action={reword}>
        <input type="hidden" name="id" value={one.id} />
        <TextArea
          name="words"
          required
          rows={5}
          label={t('comments.words')}
          limit={{ max: wordsAtMost, words: t('amendments.limit', { max: wordsAtMost }) }}
          value={form.value('words') ?? one.words ?? ''}
          error={form.error('words')}
        />
        <Button>{t('comments.change')}</Button>
      </form>
      <Disclosure summary={t('comments.withdraw')} open={taking.failed}>
        <FormProblem form={taking} />
        <form className="form" action={withdraw}>
          <input type="hidden" name="id" value={one.id} />
          <p>{t('comments.withdraw.line')}</p>
          <Button kind="danger">{t('comments.withdraw')}</Button>
        </form>
      </Disclosure>
    </>
  );
}

/** A reason in words: what hurts, for the secretaries; or why the words are set aside, for everybody. */
async function Reason({ id, as }: { id: string; as: 'report' | 'hide' }) {
  const { t } = await words();
  const form = await formState(as);
  return (
    <section className="stack">
      <h2>{t(`comments.${as}`)}</h2>
      <FormProblem form={form} />
      <form className="form" action={as === 'report' ? report : hide}>
        <input type="hidden" name="id" value={id} />
        <TextArea
          name="reason"
          required
          rows={3}
          label={t(`comments.${as}.reason`)}
          hint={t(`comments.${as}.hint`)}
          limit={{ max: reasonAtMost, words: t('amendments.limit', { max: reasonAtMost }) }}
          value={form.value('reason')}
          error={form.error('reason')}
        />
        <Button>{t(`comments.${as}.button`)}</Button>
      </form>
    </section>
  );
}

/** One comment, with what this person may do about it. */
export default async function OneComment({ params }: Props) {
  const { actor } = await requestContext();
  if (!actor.personId) redirect(await doorTo());
  const { id } = await params;
  const { t } = await words();
  const forum = await caller();
  const one = await found(() => forum.comments.one({ id }));
  const { change, report: mayReport, moderate } = one.abilities;
  const place = { number: one.at.article, title: one.at.title };
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          {
            text: t('document.article.title', place),
            href: `/documento/v/${one.at.version}/art/${one.at.article}`,
          },
          {
            text: t('comments.title'),
            href: `/documento/v/${one.at.version}/art/${one.at.article}/comentarios`,
          },
          { text: t('comments.one') },
        ]}
      />
      <PageTitle title={t('comments.one')} kicker={t(`comments.${one.side}`)} />
      <Said one={one} alone />
      {change ? <Change one={one} /> : null}
      {moderate ? (
        <>
          <Reason id={id} as="hide" />
          <form action={keep}>
            <input type="hidden" name="id" value={id} />
            <Button kind="secondary">{t('comments.keep')}</Button>
          </form>
        </>
      ) : mayReport ? (
        <Reason id={id} as="report" />
      ) : null}
    </Page>
  );
}
