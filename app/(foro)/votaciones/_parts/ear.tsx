import { Icon } from '~/app/_ui/icon';
import { words } from '~/server/caller';

const told = [
  'again',
  'yes',
  'no',
  'fourth',
  'leave',
  'intro',
  'asked',
  'chose',
  'chosen',
  'review',
  'send',
  'sure',
  'offline',
  'stopped',
] as const;

/** The button that covers the screen and lets the sheet be heard; the light script shows it where there is a voice. */
export async function ByEar() {
  const { t } = await words();
  const said = {
    ...Object.fromEntries(told.map((key) => [key, t(`ballots.ear.${key}`)])),
    si: t('ballots.choice.si'),
    no: t('ballots.choice.no'),
    abstencion: t('ballots.ear.abstain'),
  };
  return (
    <button type="button" id="oido" className="btn voice" data-words={JSON.stringify(said)} hidden>
      <Icon name="listen" />
      {t('ballots.ear')}
    </button>
  );
}
