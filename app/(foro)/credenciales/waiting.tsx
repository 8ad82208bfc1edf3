import { FormProblem } from '~/app/_form/form-problem';
import { dayInWords } from '~/app/_form/format';
import { formState } from '~/app/_form/submit';
import { baseLine } from '~/app/_frame/base-line';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { DefinitionList } from '~/app/_ui/definition-list';
import { Disclosure } from '~/app/_ui/disclosure';
import { Notice } from '~/app/_ui/notice';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { accredit, refuse } from './actions';

type Mandate = ForumOutputs['associations']['desk']['waiting'][number];

/** One mandate that waits: what the acta says, and the committee's answer. */
export async function Waiting({ mandate }: { mandate: Mandate }) {
  const { t, locale } = await words();
  // Each mandate has its own form, so that an error stands at its own field.
  const [yes, no] = [await formState(`accredit ${mandate.id}`), await formState(`refuse ${mandate.id}`)];
  const field = `f-reason-${mandate.id}`;
  return (
    <Card level={3} title={mandate.name} id={`m-${mandate.id}`}>
      <DefinitionList
        items={[
          {
            term: t('associations.column.base'),
            value: (
              <a href={`/asociaciones/${mandate.association.id}`}>
                {mandate.association.name} ({baseLine(t, mandate.association)})
              </a>
            ),
          },
          { term: t('associations.column.others'), value: String(mandate.others) },
          { term: t('associations.column.acta'), value: mandate.actaReference },
          { term: t('associations.present.date'), value: dayInWords(locale, mandate.actaDate) },
          { term: t('associations.column.says'), value: mandate.actaWords },
          { term: t('associations.column.presented'), value: dayInWords(locale, mandate.day) },
        ]}
      />
      {mandate.abilities.decide ? (
        <>
          <FormProblem form={yes} />
          <form action={accredit}>
            <input type="hidden" name="id" value={mandate.id} />
            <Button icon="check">{t('associations.accredit')}</Button>
          </form>
          <Disclosure summary={t('associations.refuse.summary')} open={no.failed}>
            <form className="form" action={refuse}>
              <input type="hidden" name="id" value={mandate.id} />
              <TextArea
                name="reason"
                id={field}
                rows={3}
                required
                label={t('associations.refuse.reason')}
                hint={t('associations.refuse.reason.hint')}
                value={no.value('reason')}
                error={no.error('reason') ?? (no.failed ? no.sentence : undefined)}
              />
              <Button kind="danger">{t('associations.refuse')}</Button>
            </form>
          </Disclosure>
        </>
      ) : (
        <Notice word={t('associations.desk.not_yours')} />
      )}
    </Card>
  );
}
