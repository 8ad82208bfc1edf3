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
    if (effect.what === 'tied' || effect.what === 'untied')
      return t(`document.effect.${effect.what}`, { article: effect.article, number: effect.concern });
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
