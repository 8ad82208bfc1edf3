import { FormProblem } from '~/app/_form/form-problem';
import { shortDate, unbroken } from '~/app/_form/format';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { StatePill } from '~/app/_ui/state-pill';
import { Table } from '~/app/_ui/table';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { confirm, endRole } from './actions';

type Role = ForumOutputs['people']['roles']['roles'][number];

/** What waits for a second person first, then the roles in force, each with what may be done about it. */
export async function Appointments({ roles }: { roles: Role[] }) {
  const { t, locale } = await words();
  const day = (role: Role) => shortDate(locale, new Date(`${role.day}T12:00:00Z`));
  const row = (role: Role) => ({
    key: role.id,
    cells: [
      <span key="who">
        {role.name} <span className="hint">{unbroken(role.number)}</span>
      </span>,
      [t(`people.role.${role.role}`), role.office].filter(Boolean).join(': '),
      role.appointer
        ? t('people.desk.by', { name: role.appointer, day: day(role) })
        : t('people.desk.since', { day: day(role) }),
      <div className="row" key="acts">
        {role.waiting ? <StatePill state="open">{t('people.desk.waits')}</StatePill> : null}
        {role.abilities.confirm ? (
          <form action={confirm}>
            <input type="hidden" name="id" value={role.id} />
            <Button>{t('people.desk.confirm')}</Button>
          </form>
        ) : null}
        {role.abilities.end ? (
          <Disclosure summary={t(role.waiting ? 'people.desk.withdraw' : 'people.desk.end')}>
            <form action={endRole}>
              <input type="hidden" name="id" value={role.id} />
              <Button kind="danger">{t('people.desk.end.sure')}</Button>
            </form>
          </Disclosure>
        ) : null}
      </div>,
    ],
  });
  const columns = (['who', 'what', 'when', 'act'] as const).map((one) => ({
    label: t(`people.desk.column.${one}`),
  }));
  const waiting = roles.filter((role) => role.waiting);
  return (
    <>
      <FormProblem form={await formState('role')} />
      {waiting.length > 0 ? (
        <section className="stack">
          <h2>{t('people.desk.waiting')}</h2>
          <p>{t('people.desk.waiting.lead')}</p>
          <Table caption={t('people.desk.waiting')} quiet columns={columns} rows={waiting.map(row)} />
        </section>
      ) : null}
      <section className="stack">
        <h2>{t('people.desk.in_force')}</h2>
        <Table
          caption={t('people.desk.in_force')}
          quiet
          columns={columns}
          rows={roles.filter((role) => !role.waiting).map(row)}
        />
      </section>
    </>
  );
}
