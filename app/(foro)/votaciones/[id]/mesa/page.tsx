import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { Disclosure } from '~/app/_ui/disclosure';
import { PageTitle } from '~/app/_ui/page-title';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { type Desk, UrnCard } from '../../_parts/urn';
import { handPaper, nameTeller, removeTeller, takePaperBack } from './actions';

/** Who sits at the table, and for secretaries the form that names somebody. */
async function Seats({ desk }: { desk: Desk }) {
  const { t } = await words();
  const form = await formState('teller');
  return (
    <Card title={t('ballots.table.seats')}>
      <p className="hint">{t('ballots.table.seats.hint')}</p>
      <ul className="prose">
        {desk.tellers.map(({ personId, name, bases }) => (
          <li key={personId}>
            {name}. {bases.join(', ')}
            {desk.abilities.name ? (
              <form action={removeTeller}>
                <input type="hidden" name="id" value={desk.id} />
                <input type="hidden" name="personId" value={personId} />
                <Button kind="quiet">{t('ballots.table.seats.remove')}</Button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      <FormProblem form={await formState('remove')} />
      {desk.tellers.length === 0 ? <p>{t('ballots.table.seats.none')}</p> : null}
      {desk.abilities.name ? (
        <form className="form" action={nameTeller}>
          <FormProblem form={form} />
          <input type="hidden" name="id" value={desk.id} />
          <TextField
            name="number"
            required
            inputMode="numeric"
            label={t('ballots.table.number')}
            value={form.value('number')}
            error={form.error('number')}
          />
          <Button kind="secondary">{t('ballots.table.name')}</Button>
        </form>
      ) : null}
    </Card>
  );
}

/** Gives a paper to somebody of the roll. */
async function HandOut({ desk }: { desk: Desk }) {
  const { t } = await words();
  const form = await formState('paper');
  return (
    <Card title={t('ballots.table.hand')}>
      <FormProblem form={form} ids={{ number: 'f-paper' }} />
      <form className="form" action={handPaper}>
        <input type="hidden" name="id" value={desk.id} />
        <p className="hint">{t('ballots.table.hand.hint', { n: desk.fewest })}</p>
        <TextField
          id="f-paper"
          name="number"
          required
          inputMode="numeric"
          label={t('ballots.table.number')}
          value={form.value('number')}
          error={form.error('number')}
        />
        {desk.asksAgreement ? (
          <CheckboxGroup
            name="agrees"
            label={t('ballots.table.agrees')}
            value={form.values('agrees')}
            error={form.error('agrees')}
            options={[{ value: 'on', label: t('ballots.table.agrees.yes') }]}
          />
        ) : null}
        <Button full>{t('ballots.table.hand.send')}</Button>
      </form>
    </Card>
  );
}

async function Names({ desk }: { desk: Desk }) {
  const { t } = await words();
  const form = await formState('back');
  if (desk.voters.length === 0) return null;
  return (
    <>
      <FormProblem form={form} />
      <Disclosure summary={t('ballots.table.names', { n: desk.voters.length })}>
        <ul className="lks">
          {desk.voters.map(({ personId, name, base }) => (
            <li key={personId} className="lk">
              <span>
                <b>{name}</b>
                <span>{base}</span>
                {desk.abilities.hand ? (
                  <form action={takePaperBack}>
                    <input type="hidden" name="id" value={desk.id} />
                    <input type="hidden" name="personId" value={personId} />
                    <Button kind="quiet">{t('ballots.table.back')}</Button>
                  </form>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}

/** The table of a ballot: papers given out while it is open, urns counted after its close. */
export default async function Table({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const call = await caller();
  const desk = await found(() => call.ballots.table({ id }));
  const questions = await call.ballots.questions({ id });
  return (
    <Page at="ballots">
      <Breadcrumb
        label={t('ballots.table.crumb')}
        items={[{ text: desk.title, href: `/votaciones/${id}` }, { text: t('ballots.table.title') }]}
      />
      <PageTitle title={t('ballots.table.title')} lead={t(`ballots.table.lead.${desk.state}`)} />
      <Seats desk={desk} />
      {desk.abilities.hand ? <HandOut desk={desk} /> : null}
      {desk.urns.map((one, i) => (
        <UrnCard key={one.urn} desk={desk} one={one} at={i + 1} questions={questions} />
      ))}
      <Names desk={desk} />
      <div className="row">
        <Button kind="secondary" href={`/votaciones/${id}/papeleta`}>
          {t('ballots.table.paper')}
        </Button>
        <Button kind="secondary" href={`/votaciones/${id}/mesa/acta`}>
          {t('ballots.table.acta')}
        </Button>
      </div>
    </Page>
  );
}
