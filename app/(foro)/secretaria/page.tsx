import { found } from '~/app/_form/found';
import { orNull } from '~/app/_form/or-null';
import { Page } from '~/app/_frame/page';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, scope, words } from '~/server/caller';
import { Appointments } from './appointments';
import { Enroll } from './enroll';
import { NewCard } from './new-card';
import { Offices } from './offices';
import { Somebody } from './somebody';

const done = ['nombrada', 'espera', 'sola', 'confirmada', 'terminado', 'oficina'] as const;

/** The secretariat's desk: who holds what in the forum, who waits for a second person, and the State's offices. */
export default async function Secretariat({ searchParams }: { searchParams: Promise<{ hecho?: string }> }) {
  const { t } = await words();
  const desk = await found(async () => (await caller()).people.roles());
  const reported = await orNull(async () => (await caller()).comments.desk({ page: 1 }));
  const asked = (await searchParams).hecho;
  // A form that was just sent has its own answer on the page.
  const posted = (await scope()).form?.name;
  const word = posted ? undefined : done.find((one) => one === asked);
  const somebody = <Somebody offices={desk.offices} mayAppoint={desk.abilities.appoint} />;
  const lookedUp = posted === 'look' || posted === 'appoint';
  return (
    <Page at="mine" wide>
      {word ? <Notice tone="success" live word={t(`people.desk.done.${word}`)} /> : null}
      <NewCard />
      {/* A new card is printed alone. */}
      <div className={posted === 'card' ? 'stack noprint' : 'stack'}>
        <PageTitle title={t('people.desk.title')} drawing={<StepDrawing name="acta" size={4.5} />} />
        {lookedUp ? somebody : null}
        {reported ? (
          <p>
            <a href="/comentarios">{t('comments.desk')}</a>
          </p>
        ) : null}
        <Appointments roles={desk.roles} />
        {lookedUp ? null : somebody}
        {desk.abilities.enroll ? <Enroll /> : null}
        {desk.abilities.appoint ? <Offices offices={desk.offices} /> : null}
      </div>
    </Page>
  );
}
