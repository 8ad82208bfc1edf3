import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { caller, words } from '~/server/caller';
import { claim } from './actions';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ pedido?: string }> };

/** Before the opening: asking that an article be voted by itself, or that the vote be secret. */
export default async function Claims({ params, searchParams }: Props) {
  const { id } = await params;
  const { pedido } = await searchParams;
  const { t } = await words();
  const told = await found(async () => (await caller()).ballots.claims({ id }));
  const form = await formState('claim');
  const asked = told.articles.filter(({ reached, mine }) => reached.length + mine.length > 0);
  const name = ({ number, title }: (typeof told.articles)[number]) =>
    t('ballots.question.article', { number, title });
  return (
    <Page at="ballots">
      {pedido === undefined ? null : <Notice tone="success" live word={t('ballots.claims.sent')} />}
      <PageTitle
        kicker={told.title}
        title={t('ballots.claims')}
        lead={t('ballots.claims.lead', { needed: told.needed, voters: told.voters })}
      />
      {told.may.length === 0 ? (
        <p>{t('ballots.claims.nothing')}</p>
      ) : (
        <>
          <p className="hint">{t('ballots.claims.who')}</p>
          <FormProblem form={form} />
          <form className="form" action={claim}>
            <input type="hidden" name="id" value={id} />
            <Select
              name="article"
              required
              empty={t('ballots.claims.choose')}
              label={t('ballots.claims.article')}
              value={form.value('article')}
              error={form.error('article')}
              options={told.articles.map((article) => ({ value: article.id, label: name(article) }))}
            />
            <RadioGroup
              name="wants"
              required
              label={t('ballots.claims.wants')}
              value={form.value('wants') ?? told.may[0]}
              error={form.error('wants')}
              options={told.may.map((want) => ({
                value: want,
                label: t(`ballots.claims.wants.${want}`),
                meaning: t(`ballots.claims.wants.${want}.meaning`),
              }))}
            />
            <Button full>{t('ballots.claims.send')}</Button>
          </form>
        </>
      )}
      {asked.length > 0 ? (
        <>
          <h2>{t('ballots.claims.list')}</h2>
          <ul className="prose">
            {asked.flatMap((article) =>
              told.may
                .filter((want) => article.reached.includes(want) || article.mine.includes(want))
                .map((want) => (
                  <li key={`${article.id} ${want}`}>
                    {name(article)}: {t(`ballots.claims.wants.${want}`)}.{' '}
                    {article.mine.includes(want) ? `${t('ballots.claims.mine')}. ` : ''}
                    {article.reached.includes(want) ? <b>{t('ballots.claims.reached')}.</b> : null}
                  </li>
                )),
            )}
          </ul>
        </>
      ) : null}
      <Button kind="quiet" href={`/votaciones/${id}`}>
        {t('ballots.chamber.back')}
      </Button>
    </Page>
  );
}
