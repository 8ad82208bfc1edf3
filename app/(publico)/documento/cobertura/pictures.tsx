import { areaTitle, placeTitle } from '~/app/_form/labels';
import { Disclosure } from '~/app/_ui/disclosure';
import { Table } from '~/app/_ui/table';
import { areas } from '~/db/reference/areas';
import { words } from '~/server/caller';
import { columns } from '~/server/document/rules/coverage';
import type { ForumOutputs } from '~/server/root';
import { picture, sample } from './picture';

type Coverage = ForumOutputs['document']['coverage'];
const countsOf = ({ raised, answered, articles }: Coverage['byGroup'][number]) => ({
  raised,
  answered,
  articles,
});
const groupHatch = 'rayas-g';

// One string each: as elements every mark would be rendered twice (docs/decisions/002).
const Drawn = ({ svg }: { svg: string }) => (
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by picture(), which escapes every word.
  <div dangerouslySetInnerHTML={{ __html: svg }} />
);

/** Areas by kind of group: the picture with its numbers, and the same as a table. */
export async function Groups({ coverage }: { coverage: Coverage }) {
  const { t, locale } = await words();
  const svg = picture({
    id: groupHatch,
    label: t('document.coverage.picture.groups'),
    heads: columns.map((key) => t(`document.coverage.short.${key}`)),
    lines: coverage.byGroup.map((line) => ({
      name: areaTitle(locale, line.area),
      aside: t('document.coverage.aside', countsOf(line)),
      marks: line.cells,
    })),
    widest: 17,
    numbers: true,
  });
  return (
    <section className="stack" id="grupos">
      <h2>{t('document.coverage.groups')}</h2>
      <p className="hint">{t('document.coverage.groups.line')}</p>
      <Drawn svg={svg} />
      <Disclosure summary={t('document.coverage.table.open')}>
        <Table
          caption={t('document.coverage.table.groups')}
          columns={[
            { label: t('document.coverage.column.area') },
            ...columns.map((key) => ({ label: t(`document.coverage.group.${key}`), numeric: true })),
            { label: t('document.coverage.column.all'), numeric: true },
            { label: t('document.coverage.column.articles'), numeric: true },
          ]}
          rows={coverage.byGroup.map((line) => ({
            key: line.area,
            cells: [
              areaTitle(locale, line.area),
              ...line.cells.map((cell) => t('document.coverage.cell', cell)),
              t('document.coverage.cell', countsOf(line)),
              line.articles,
            ],
          }))}
        />
      </Disclosure>
    </section>
  );
}

/** What each mark says. */
export async function Key() {
  const { t } = await words();
  const marks = [
    { raised: 2, answered: 2, gap: 'whole' },
    { raised: 3, answered: 1, gap: 'part' },
    { raised: 2, answered: 0, gap: 'unanswered' },
    { raised: 0, answered: 0, gap: 'unheard' },
    { raised: 0, answered: 0, gap: 'nothing' },
  ] as const;
  return (
    <section className="stack">
      <h2>{t('document.coverage.key')}</h2>
      <ul className="key">
        {marks.map((mark) => (
          <li key={mark.gap}>
            <Drawn svg={sample(groupHatch, mark)} />
            {t(`document.coverage.gap.${mark.gap}`)}
          </li>
        ))}
      </ul>
      <p>{t('document.coverage.key.size')}</p>
    </section>
  );
}

/** Departments by area: fewer numbers in the picture, all of them in the table. */
export async function Departments({ coverage }: { coverage: Coverage }) {
  const { t, locale } = await words();
  const { departments, byDepartment } = coverage;
  const marksOf = (department: string) =>
    byDepartment.map((line) => line.cells.find(({ key }) => key === department)!);
  if (departments.length === 0) return null;
  const svg = picture({
    id: 'rayas-d',
    label: t('document.coverage.picture.departments'),
    heads: areas.map(({ number }) => String(number)),
    lines: departments.map((one) => ({
      name: placeTitle(one.key),
      aside: t('document.coverage.aside.department', one),
      marks: marksOf(one.key),
    })),
    widest: 11,
    numbers: false,
  });
  return (
    <section className="stack" id="departamentos">
      <h2>{t('document.coverage.departments')}</h2>
      <Drawn svg={svg} />
      <p className="hint">
        {t('document.coverage.departments.line')}{' '}
        {areas.map(({ slug, number }) => `${number} ${areaTitle(locale, slug)}`).join(' · ')}
      </p>
      <Disclosure summary={t('document.coverage.table.open')}>
        <Table
          caption={t('document.coverage.table.departments')}
          columns={[
            { label: t('document.coverage.column.department') },
            ...areas.map(({ slug }) => ({ label: areaTitle(locale, slug), numeric: true })),
          ]}
          rows={departments.map((one) => ({
            key: one.key,
            cells: [
              placeTitle(one.key),
              ...marksOf(one.key).map((cell) => t('document.coverage.cell', cell)),
            ],
          }))}
        />
      </Disclosure>
    </section>
  );
}
