import { FormProblem } from '~/app/_form/form-problem';
import { areaOptions } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { Button } from '~/app/_ui/button';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { Disclosure } from '~/app/_ui/disclosure';
import { RadioGroup } from '~/app/_ui/radio-group';
import { TextArea } from '~/app/_ui/text-area';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { close, setAttribution, setPurpose } from '../actions';

/** What who coordinates keeps in order: the purpose, the areas, the end. */
export async function Keeping({ space }: { space: ForumOutputs['spaces']['detail'] }) {
  const { t, locale } = await words();
  const [purpose, credit, closing] = await Promise.all([
    formState('purpose'),
    formState('attribution'),
    formState('close'),
  ]);
  return (
    <>
      {space.abilities.edit ? (
        <Disclosure summary={t('spaces.purpose.summary')} open={purpose.failed}>
          <FormProblem form={purpose} />
          <form className="form" action={setPurpose}>
            <input type="hidden" name="id" value={space.id} />
            <TextArea
              name="purpose"
              rows={3}
              required
              label={t('spaces.purpose')}
              value={purpose.value('purpose') ?? space.purpose}
              error={purpose.error('purpose')}
            />
            <CheckboxGroup
              name="areas"
              two
              label={t('spaces.areas')}
              value={purpose.failed ? purpose.values('areas') : space.areas}
              error={purpose.error('areas')}
              options={areaOptions(locale)}
            />
            <Button kind="secondary">{t('spaces.purpose.save')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {space.abilities.edit ? (
        <Disclosure summary={t('spaces.attribution.summary')} open={credit.failed}>
          <FormProblem form={credit} />
          <form className="form" action={setAttribution}>
            <input type="hidden" name="id" value={space.id} />
            <RadioGroup
              name="attribution"
              required
              label={t('spaces.attribution')}
              value={credit.value('attribution') ?? space.attribution}
              error={credit.error('attribution')}
              options={(['base', 'person', 'off'] as const).map((value) => ({
                value,
                label: t(`spaces.attribution.${value}`),
                meaning: t(`spaces.attribution.${value}.meaning`),
              }))}
            />
            <Button kind="secondary">{t('spaces.attribution.save')}</Button>
          </form>
        </Disclosure>
      ) : null}
      {space.abilities.close ? (
        <Disclosure summary={t('spaces.close.summary')} open={closing.failed}>
          <FormProblem form={closing} />
          <form className="form" action={close}>
            <input type="hidden" name="id" value={space.id} />
            <p>{t('spaces.close.line')}</p>
            <Button kind="danger">{t('spaces.close')}</Button>
          </form>
        </Disclosure>
      ) : null}
    </>
  );
}
