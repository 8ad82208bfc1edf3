import { areaTitle, articleTitle, authorityName, itemTitle } from '~/app/_form/labels';
import { changeWords } from '~/app/_frame/change-words';
import { Card } from '~/app/_ui/card';
import { Changed } from '~/app/_ui/changed';
import { Pair } from '~/app/_ui/pair';
import { StatePill } from '~/app/_ui/state-pill';
import { words } from '~/server/caller';
import { type Fate, sentenceOf } from './sentence';

const pillOf = {
  new: 'open',
  retired: 'refused',
  changed: 'moving',
  moved: 'moving',
  renumbered: 'moving',
  same: 'closed',
} as const;
type Difference = NonNullable<Fate['difference']>;
type Row = Difference['written'][number]['rows'][number];
type Side = 'out' | 'in';

/** One side of what changed: the words as they were with what went, or as they are with what came. */
async function Half({ rows, side }: { rows: readonly Row[]; side: Side }) {
  const { t } = await words();
  const spoken = await changeWords();
  return (
    <div className="prose written">
      {rows.map((row, i) => {
        if (row.kind === 'fold')
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and none ever moves.
            <p className="hint" key={i}>
              {t('drafts.compare.fold', { n: row.lines })}
            </p>
          );
        const pieces = row.pieces.filter(({ kind }) => kind === 'same' || kind === side);
        if (pieces.length === 0) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same.
          <p key={i}>
            <Changed pieces={pieces} words={spoken} />
          </p>
        );
      })}
    </div>
  );
}

/** What changed in the words of one part of an article, the two versions beside each other. */
async function Written(props: { field: string; rows: readonly Row[]; before: number; after: number }) {
  const { t } = await words();
  const title = (n: number) =>
    t('document.compare.side', { field: t(`document.compare.part.${props.field}` as 'document.law'), n });
  return (
    <Pair
      left={{ title: title(props.before), children: <Half rows={props.rows} side="out" /> }}
      right={{ title: title(props.after), children: <Half rows={props.rows} side="in" /> }}
    />
  );
}

/** What came into a list and what went out of it. */
async function Listed({ field, ...list }: Difference['listed'][number]) {
  const { t, locale } = await words();
  const name = {
    areas: (slug: string) => areaTitle(locale, slug),
    addressees: authorityName,
    library: itemTitle,
  }[field];
  const pieces = [
    ...list.out.map((slug) => ({ kind: 'out' as const, text: name(slug) })),
    ...list.in.map((slug) => ({ kind: 'in' as const, text: name(slug) })),
  ];
  const spoken = await changeWords();
  return (
    <p>
      <b>{t(`document.compare.part.${field}`)}:</b>{' '}
      {pieces.map((piece) => (
        <span key={piece.text}>
          <Changed pieces={[piece]} words={spoken} />
          {piece === pieces.at(-1) ? null : ' · '}
        </span>
      ))}
    </p>
  );
}

/** What became of one article between two versions: a sentence, and its words beside each other. */
export async function ComparedArticle(props: {
  fate: Fate;
  before: number;
  after: number;
  /** Where the whole of it is shown. */
  whole: string;
}) {
  const { t, locale } = await words();
  const { fate, before, after } = props;
  const { difference } = fate;
  const shown = fate.after ?? fate.before!;
  const read = (version: number, place: { number: number } | null) =>
    place ? (
      <a href={`/documento/v/${version}/art/${place.number}`}>
        {t('document.compare.read', { number: place.number, n: version })}
      </a>
    ) : null;
  return (
    <Card
      id={`art-${fate.id}`}
      title={articleTitle(t, shown)}
      aside={<StatePill state={pillOf[fate.kind]}>{t(`document.compare.kind.${fate.kind}`)}</StatePill>}
    >
      <p>{sentenceOf(t, locale, fate)}</p>
      {difference?.written.map((text) => (
        <Written key={text.field} {...text} before={before} after={after} />
      ))}
      {difference?.listed.map((list) => (
        <Listed key={list.field} {...list} />
      ))}
      {fate.more ? (
        <p>
          <a href={props.whole}>{t('document.compare.whole', { number: shown.number })}</a>
        </p>
      ) : null}
      <p className="row">
        {read(before, fate.before)} {read(after, fate.after)}
      </p>
    </Card>
  );
}
