import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { EmptyState } from '~/app/_ui/empty-state';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { Apart } from './apart';
import { Suggestion } from './suggestion';

type Props = { searchParams: Promise<{ de?: string; desde?: string }> };

export default async function Suggestions({ searchParams }: Props) {
  const { t } = await words();
  const { de, desde } = await searchParams;
  const { items, next, apart } = await found(async () =>
    (await caller()).concerns.suggestions({ of: de, after: Number(desde) || 0 }),
  );
  const here = `/planteamientos/parecidos/por-ver${de ? `?de=${de}` : desde ? `?desde=${Number(desde) || 0}` : ''}`;
  return (
    <Page at="concerns">
      <PageTitle title={t('concerns.likes')} lead={t('concerns.likes.lead')} />
      {items.length === 0 ? (
        <EmptyState title={t('concerns.likes.none')} line={de ? undefined : t('concerns.likes.none.line')} />
      ) : (
        items.map((item) => <Suggestion key={item.concern.id} item={item} back={here} />)
      )}
      {de && apart.length > 0 ? <Apart of={de} apart={apart} /> : null}
      {next !== null ? (
        <Button kind="secondary" href={`/planteamientos/parecidos/por-ver?desde=${next}`}>
          {t('concerns.likes.next')}
        </Button>
      ) : null}
      <p>
        <a href="/planteamientos/parecidos">{t('concerns.groups.all')}</a>
      </p>
    </Page>
  );
}
