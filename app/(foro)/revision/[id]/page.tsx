import { redirect } from 'next/navigation';
import { found } from '~/app/_form/found';
import { ArticleText } from '~/app/_frame/article-text';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Card } from '~/app/_ui/card';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Seal } from '~/app/_ui/seal';
import { caller, requestContext, words } from '~/server/caller';
import { LawAndReality } from '../../../(publico)/documento/article-facts';
import { OfficialResponse } from '../../../(publico)/documento/responses';
import { RespondForm } from './respond-form';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ hecho?: string }> };

/** One request: the article exactly as it was frozen, what was said so far, and the form of its office. */
export default async function Request({ params, searchParams }: Props) {
  const { id } = await params;
  const { actor } = await requestContext();
  if (!actor.personId) redirect('/entrar?a=/revision');
  const { hecho } = await searchParams;
  const { t, locale } = await words();
  const forum = await caller();
  const request = await found(() => forum.responses.request({ id }));
  return (
    <Page at="mine">
      <Breadcrumb
        label={t('document.crumbs')}
        items={[
          { text: t('responses.desk.short'), href: '/revision' },
          { text: t('document.article.short', { number: request.article }) },
        ]}
      />
      {hecho === 'pedido' || hecho === 'respondido' ? (
        <Notice tone="success" live word={t(`responses.done.${hecho}`)} />
      ) : null}
      <PageTitle
        kicker={t('responses.case', { n: request.version, number: request.article })}
        title={request.title}
        lead={
          <a href={`/documento/v/${request.version}/art/${request.article}`}>{t('responses.case.public')}</a>
        }
      />
      <Card title={t('responses.case.text')}>
        <ArticleText
          text={request.text}
          references={request.references}
          href={({ number }) => `/documento/v/${request.version}/art/${number}`}
        />
      </Card>
      {request.law || request.reality ? <LawAndReality law={request.law} reality={request.reality} /> : null}
      <Seal label={t('document.article.seal')} hash={request.sha256} hint={t('document.article.seal.hint')} />
      <OfficialResponse request={request} t={t} locale={locale} />
      {request.abilities.respond ? <RespondForm request={request} /> : null}
    </Page>
  );
}
