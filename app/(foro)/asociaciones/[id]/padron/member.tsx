import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { DefinitionList } from '~/app/_ui/definition-list';
import { Disclosure } from '~/app/_ui/disclosure';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { appointOfficer, appointSecretary, endRole, giveCard, strike } from './actions';
import { Presenting } from './presenting';

/** One member: her place in the base, and what may be done about her. */
export async function Member({ id, personId }: { id: string; personId: string }) {
  const { t } = await words();
  const member = await found(async () => (await caller()).associations.member({ id, personId }));
  const [office, acts] = [await formState('office'), await formState('member')];
  const { abilities } = member;
  const ids = (
    <>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="personId" value={personId} />
    </>
  );
  const offices = member.roles.filter((role) => role !== 'member');
  return (
    <>
      <h1>{member.name}</h1>
      <DefinitionList
        items={[
          { term: t('associations.column.number'), value: member.card?.number },
          { term: t('associations.column.title'), value: member.title ?? undefined },
          {
            term: t('associations.column.office'),
            value: offices.map((role) => t(`associations.role.${role}`)).join(', ') || undefined,
          },
          {
            term: t('associations.column.mandate'),
            value: member.delegate ? t(`associations.delegate.${member.delegate}`) : undefined,
          },
          {
            term: t('associations.column.card'),
            value: member.card ? t(`associations.card.${member.card.state}`) : undefined,
          },
        ]}
      />
      <FormProblem form={acts} />
      {abilities.giveCard ? (
        <form action={giveCard}>
          {ids}
          <p className="hint">{t('associations.card.again.hint')}</p>
          <Button kind="secondary" icon="printer">
            {t('associations.card.again')}
          </Button>
        </form>
      ) : null}
      {member.cardElsewhere && !member.me ? <p className="hint">{t('associations.card.beyond')}</p> : null}
      {abilities.present ? <Presenting id={id} personId={personId} /> : null}
      {abilities.appointOfficer ? (
        <Disclosure summary={t('associations.officer.summary')} open={office.failed}>
          <FormProblem form={office} />
          <form className="form" action={appointOfficer}>
            {ids}
            <TextField
              name="title"
              label={t('associations.officer.title')}
              hint={t('associations.officer.title.hint')}
              value={office.value('title')}
              error={office.error('title')}
            />
            <Button kind="secondary">{t('associations.officer.save')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {abilities.appointSecretary ? (
        <Disclosure summary={t('associations.secretary.summary')}>
          <form className="form" action={appointSecretary}>
            {ids}
            <p>{t('associations.secretary.line')}</p>
            <Button kind="secondary">{t('associations.secretary.save')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {(['officer', 'secretary'] as const)
        .filter((role) => (role === 'officer' ? abilities.endOfficer : abilities.endSecretary))
        .map((role) => (
          <form action={endRole} key={role}>
            {ids}
            <input type="hidden" name="role" value={role} />
            <Button kind="danger">{t(`associations.end.${role}`)}</Button>
          </form>
        ))}
      {abilities.leave && !member.me ? (
        <Disclosure summary={t('associations.strike.summary')}>
          <form className="form" action={strike}>
            {ids}
            <p>{t('associations.strike.line')}</p>
            <Button kind="danger">{t('associations.strike')}</Button>
          </form>
        </Disclosure>
      ) : null}
    </>
  );
}
