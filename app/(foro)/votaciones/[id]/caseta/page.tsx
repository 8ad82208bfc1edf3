import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Breadcrumb } from '~/app/_ui/breadcrumb';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Disclosure } from '~/app/_ui/disclosure';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { type State, StatePill } from '~/app/_ui/state-pill';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { closeBooth, openBooth } from './actions';

type Booths = ForumOutputs['booths']['ofBallot'];
const pill = { waiting: 'open', open: 'moving', closed: 'closed' } as const satisfies Record<string, State>;

/** A secretary names the two who stand by; the code for the tablet comes once. */
async function Open({ id }: { id: string }) {
  const { t } = await words();
  const form = await formState('open');
  return (
    <Card title={t('booths.open')}>
      <form className="form" action={openBooth}>
        <FormProblem form={form} />
        <input type="hidden" name="id" value={id} />
        <p className="hint">{t('booths.open.hint')}</p>
        {(['first', 'second'] as const).map((field) => (
          <TextField
            key={field}
            name={field}
            required
            inputMode="numeric"
            label={t(`booths.open.${field}`)}
            value={form.value(field)}
            error={form.error(field)}
          />
        ))}
        <Button full>{t('booths.open.send')}</Button>
      </form>
    </Card>
  );
}

async function One({ booth, at }: { booth: Booths['booths'][number]; at: number }) {
  const { t } = await words();
  return (
    <Card
      title={t('booths.n', { n: at })}
      aside={<StatePill state={pill[booth.state]}>{t(`booths.state.${booth.state}`)}</StatePill>}
    >
      <p>{t('booths.stand')}</p>
      <ul className="prose">
        {booth.standBy.map(({ name, bases }) => (
          <li key={name}>
            {name}. {bases.join(', ')}
          </li>
        ))}
      </ul>
      {booth.abilities.close ? (
        <form action={closeBooth}>
          <input type="hidden" name="booth" value={booth.id} />
          <Button kind="danger">{t('booths.close')}</Button>
        </form>
      ) : null}
    </Card>
  );
}

/** The booths of a ballot: for secretaries, and for those who stand by. Of voters it knows nothing. */
export default async function BoothsOfBallot({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const call = await caller();
  const held = await found(() => call.booths.ofBallot({ id }));
  const code = (await formState('opened')).value('code');
  const closing = await formState('close');
  return (
    <Page at="ballots">
      <Breadcrumb
        label={t('ballots.table.crumb')}
        items={[{ text: held.title, href: `/votaciones/${id}` }, { text: t('booths.title') }]}
      />
      <PageTitle title={t('booths.title')} lead={t('booths.lead')} />
      {code ? (
        <Notice tone="success" word={t('booths.opened')} live>
          <p className="text-lg">
            <b>{code.replaceAll('-', '\u2011')}</b>
          </p>
          <p>{t('booths.opened.line')}</p>
        </Notice>
      ) : null}
      <FormProblem form={closing} />
      {held.booths.map((booth, i) => (
        <One key={booth.id} booth={booth} at={i + 1} />
      ))}
      {held.booths.length === 0 ? <p>{t('booths.empty')}</p> : null}
      {held.abilities.open ? <Open id={id} /> : null}
      <Disclosure summary={t('booths.rules')} open={!held.abilities.open}>
        <ul className="prose">
          {([1, 2, 3, 4, 5, 6] as const).map((n) => (
            <li key={n}>{t(`booths.rules.${n}`)}</li>
          ))}
        </ul>
      </Disclosure>
    </Page>
  );
}
