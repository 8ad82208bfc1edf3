import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { CheckboxGroup } from '~/app/_ui/checkbox-group';
import { Disclosure } from '~/app/_ui/disclosure';
import { Notice } from '~/app/_ui/notice';
import { Table } from '~/app/_ui/table';
import type { MessageKey, Translator } from '~/messages/catalogue';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { drop, start } from './actions';

type File = ForumOutputs['associations']['padronImport'];

const wrong = (t: Translator, error: File['errors'][number]) => ({
  key: `${error.row} ${error.column}`,
  cells: [
    t('associations.import.row', { row: error.row }),
    t(`associations.import.column.${error.column}` as MessageKey),
    t(`associations.import.wrong.${error.reason}` as MessageKey),
    error.value,
  ],
});

/** Everything that keeps the file from being imported: with one wrong row nobody is enrolled. */
function Wrong({ t, file }: { t: Translator; file: File }) {
  return (
    <>
      <Notice tone="error" word={t('associations.import.wrong', { n: file.errors.length })}>
        {t('associations.import.wrong.line')}
      </Notice>
      <Table
        caption={t('associations.import.wrong.caption')}
        columns={['row', 'column', 'why', 'value'].map((name) => ({
          label: t(`associations.import.head.${name}` as MessageKey),
        }))}
        rows={file.errors.map((error) => wrong(t, error))}
      />
    </>
  );
}

function Twins({ t, name, twins }: { t: Translator; name: 'already' | 'repeated'; twins: File['already'] }) {
  if (twins.count === 0) return null;
  return (
    <>
      <CheckboxGroup
        name={name === 'already' ? 'leaveOutPresent' : 'leaveOutRepeated'}
        label={t(`associations.import.${name}`, { n: twins.count })}
        value={['on']}
        options={[{ value: 'on', label: t(`associations.import.${name}.leave`) }]}
      />
      <Disclosure summary={t('associations.import.who')}>
        <ul>
          {twins.some.map(({ row, name: twin }) => (
            <li key={row}>
              {t('associations.import.row', { row })}: {twin}
            </li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}

/** What the file says, before anything happens. */
export async function Preview({ file }: { file: File }) {
  const { t } = await words();
  const hidden = (
    <>
      <input type="hidden" name="id" value={file.id} />
      <input type="hidden" name="base" value={file.association.id} />
    </>
  );
  const ready = file.state === 'preview' && file.errors.length === 0;
  return (
    <Card title={t('associations.import.preview', { n: file.people })}>
      {file.errors.length > 0 ? <Wrong t={t} file={file} /> : null}
      {ready ? (
        <form className="form" action={start}>
          {hidden}
          <Twins t={t} name="already" twins={file.already} />
          <Twins t={t} name="repeated" twins={file.repeated} />
          <Button>{t('associations.import.start')}</Button>
        </form>
      ) : null}
      {ready ? (
        <Table
          caption={t('associations.import.sample')}
          columns={['row', 'name', 'sex', 'title'].map((name) => ({
            label: t(`associations.import.head.${name}` as MessageKey),
          }))}
          rows={file.sample.map(({ row, name, sex, title }) => ({
            key: String(row),
            cells: [
              t('associations.import.row', { row }),
              name,
              sex ? t(`associations.sex.${sex}`) : '',
              title ?? '',
            ],
          }))}
        />
      ) : null}
      <form action={drop}>
        {hidden}
        <Button kind="quiet">{t('associations.import.drop')}</Button>
      </form>
    </Card>
  );
}
