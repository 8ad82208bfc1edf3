import './card.css';
import { shortDate, unbroken } from '~/app/_form/format';
import { StepDrawing, type StepName } from '~/app/_ui/drawings/step-drawing';
import { QrFrame } from '~/app/_ui/qr-frame';
import { caller, words } from '~/server/caller';
import { cardQr, entryAddress } from './qr';

const steps: readonly { key: 'scan' | 'type' | 'choose'; drawing: StepName }[] = [
  { key: 'scan', drawing: 'phone' },
  { key: 'type', drawing: 'card' },
  { key: 'choose', drawing: 'lock' },
];

/**
 * One card as it is printed, eight to an A4 sheet (`<PrintSheet columns={2}>`), in black and white.
 * `number` as it is shown, 1234-5678; `code` as `issueCard` gave it, which is now or never.
 */
export async function PrintedCard(props: { name: string; number: string; code: string }) {
  const { t, locale } = await words();
  const forum = await (await caller()).forum.face();
  const where = (await entryAddress()).replace(/^https?:\/\//, '');
  return (
    <article className="crd">
      <QrFrame svg={await cardQr(props.code)} label={t('people.card.qr', { name: props.name })} />
      <div>
        <p className="crd-f">{forum.name ?? 'Frente Unido'}</p>
        <p className="crd-n">{props.name}</p>
        <p>
          {t('people.card.number')} <b>{unbroken(props.number)}</b>
        </p>
        <p>
          {t('people.card.code')} <code>{props.code}</code>
        </p>
      </div>
      <ol>
        {steps.map(({ key, drawing }) => (
          <li key={key}>
            <StepDrawing name={drawing} size={1.75} />
            <span>{t(`people.card.${key}`, { where })}</span>
          </li>
        ))}
      </ol>
      <p className="crd-u">{t('people.card.until', { day: shortDate(locale, new Date()) })}</p>
    </article>
  );
}
