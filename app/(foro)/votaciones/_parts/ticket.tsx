import { dateAndHour } from '~/app/_form/format';
import { caller, words } from '~/server/caller';

/** What this voter's phone needs to seal a sheet when the network has gone; nothing for who has no ballot here. */
export async function Ticket({ id }: { id: string }) {
  const { manifest, key, ticket } = await (await caller()).ballots.sealing({ id });
  if (!ticket) return null;
  const { t, locale } = await words();
  const since = t('ballots.offline.since', { when: dateAndHour(locale, new Date()) });
  const data = { 'data-manifest': manifest!, 'data-key': key!, 'data-ticket': ticket, 'data-since': since };
  return <div id="boleto" hidden data-ballot={id} {...data} />;
}
