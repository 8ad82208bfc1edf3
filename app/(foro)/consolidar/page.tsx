import { redirect } from 'next/navigation';
import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, requestContext, words } from '~/server/caller';
import { Making } from './making';
import { Waiting } from './waiting';

type Asked = {
  area?: string;
  pagina?: string;
  hecho?: string;
  acto?: string;
  capitulo?: string;
  parte?: string;
};

/** The desk: on one side drafts and concerns that wait, on the other the document in the making. */
export default async function Consolidate({ searchParams }: { searchParams: Promise<Asked> }) {
  const { actor } = await requestContext();
  if (!actor.personId) redirect('/entrar?a=/consolidar');
  const { t } = await words();
  const asked = await searchParams;
  const forum = await caller();
  const making = await found(() => forum.document.working());
  const { edit } = making.abilities;
  return (
    <Page at="document" wide={edit}>
      <PageTitle
        title={t(edit ? 'document.desk' : 'document.making')}
        lead={t(edit ? 'document.desk.lead' : 'document.making.lead')}
      />
      {asked.hecho === 'retirado' ? <Notice tone="success" live word={t('document.done.retirado')} /> : null}
      {asked.hecho === 'retirado' && asked.acto ? (
        <Button kind="quiet" href={`/consolidar/actos/${asked.acto}`} icon="arrowLeft">
          {t('document.acts.undo_this')}
        </Button>
      ) : null}
      {edit ? (
        <Button kind="quiet" href="/consolidar/actos" icon="clock">
          {t('document.acts')}
        </Button>
      ) : null}
      {edit ? (
        <div className="cols">
          <Waiting asked={asked} making={making} />
          <Making making={making} opened={asked}>
            <Button href="/consolidar/congelar" icon="lock">
              {t('document.freeze.button', { n: (making.inForce?.number ?? 0) + 1 })}
            </Button>
          </Making>
        </div>
      ) : (
        <Making making={making} opened={asked} />
      )}
    </Page>
  );
}
