import { listInWords } from '~/app/_form/format';
import { areaTitle } from '~/app/_form/labels';
import { Disclosure } from '~/app/_ui/disclosure';
import { Paragraphs } from '~/app/_ui/paragraphs';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Effect = ForumOutputs['document']['act']['effects'][number];

/** What an undo would put back, one line for each thing; words stand behind a line that opens. */
export async function Effects({ effects }: { effects: Effect[] }) {
  const { t, locale } = await words();
  const line = (effect: Effect): string => {
    if (effect.what === 'state')
      return t('document.effect.state', {
        number: effect.concern,
        state: t(`concerns.state.${effect.was as 'recibida'}`),
      });
    if (effect.what === 'tied' || effect.what === 'untied') {
      const numbers = effects.flatMap((one) =>
        one.what === effect.what && one.article === effect.article ? [one.concern] : [],
      );
      return t(`document.effect.${effect.what}`, {
        article: effect.article,
        n: numbers.length,
        numbers: listInWords(
          locale,
          numbers.sort((a, b) => a - b).map((number) => String(number)),
        ),
      });
    }
    const area = 'area' in effect && effect.area ? areaTitle(locale, effect.area) : '';
    const was = effect.what === 'title' ? effect.was : '';
    return t(`document.effect.${effect.what}`, { article: effect.article, area, was });
  };
  const texts = effects.flatMap((effect) => (effect.what === 'words' ? [effect] : []));
  const lines = [...new Set(effects.filter((effect) => effect.what !== 'words').map(line))];
  return (
    <>
      <ul>
        {lines.map((one) => (
          <li key={one}>{one}</li>
        ))}
        {texts.map((effect) => (
          <li key={effect.article}>{line(effect)}</li>
        ))}
      </ul>
      {texts.map((effect) => (
        <Disclosure key={effect.article} summary={t('document.effect.text', { article: effect.article })}>
          <Paragraphs text={effect.was} />
        </Disclosure>
      ))}
    </>
  );
}
