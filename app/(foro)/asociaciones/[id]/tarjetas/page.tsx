import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { EmptyState } from '~/app/_ui/empty-state';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { PrintSheet } from '~/app/_ui/print-sheet';
import { PrintedCard } from '~/app/(foro)/_cards/card';
import { caller, words } from '~/server/caller';
import { print } from './actions';

export default async function Cards(props: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ page?: string }>;
}) {
  const { t } = await words();
  const [{ id }, asked] = [await props.params, await props.searchParams];
  const input = { id, page: asked.page } as unknown as { id: string; page: number };
  const due = await found(async () => (await caller()).associations.cardsDue(input));
  const [form, printed] = [await formState('cards'), await formState('printed')];
  const codes = printed.values('code');
  const crumbs = [
    { text: due.name, href: `/asociaciones/${due.id}` },
    { text: t('associations.task.cards') },
  ];
  if (codes.length > 0)
    return (
      <Page wide>
        <div className="stack noprint">
          <Breadcrumb label={t('associations.crumb')} items={crumbs} />
          <PageTitle title={t('associations.cards.printed', { n: codes.length })} />
          <Notice tone="warning" word={t('associations.cards.once')}>
            {t('associations.cards.once.line')}
          </Notice>
        </div>
        <PrintSheet
          label={t('associations.cards.sheet')}
          columns={2}
          cards={codes.map((code, i) => {
            const [name, number] = [printed.values('name')[i]!, printed.values('number')[i]!];
            return { key: number, content: <PrintedCard name={name} number={number} code={code} /> };
          })}
        />
        <div className="noprint">
          <Button kind="secondary" href={`/asociaciones/${due.id}/tarjetas`}>
            {t('associations.cards.more')}
          </Button>
        </div>
      </Page>
    );
  return (
    <Page>
      <Breadcrumb label={t('associations.crumb')} items={crumbs} />
      <PageTitle title={t('associations.task.cards')} lead={t('associations.cards.lead')} />
      <FormProblem form={form} />
      {due.items.length === 0 ? (
        <EmptyState title={t('associations.cards.none')} />
      ) : (
        <form className="form" action={print}>
          <input type="hidden" name="id" value={due.id} />
          <CheckboxGroup
            name="persons"
            two
            label={t('associations.cards.whom')}
            hint={t('associations.cards.whom.hint')}
            error={form.error('persons')}
            value={
              form.failed
                ? form.values('persons')
                : due.items.filter(({ card }) => card?.state === 'none').map(({ personId }) => personId)
            }
            options={due.items.map(({ personId, name, card }) => ({
              value: personId,
              label: name,
              meaning: card ? t(`associations.card.${card.state}`) : undefined,
            }))}
          />
          <Button icon="printer">{t('associations.cards.print')}</Button>
        </form>
      )}
      {due.more ? (
        <Button kind="secondary" href={`/asociaciones/${due.id}/tarjetas?page=${due.page + 1}`}>
          {t('associations.cards.next')}
        </Button>
      ) : null}
    </Page>
  );
}
