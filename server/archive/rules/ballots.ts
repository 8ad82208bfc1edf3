import { dayOf, type Html, h, page, t } from './html';
import type { Ballot } from './reader';

type Question = NonNullable<Ballot['questions']>[number];

/** An article, the text of an amendment that stood beside it or apart, or the whole text. */
function questionOf({ article, rival }: Question): string {
  if (rival && article?.number) {
    const said = { number: article.number, by: rival.by };
    return t(rival.kind === 'remove' ? 'ballots.question.rival.remove' : 'ballots.question.rival', said);
  }
  if (rival) return t('ballots.question.rival.add', { title: rival.title, by: rival.by });
  return article?.number
    ? t('document.article.title', { number: article.number, title: article.title ?? '' })
    : t('document.archive.whole');
}

const counted = (
  ballot: Ballot,
): Html => h`<table><thead><tr><th>${t('document.archive.question')}</th><th>${t('ballots.choice.si')}</th><th>${t('ballots.choice.no')}</th><th>${t('ballots.choice.abstencion')}</th><th></th></tr></thead>
<tbody>${(ballot.questions ?? []).map(
  (one) =>
    h`<tr><td>${questionOf(one)}${one.holds ? h`<br><b>${t('ballots.rival.holds')}</b>` : null}</td><td>${one.yes ?? '—'}</td><td>${one.no ?? '—'}</td><td>${one.abstain ?? '—'}</td><td>${t(`ballots.verdict.${one.verdict}` as 'ballots.verdict.aprobado')}</td></tr>`,
)}</tbody></table>`;

/** Nobody took a slip home from a vote in the room, nor keeps one of what was annulled. */
export const hasReceipts = ({ state, method, annulled }: Ballot): boolean =>
  state === 'closed' && method === 'secret' && annulled === null;

/** Every ballot that was announced, with its counts where it is over. */
export const ballotsPage = (ballots: readonly Ballot[]): string =>
  page({
    title: t('document.archive.ballots'),
    depth: 1,
    body: [
      ballots.length === 0 ? h`<p>${t('document.archive.none')}</p>` : h``,
      ...ballots.map(
        (ballot) => h`<article><h2>${ballot.title}</h2>
<p class="hint">${t(`ballots.state.${ballot.state}`)} · ${dayOf(ballot.closesAt)}</p>
${ballot.turnout ? h`<p>${t('document.archive.turnout', ballot.turnout)}</p>` : null}
${ballot.state === 'closed' ? h`${counted(ballot)}${hasReceipts(ballot) ? h`<p><a href="../datos/comprobantes-${ballot.id}.txt">${t('document.archive.trackers')}</a></p>` : null}` : null}</article>`,
      ),
    ],
  });
