import { FormProblem } from '~/app/_form/form-problem';
import { formState } from '~/app/_form/submit';
import { ArticleText } from '~/app/_frame/article-text';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { Disclosure } from '~/app/_ui/disclosure';
import { Notice } from '~/app/_ui/notice';
import { Pair } from '~/app/_ui/pair';
import { TextArea } from '~/app/_ui/text-area';
import { textAtMost, whyAtMost } from '~/server/amendments/schema';
import { caller, words } from '~/server/caller';
import { meaning } from '~/server/document/rules/references';
import type { ForumOutputs } from '~/server/root';
import { accept, reject, withdraw } from '../actions';

type Props = { one: ForumOutputs['amendments']['detail'] };

/** Taking it up: by one press where it fits, else with both wordings and a field for what is to stand. */
async function Accept({ id }: { id: string }) {
  const { t } = await words();
  const check = await (await caller()).amendments.toDecide({ id });
  const form = await formState('accept');
  const { byHand, gone, changed, kind } = check;
  return (
    <>
      <FormProblem form={form} />
      {gone && kind === 'replace' ? (
        <Notice tone="warning" word={t('amendments.decide.gone')} />
      ) : (
        <form className="form" action={accept}>
          <input type="hidden" name="id" value={id} />
          {byHand ? (
            <>
              <Notice tone="warning" word={t('amendments.decide.conflict')} />
              <Pair
                left={{
                  title: t('amendments.decide.now'),
                  children: (
                    <ArticleText
                      text={byHand.now}
                      references={byHand.references}
                      href={({ id: article }) => `/articulo/${article}`}
                    />
                  ),
                }}
                right={{
                  title: t('amendments.decide.wanted'),
                  children: <ArticleText text={byHand.wanted} references={[]} href={() => ''} />,
                }}
              />
              <input type="hidden" name="base" value={form.value('base') ?? byHand.seq} />
              <input type="hidden" name="numbering" value={form.value('numbering') ?? byHand.numbering} />
              <input type="hidden" name="names" value={form.value('names') ?? meaning(byHand.names)} />
              <TextArea
                name="text"
                required
                rows={12}
                label={t('amendments.decide.text')}
                limit={{ max: textAtMost, words: t('amendments.limit', { max: textAtMost }) }}
                value={form.value('text') ?? byHand.field}
                error={form.error('text')}
              />
            </>
          ) : changed && kind === 'replace' ? (
            <p>{t('amendments.decide.merges')}</p>
          ) : null}
          {changed && kind === 'remove' ? (
            <CheckboxGroup
              name="sure"
              label={t('amendments.decide.changed')}
              error={form.error('sure')}
              options={[{ value: 'on', label: t('amendments.decide.sure') }]}
            />
          ) : null}
          <TextArea
            name="reason"
            id="f-note"
            rows={3}
            label={t('amendments.decide.note')}
            optional={t('document.optional')}
            value={form.value('reason')}
            error={form.error('reason')}
          />
          <Button>{t('amendments.accept')}</Button>
        </form>
      )}
    </>
  );
}

/** What the committee does with it, and the base that has proposed it. */
export async function Deciding({ one }: Props) {
  const { t } = await words();
  const rejection = await formState('reject');
  const taking = await formState('withdraw');
  const { decide, withdraw: mayWithdraw } = one.abilities;
  return (
    <>
      {decide ? (
        <section className="stack" id="decidir">
          <h2>{t('amendments.decide')}</h2>
          <Accept id={one.id} />
          <h3>{t('amendments.reject')}</h3>
          <FormProblem form={rejection} />
          <form className="form" action={reject}>
            <input type="hidden" name="id" value={one.id} />
            <TextArea
              name="reason"
              required
              rows={4}
              label={t('amendments.reject.why')}
              hint={t('amendments.reject.why.hint')}
              limit={{ max: whyAtMost, words: t('amendments.limit', { max: whyAtMost }) }}
              value={rejection.value('reason')}
              error={rejection.error('reason')}
            />
            <Button kind="secondary">{t('amendments.reject')}</Button>
          </form>
        </section>
      ) : null}
      {mayWithdraw ? (
        <Disclosure summary={t('amendments.withdraw')} open={taking.failed}>
          <FormProblem form={taking} />
          <form className="form" action={withdraw}>
            <input type="hidden" name="id" value={one.id} />
            <p>{t('amendments.withdraw.line')}</p>
            <Button kind="danger">{t('amendments.withdraw')}</Button>
          </form>
        </Disclosure>
      ) : null}
    </>
  );
}
