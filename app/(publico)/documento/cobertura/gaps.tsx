import { listInWords } from '~/app/_form/format';
import { areaTitle } from '~/app/_form/labels';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

type Coverage = ForumOutputs['document']['coverage'];

/** What the picture shows at its emptiest, in sentences: raised and not answered; answered without that voice. */
export async function Gaps({ coverage }: { coverage: Coverage }) {
  const { t, locale } = await words();
  const spoken = new Set(coverage.groups.filter(({ raised }) => raised > 0).map(({ key }) => key));
  const of = (gap: 'unanswered' | 'unheard') =>
    coverage.byGroup.flatMap((line) => {
      // Who raised nothing anywhere is no gap of one area.
      const names = line.cells
        .filter((cell) => cell.gap === gap && spoken.has(cell.key))
        .map((cell) => t(`document.coverage.group.${cell.key}`));
      return names.length > 0
        ? [
            t('document.coverage.gaps.item', {
              area: areaTitle(locale, line.area),
              names: listInWords(locale, names),
            }),
          ]
        : [];
    });
  const lists = (['unanswered', 'unheard'] as const)
    .map((gap) => ({ gap, items: of(gap) }))
    .filter(({ items }) => items.length > 0);
  return (
    <section className="stack" id="falta">
      <h2>{t('document.coverage.gaps')}</h2>
      {lists.length === 0 ? <p>{t('document.coverage.gaps.none')}</p> : null}
      {lists.map(({ gap, items }) => (
        <div key={gap}>
          <h3>{t(`document.coverage.gaps.${gap}`)}</h3>
          <ul className="prose">
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
