import { FormProblem } from '~/app/_form/form-problem';
import { dayInWords } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Listen } from '~/app/_frame/listen';
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
import { closeBooth, openBooth, sayAbsent } from './actions';

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

type Booth = Booths['booths'][number];
const inWords = ({ name, bases }: { name: string; bases: string[] }) => [name, ...bases].join(', ');

/** Who was named and is not there says so: a booth in her name is closed by her alone, from wherever she is. */
async function NotThere({ booth: { id, state } }: { booth: Booth }) {
  const { t } = await words();
  const closed = state === 'closed';
  return (
    <form className="form" action={sayAbsent} data-said>
      <input type="hidden" name="booth" value={id} />
      <p>{t(closed ? 'booths.absent.late' : 'booths.absent.line')}</p>
      <Button kind="danger">{t(closed ? 'booths.absent.late.send' : 'booths.absent.send')}</Button>
    </form>
  );
}

async function One({ booth, at }: { booth: Booth; at: number }) {
  const { t, locale } = await words();
  return (
    <Card
      title={t('booths.n', { n: at })}
      aside={<StatePill state={pill[booth.state]}>{t(`booths.state.${booth.state}`)}</StatePill>}
    >
      <p>
        {t('booths.opened.by', { name: inWords(booth.openedBy), day: dayInWords(locale, booth.openedOn) })}
      </p>
      <p>{t('booths.stand')}</p>
      <ul className="prose">
        {booth.standBy.map((one) => (
          <li key={one.name}>
            {inWords(one)}. {one.absent ? <b>{t('booths.absent.said')}</b> : null}
          </li>
        ))}
      </ul>
      {booth.abilities.sayAbsent ? <NotThere booth={booth} /> : null}
      {booth.abilities.close ? (
        <form action={closeBooth}>
          <input type="hidden" name="booth" value={booth.id} />
          <Button kind="danger">{t('booths.close')}</Button>
        </form>
      ) : null}
    </Card>
  );
}

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ hecho?: string }> };

/** The booths of a ballot: for secretaries, and for those who stand by. Of voters it knows nothing. */
export default async function BoothsOfBallot({ params, searchParams }: Props) {
  const { id } = await params;
  const { t } = await words();
  const call = await caller();
  const held = await found(() => call.booths.ofBallot({ id }));
  const code = (await formState('opened')).value('code');
  const closing = await formState('close');
  // What can still be closed comes first; each keeps its number.
  const numbered = held.booths.map((booth, i) => ({ booth, at: i + 1 }));
  const isOpen = ({ booth }: (typeof numbered)[number]) => booth.state !== 'closed';
  return (
    <Page at="ballots">
      <Breadcrumb
        label={t('ballots.table.crumb')}
        items={[{ text: held.title, href: `/votaciones/${id}` }, { text: t('booths.title') }]}
      />
      <PageTitle title={t('booths.title')} lead={t('booths.lead')} />
      {held.booths.some(({ abilities }) => abilities.sayAbsent) ? <Listen /> : null}
      {(await searchParams).hecho === 'ausente' && !closing.failed ? (
        <Notice tone="success" live word={t('booths.absent.done')} />
      ) : null}
      {code ? (
        <Notice tone="success" word={t('booths.opened')} live>
          <p className="text-lg">
            <b>{code.replaceAll('-', '\u2011')}</b>
          </p>
          <p>{t('booths.opened.line')}</p>
        </Notice>
      ) : null}
      <FormProblem form={closing} />
      {[...numbered.filter(isOpen), ...numbered.filter((one) => !isOpen(one))].map(({ booth, at }) => (
        <One key={booth.id} booth={booth} at={at} />
      ))}
      {held.booths.length === 0 ? <p>{t('booths.empty')}</p> : null}
      {held.abilities.open ? <Open id={id} /> : null}
      <Disclosure summary={t('booths.rules')} open={!held.abilities.open}>
        <ul className="prose">
          {([1, 2, 3, 4, 5, 6, 7] as const).map((n) => (
            <li key={n}>{t(`booths.rules.${n}`)}</li>
          ))}
        </ul>
      </Disclosure>
    </Page>
  );
}
