import QRCode from 'qrcode';
import { dateAndHour } from '~/app/_form/format';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { DefinitionList } from '~/app/_ui/definition-list';
import { Notice } from '~/app/_ui/notice';
import { QrFrame } from '~/app/_ui/qr-frame';
import { words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';

export type Receipt = { ballot: ForumOutputs['ballots']['detail']; tracker: string };

/** The slip to take along: five words, the same as QR, which ballot it is of, and where it can be looked for. */
export async function Slip({ ballot, tracker }: Receipt) {
  const { t, locale } = await words();
  const svg = await QRCode.toString(tracker, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  const when = dateAndHour(locale, new Date(ballot.closesAt));
  return (
    <Card title={t('ballots.received.words')}>
      <p className="text-2xl font-bold" data-said>
        {tracker}
      </p>
      <p>{t('ballots.received.words.line')}</p>
      <QrFrame svg={svg} label={t('ballots.received.qr')} />
      <DefinitionList
        items={[
          { term: t('ballots.received.ballot'), value: ballot.title },
          { term: t('ballots.received.where'), value: t('ballots.received.where.line', { when }) },
          {
            term: t('ballots.received.seal'),
            value: <code className="break-all">{ballot.manifestSha256?.slice(0, 16)}</code>,
          },
        ]}
      />
    </Card>
  );
}

/** What is shown and read aloud of a sheet that came in. */
export async function Arrived({ ballot, tracker }: Receipt) {
  const { t } = await words();
  return (
    <div className="stack" data-say>
      <h1>{t('ballots.received.title')}</h1>
      <Notice tone="success" live word={t('ballots.received.title')}>
        <p>{t('ballots.received.line')}</p>
      </Notice>
      <Slip ballot={ballot} tracker={tracker} />
    </div>
  );
}

/** The receipt on one's own phone. It says that a sheet came in, and never what it said. */
export async function Received({ ballot, tracker }: Receipt) {
  const { t } = await words();
  return (
    <>
      <Arrived ballot={ballot} tracker={tracker} />
      <p className="hint noprint">{t('ballots.received.print')}</p>
      <Button kind="secondary" href={`/votaciones/${ballot.id}`}>
        {t('ballots.received.back')}
      </Button>
    </>
  );
}
