import { found } from '~/app/_form/found';
import { concernRow, groupName } from '~/app/_frame/concern-row';
import { Page } from '~/app/_frame/page';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import type { MessageKey } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import { GroupActs } from './group-acts';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ hecho?: string }> };
const acts = new Set(['juntos', 'nombre', 'fuera', 'apartados', 'unidos']);

export default async function Group({ params, searchParams }: Props) {
  const { id } = await params;
  const { hecho } = await searchParams;
  const { t, locale } = await words();
  const group = await found(async () => (await caller()).concerns.groupDetail({ id }));
  return (
    <Page at="concerns">
      {hecho && acts.has(hecho) ? (
        <Notice tone="success" live word={t(`concerns.groups.done.${hecho}` as MessageKey)} />
      ) : null}
      <PageTitle
        title={groupName(group)}
        lead={t('concerns.groups.line', { n: group.n, placed: group.placed })}
      />
      <p>{t('concerns.groups.meaning')}</p>
      <LinkList items={group.concerns.map((concern) => concernRow(t, locale, concern))} />
      {group.abilities.arrange ? <GroupActs group={group} /> : null}
      <p>
        <a href="/planteamientos/parecidos">{t('concerns.groups.all')}</a>
      </p>
    </Page>
  );
}
