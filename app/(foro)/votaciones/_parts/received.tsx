import QRCode from 'qrcode';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { Notice } from '~/app/_ui/notice';
import { QrFrame } from '~/app/_ui/qr-frame';
import { words } from '~/server/caller';

/** The receipt: five words and the same as QR. It says that a sheet came in, and never what it said. */
export async function Received({ ballotId, tracker }: { ballotId: string; tracker: string }) {
  const { t } = await words();
  const svg = await QRCode.toString(tracker, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  return (
    <>
      <h1>{t('ballots.received.title')}</h1>
      <Notice tone="success" live word={t('ballots.received.title')}>
        {t('ballots.received.line')}
      </Notice>
      <Card title={t('ballots.received.words')}>
        <p className="text-2xl font-bold">{tracker}</p>
        <p>{t('ballots.received.words.line')}</p>
        <QrFrame svg={svg} label={t('ballots.received.qr')} />
        <p className="hint">{t('ballots.received.after')}</p>
      </Card>
      <Button kind="secondary" href={`/votaciones/${ballotId}`}>
        {t('ballots.received.back')}
      </Button>
    </>
  );
}
