import { localPath } from '~/app/_form/local-path';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Notice } from '~/app/_ui/notice';
import { requestContext, words } from '~/server/caller';
import { CardForm } from './card-form';
import { ChooseForm } from './choose-form';
import { KeyForm } from './key-form';

export default async function Enter({ searchParams }: { searchParams: Promise<{ a?: string }> }) {
  const { t } = await words();
  const { actor } = await requestContext();
  const choose = await formState('choose');
  const to = choose.value('to') ?? localPath((await searchParams).a);
  if (choose.value('code')) return <ChooseForm to={to} />;
  return (
    <Page at="mine" title={t('people.enter.title')}>
      <div className="stack">
        {actor.personId ? (
          <Notice word={t('people.enter.signed_in')}>{t('people.enter.signed_in.hint')}</Notice>
        ) : null}
        <CardForm to={to} />
        <KeyForm to={to} />
        <section>
          <h2>{t('people.enter.none.title')}</h2>
          <p>{t('people.enter.none.words')}</p>
        </section>
      </div>
    </Page>
  );
}
