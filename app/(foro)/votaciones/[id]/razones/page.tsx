import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Disclosure } from '~/app/_ui/disclosure';
import { EmptyState } from '~/app/_ui/empty-state';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextArea } from '~/app/_ui/text-area';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import { AskedWhy, ReasonsGiven, type WentBack } from '../../_parts/reasons';
import { groupInWords } from '../../_parts/told';
import { giveReason, hideReason } from './actions';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ puesta?: string }> };

/** For whoever may write one: her groups of those asked, and whether her base may sign. */
async function Write({ back }: { back: WentBack }) {
  if (back.mine.length === 0) return null;
  const { t } = await words();
  const form = await formState(`reason ${back.question}`);
  const named = back.mine.find(({ base }) => base !== null)?.base ?? null;
  const groups = back.mine.map(({ group }) => ({
    value: group ? `${group.dimension}:${group.label}` : 'all',
    label: group ? groupInWords(t, group.label) : t('ballots.reasons.group.all'),
  }));
  return (
    <Disclosure summary={t('ballots.reasons.write')} open={form.failed}>
      <p>{t('ballots.reasons.write.line')}</p>
      <FormProblem form={form} />
      <form className="form" action={giveReason}>
        <input type="hidden" name="id" value={back.question} />
        <input type="hidden" name="ballot" value={back.ballot.id} />
        {groups.length === 1 ? (
          <input type="hidden" name="group" value={groups[0]!.value} />
        ) : (
          <RadioGroup
            name="group"
            id={`f-group-${back.question}`}
            required
            label={t('ballots.reasons.group')}
            value={form.value('group') ?? groups[0]!.value}
            error={form.error('group')}
            options={groups}
          />
        )}
        {named ? (
          <RadioGroup
            name="sign"
            id={`f-sign-${back.question}`}
            required
            label={t('ballots.reasons.sign')}
            value={form.value('sign') ?? 'group'}
            error={form.error('sign')}
            options={[
              {
                value: 'group',
                label: t(
                  groups[0]!.value === 'all' ? 'ballots.reasons.group.all' : 'ballots.reasons.sign.as.group',
                ),
              },
              { value: 'base', label: t('ballots.reasons.sign.as.base', { base: named }) },
            ]}
          />
        ) : null}
        <TextArea
          name="words"
          id={`f-words-${back.question}`}
          required
          rows={4}
          label={t('ballots.reasons.words')}
          value={form.value('words')}
          error={form.error('words')}
        />
        <Button>{t('ballots.reasons.send')}</Button>
      </form>
    </Disclosure>
  );
}

/** For the forum's secretaries: a reason that names somebody goes out of sight. */
async function Hide({ back }: { back: WentBack }) {
  const shown = back.reasons.filter(({ words: said }) => said !== null);
  if (!back.abilities.hide || shown.length === 0) return null;
  const { t } = await words();
  const forms = await Promise.all(shown.map(({ id }) => formState(`hide ${id}`)));
  return (
    <Disclosure summary={t('ballots.reasons.hide')} open={forms.some(({ failed }) => failed)}>
      {shown.map((reason, i) => (
        <form key={reason.id} className="form" action={hideReason}>
          <input type="hidden" name="id" value={reason.id} />
          <input type="hidden" name="ballot" value={back.ballot.id} />
          <p className="prose">{reason.words}</p>
          <TextField
            name="why"
            id={`f-why-${reason.id}`}
            required
            label={t('ballots.reasons.hide.why')}
            value={forms[i]!.value('why')}
            error={forms[i]!.error('why')}
          />
          <Button kind="danger">{t('ballots.reasons.hide')}</Button>
        </form>
      ))}
    </Disclosure>
  );
}

/** Why articles went back: the words of the groups that said no. */
export default async function Reasons({ params, searchParams }: Props) {
  const { id } = await params;
  const { puesta } = await searchParams;
  const { t } = await words();
  const call = await caller();
  const { title } = await found(() => call.ballots.result({ id }));
  const all = await call.ballots.reasons({ id });
  return (
    <Page at="ballots">
      {puesta === undefined ? null : <Notice tone="success" live word={t('ballots.reasons.sent')} />}
      <PageTitle kicker={title} title={t('ballots.reasons.title')} lead={t('ballots.reasons.lead')} />
      {all.length === 0 ? <EmptyState title={t('ballots.reasons.nothing')} /> : null}
      {all.map((back) => (
        <Card
          key={back.question}
          level={2}
          title={t('ballots.question.article', { number: back.article.number, title: back.article.title })}
        >
          <AskedWhy back={back} />
          <ReasonsGiven back={back} />
          <Write back={back} />
          <Hide back={back} />
          <a href={`/documento/v/${back.article.version}/art/${back.article.number}`}>
            {t('ballots.result.read')}
          </a>
        </Card>
      ))}
      <Button kind="quiet" href={`/votaciones/${id}/resultado`}>
        {t('ballots.reasons.back')}
      </Button>
    </Page>
  );
}
