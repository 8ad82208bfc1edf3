import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import { Select } from '~/app/_ui/select';
import { choices } from '~/server/ballots/rules';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { questionInWords } from '../../_parts/words';
import { giveProxy, revokeProxy, takePosition } from './actions';

type Chamber = ForumOutputs['ballots']['chamber'];
type Mine = Chamber['mine'][number];
type Questions = ForumOutputs['ballots']['questions'];

/** A base's position on every question, for whoever may say it. What was said before is not shown. */
async function Position({ id, mine, questions }: { id: string; mine: Mine; questions: Questions }) {
  const { t } = await words();
  const form = await formState(`position ${mine.associationId}`);
  const verb = mine.spoken ? 'ballots.chamber.speak.again' : 'ballots.chamber.speak';
  return (
    <Disclosure summary={t(verb, { base: mine.name })} open={form.failed || !mine.spoken}>
      <FormProblem form={form} />
      <form className="form" action={takePosition} autoComplete="off">
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="association" value={mine.associationId} />
        {questions.map((question) => (
          <RadioGroup
            key={question.position}
            name={`q-${question.id}`}
            id={`f-${mine.associationId}-${question.position}`}
            required
            label={questionInWords(t, question)}
            value={form.value(`q-${question.id}`)}
            options={choices.map((choice) => ({ value: choice, label: t(`ballots.choice.${choice}`) }))}
          />
        ))}
        <Button full>{t('ballots.chamber.send')}</Button>
      </form>
    </Disclosure>
  );
}

/** Lending a base's word to another, and taking it back. */
async function Lending({ id, mine, chamber }: { id: string; mine: Mine; chamber: Chamber }) {
  const { t } = await words();
  const form = await formState(`proxy ${mine.associationId}`);
  const hidden = (
    <>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="association" value={mine.associationId} />
    </>
  );
  if (mine.proxyTo)
    return (
      <form className="stack" action={revokeProxy}>
        <FormProblem form={form} />
        {hidden}
        <p>{t('ballots.chamber.proxy.given', { base: mine.name, to: mine.proxyTo })}</p>
        <Button kind="secondary">{t('ballots.chamber.proxy.revoke')}</Button>
      </form>
    );
  if (mine.holds > 0) return <p>{t('ballots.chamber.proxy.holds', { base: mine.name, n: mine.holds })}</p>;
  return (
    <Disclosure summary={t('ballots.chamber.proxy')} open={form.failed}>
      <p>{t('ballots.chamber.proxy.line', { base: mine.name })}</p>
      <FormProblem form={form} />
      <form className="form" action={giveProxy}>
        {hidden}
        <Select
          name="to"
          id={`f-to-${mine.associationId}`}
          required
          empty={t('ballots.chamber.proxy.choose')}
          label={t('ballots.chamber.proxy.to')}
          value={form.value('to')}
          error={form.error('to')}
          options={chamber.seats
            .filter(({ associationId }) => associationId !== mine.associationId)
            .map(({ associationId, name }) => ({ value: associationId, label: name }))}
        />
        <Button kind="secondary">{t('ballots.chamber.proxy.give')}</Button>
      </form>
    </Disclosure>
  );
}

/** What a delegate may say here: for her own base, and for those that lent her base their word. */
export async function Speaking(props: { id: string; chamber: Chamber; questions: Questions }) {
  const { id, chamber, questions } = props;
  if (!chamber.open) return null;
  const { t } = await words();
  return chamber.mine.map((mine) => (
    <Card key={mine.associationId} title={mine.name} level={2}>
      {mine.itself ? null : <p>{t('ballots.chamber.for', { base: mine.name })}</p>}
      {mine.spoken ? <p>{t('ballots.chamber.spoken', { base: mine.name })}</p> : null}
      <Position id={id} mine={mine} questions={questions} />
      {mine.itself ? <Lending id={id} mine={mine} chamber={chamber} /> : null}
    </Card>
  ));
}
