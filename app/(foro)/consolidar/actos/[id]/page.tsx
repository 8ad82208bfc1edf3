import { randomUUID } from 'node:crypto';
import { FormProblem } from '~/app/_form/form-problem';
import { longDate } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { undo } from '../../actions';
import { actInWords, whyNotInWords } from '../act-line';
import { Effects } from './effects';

/** Before an act is undone: what will come of it. */
export default async function Undo({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t, locale } = await words();
  const forum = await caller();
  const act = await found(() => forum.document.act({ id }));
  const form = await formState('undo');
  const again = act.kind === 'undo';
  return (
    <Page at="document">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('document.desk'), href: '/consolidar' },
          { text: t('document.acts'), href: '/consolidar/actos' },
          { text: t('document.acts.number', { act: act.number }) },
        ]}
      />
      <PageTitle
        kicker={t('document.acts.line', {
          n: act.number,
          day: longDate(locale, new Date(`${act.day}T12:00:00Z`)),
          who: act.who ?? t('document.committee'),
        })}
        title={actInWords(t, locale, act)}
      />
      <FormProblem form={form} />
      {act.undoneBy ? (
        <Notice word={t('document.acts.undone_by', { act: act.undoneBy })} />
      ) : act.whyNot ? (
        <Notice tone="warning" word={t('document.acts.cannot', { why: whyNotInWords(t, act.whyNot) })} />
      ) : (
        <>
          <h2>{t(again ? 'document.acts.comes.redo' : 'document.acts.comes')}</h2>
          <Effects effects={act.effects} />
          <p>{t('document.acts.safe')}</p>
          <form className="form" action={undo}>
            <input type="hidden" name="key" value={randomUUID()} />
            <input type="hidden" name="id" value={act.id} />
            <Button>{t(again ? 'document.acts.redo' : 'document.acts.undo', { act: act.number })}</Button>
          </form>
        </>
      )}
      <Button kind="quiet" href="/consolidar/actos" icon="arrowLeft">
        {t('document.acts.back')}
      </Button>
    </Page>
  );
}
