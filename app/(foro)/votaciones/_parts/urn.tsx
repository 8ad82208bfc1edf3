import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Notice } from '~/app/_ui/notice';
import { Table } from '~/app/_ui/table';
import { TextArea } from '~/app/_ui/text-area';
import type { Translator } from '~/messages/catalogue';
import { marks } from '~/server/ballots/rules/urns';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { countUrn, giveOut, setUrnAside } from '../[id]/mesa/actions';
import { groupInWords } from './told';
import { questionInWords } from './words';

export type Desk = ForumOutputs['ballots']['table'];
export type Questions = ForumOutputs['ballots']['questions'];
type One = Desk['urns'][number];

/** «Urna 2: mujeres, Puno, en cooperativas»; where the rule counts no groups there is one for all. */
export const urnInWords = (t: Translator, labels: readonly string[], at: number): string =>
  labels.length === 0
    ? t('ballots.table.urn.all')
    : t('ballots.table.urn', { n: at, who: labels.map((label) => groupInWords(t, label)).join(', ') });

/** What one counted, question by question: five small numbers each. */
async function CountForm({
  desk,
  one,
  papers,
  questions,
}: {
  desk: Desk;
  one: One;
  papers: number;
  questions: Questions;
}) {
  const { t } = await words();
  const form = await formState(`urn ${one.urn}`);
  return (
    <form className="form" action={countUrn} autoComplete="off">
      <FormProblem form={form} />
      <input type="hidden" name="id" value={desk.id} />
      <input type="hidden" name="urn" value={one.urn} />
      <input type="hidden" name="questions" value={questions.length} />
      <p>{t('ballots.table.count.line', { n: papers })}</p>
      {questions.map((question) => {
        const name = `q${question.position}`;
        const error = form.error(name);
        return (
          <fieldset key={name} className={error ? 'fld bad' : 'fld'}>
            <legend className="lab">{questionInWords(t, question)}</legend>
            {error ? <p className="err">{error}</p> : null}
            <div
              className="grid items-end gap-2"
              style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(6rem, 1fr))' }}
            >
              {marks.map((mark, i) => (
                <label key={mark}>
                  <span className="hint">{t(`ballots.table.mark.${mark}`)}</span>
                  <input
                    className="ctl"
                    id={i === 0 ? `f-${name}` : undefined}
                    name={`${name}-${mark}`}
                    defaultValue={form.value(`${name}-${mark}`)}
                    inputMode="numeric"
                    required
                  />
                </label>
              ))}
            </div>
          </fieldset>
        );
      })}
      <Button full>{t('ballots.table.count.send')}</Button>
    </form>
  );
}

/** The two counts that differ, side by side, only where they do. */
async function Both({ both, questions }: { both: NonNullable<One['both']>; questions: Questions }) {
  const { t } = await words();
  const rows = questions.flatMap((question, i) =>
    marks.flatMap((mark) => {
      const numbers = both.map(({ counts }) => counts[i]?.[mark] ?? 0);
      if (numbers[0] === numbers[1]) return [];
      const what = `${questionInWords(t, question)}: ${t(`ballots.table.mark.${mark}`)}`;
      return [{ key: what, cells: [what, ...numbers.map(String)] }];
    }),
  );
  return (
    <>
      <Notice tone="warning" word={t('ballots.table.differ')}>
        {t('ballots.table.differ.line')}
      </Notice>
      <Table
        caption={t('ballots.table.differ')}
        quiet
        columns={[
          { label: t('ballots.acta.question') },
          ...both.map(({ name }) => ({ label: name, numeric: true })),
        ]}
        rows={rows}
      />
    </>
  );
}

/** How many names there are, and what is missing; or that they have gone. */
async function Papers({ desk, one: { papers, open, giving } }: { desk: Desk; one: One }) {
  const { t } = await words();
  if (papers === null) return <p>{t('ballots.table.papers.gone')}</p>;
  return (
    <p>
      <b>{t('ballots.table.papers', { n: papers })}</b>{' '}
      {open || giving ? '' : t('ballots.table.few', { n: desk.fewest - papers })}
    </p>
  );
}

/** Two of the table say that the papers be given out, once both have read the names. */
async function Giving({ desk, one, giving }: { desk: Desk; one: One; giving: NonNullable<One['giving']> }) {
  const { t } = await words();
  const form = await formState(`give ${one.urn}`);
  const { first, mine } = giving;
  return (
    <form className="form" action={giveOut}>
      <FormProblem form={form} />
      <input type="hidden" name="id" value={desk.id} />
      <input type="hidden" name="urn" value={one.urn} />
      <p>
        {mine
          ? t('ballots.table.give.mine')
          : first
            ? t('ballots.table.give.first', { name: first })
            : t('ballots.table.give.line')}
      </p>
      {desk.abilities.hand && !mine ? <Button full>{t('ballots.table.give')}</Button> : null}
    </form>
  );
}

async function Aside({ desk, one }: { desk: Desk; one: One }) {
  const { t } = await words();
  const form = await formState(`aside ${one.urn}`);
  const asked = one.aside;
  return (
    <form className="form" action={setUrnAside}>
      <FormProblem form={form} />
      <input type="hidden" name="id" value={desk.id} />
      <input type="hidden" name="urn" value={one.urn} />
      <p className="hint">{t('ballots.table.aside.hint')}</p>
      {asked ? (
        <>
          <Notice tone="warning" word={t('ballots.table.aside.asked')}>
            {asked.reason}
          </Notice>
          <input type="hidden" name="reason" value={asked.reason} />
        </>
      ) : (
        <TextArea
          name="reason"
          required
          label={t('ballots.table.aside.reason')}
          value={form.value('reason')}
          error={form.error('reason')}
        />
      )}
      {asked?.mine ? null : (
        <Button kind="danger">{t(asked ? 'ballots.table.aside.confirm' : 'ballots.table.aside')}</Button>
      )}
    </form>
  );
}

/** One urn: how many papers, how its counting stands, and what this person can do with it now. */
export async function UrnCard(props: { desk: Desk; one: One; at: number; questions: Questions }) {
  const { desk, one, at, questions } = props;
  const { t } = await words();
  const done = one.open && one.counting === 'agreed';
  return (
    <Card title={urnInWords(t, one.labels, at)}>
      <Papers desk={desk} one={one} />
      {one.giving && desk.state === 'open' ? <Giving desk={desk} one={one} giving={one.giving} /> : null}
      {one.aside?.confirmed ? (
        <Notice tone="warning" word={t('ballots.paper.aside')}>
          {one.aside.reason}
        </Notice>
      ) : null}
      {done ? <Notice tone="success" word={t('ballots.table.agreed')} /> : null}
      {one.waits && one.both ? <Both both={one.both} questions={questions} /> : null}
      {one.waits && one.first ? <p>{t('ballots.table.first', { name: one.first })}</p> : null}
      {one.waits && desk.abilities.count && !one.mine && one.papers !== null ? (
        <CountForm desk={desk} one={one} papers={one.papers} questions={questions} />
      ) : null}
      {one.waits && desk.abilities.setAside ? <Aside desk={desk} one={one} /> : null}
    </Card>
  );
}
