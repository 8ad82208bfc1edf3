import { ballotsWaiting, holdBallot, sendBallot, sendBallots, type Waiting, whenTold } from './ballots';
import { button, element, link, notice, owner, say } from './page';
import { sealSheet } from './seal-sheet';
import { type Ticket, ticketOf } from './ticket';

// «Votar sin señal»: the questions one by one, the review, and the sealing. What is chosen is in this tab's memory alone.
const part = (id: string) => document.getElementById(id)!;
const two = (n: number) => String(n).padStart(2, '0');

/** A random UUID, on phones that have no `randomUUID` as well. */
function number(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

async function sealed(mine: Ticket, answers: readonly number[]): Promise<Waiting> {
  const { ballot, manifest, ticket, key } = mine;
  const sheet = number();
  const now = new Date();
  const bound = { ballot, manifest, sheet, ticket };
  const closed = await sealSheet(key, bound, answers);
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return { day, input: { id: ballot, manifest, sheet, ticket, sealed: closed } };
}

function fillIn(place: HTMLElement, mine: Ticket): void {
  const words: Record<string, string> = JSON.parse(place.dataset.words!);
  const questions = [...part('preguntas').children] as HTMLElement[];
  const heads = questions.map((one) => one.querySelector('h2')!.textContent!);
  const title = document.querySelector<HTMLElement>('h1')!;
  const lead = document.querySelector<HTMLElement>('.lead')!;
  const radios = [...place.querySelectorAll<HTMLInputElement>('[type=radio]')];
  const labels = radios.map((one) => one.parentElement!.querySelector('b')!.textContent!);
  const answers = questions.map(() => 0);
  const review = part('repaso');
  const list = part('lista');
  let at = 0;

  const head = (text: string, below: string) => {
    title.textContent = text;
    lead.textContent = below;
    title.tabIndex = -1;
    title.focus();
    scrollTo(0, 0);
  };
  const only = (shown: HTMLElement | null) => {
    document.getElementById('antes')?.remove();
    part('preguntas').hidden = !shown;
    place.hidden = !shown;
    questions.forEach((one) => {
      one.hidden = one !== shown;
      one.removeAttribute('data-said');
    });
    shown?.setAttribute('data-said', '');
    part('dicho').toggleAttribute('data-said', !!shown);
    review.hidden = true;
    part('falta').hidden = true;
  };
  const ask = (next: number) => {
    at = next;
    only(questions[at]!);
    questions[at]!.querySelector<HTMLElement>('h2')!.hidden = true;
    radios.forEach((one, i) => {
      one.checked = answers[at] === i + 1;
    });
    part('atras').hidden = at === 0;
    head(heads[at]!, words.at!.replace('{n}', String(at + 1)).replace('{total}', String(heads.length)));
  };
  const look = () => {
    only(null);
    list.textContent = '';
    heads.forEach((text, i) => {
      const row = element('li', 'stack');
      const change = button(words.change!, () => ask(i));
      change.setAttribute('aria-label', `${words.change}: ${text}`);
      const said = element('p', '', `${text}: `);
      said.append(element('b', '', labels[answers[i]! - 1]));
      row.setAttribute('data-said', '');
      row.append(said, change);
      list.append(row);
    });
    review.hidden = false;
    head(words.review!, words.lead!);
  };
  /** Nothing of it is on the page any more, nor does «back» bring it up. */
  const wipe = () => {
    answers.fill(0);
    list.textContent = '';
    place.remove();
    review.remove();
    part('preguntas').remove();
  };
  const keep = async () => {
    const one = await sealed(mine, answers);
    const held = holdBallot(mine.owner, one);
    if (!held) {
      // Then it can only go at once, from a page of hers.
      const answer = owner ? await sendBallot(one) : null;
      if (answer?.is !== 'told') return notice('sin-guardar', 'bad', words.unkept!).focus();
      notice('sin-guardar', 'ok', answer.told.sentence ?? say('ballot_received'));
      if (answer.told.tracker) part('sin-guardar').append(element('p', 'text-2xl', answer.told.tracker));
    }
    wipe();
    head(words.kept!, words.keptLead!);
    lead.after(link(words.back!, `/votaciones/${mine.ballot}`));
    whenTold(() => ballotsWaiting().length === 0 && head(words.sent!, ''));
    await sendBallots(false);
  };

  for (const [i, one] of radios.entries())
    one.onchange = () => {
      answers[at] = i + 1;
    };
  part('empieza').onclick = () => ask(0);
  part('atras').onclick = () => ask(at - 1);
  part('sigue').onclick = () => {
    if (answers[at] === 0) {
      part('falta').hidden = false;
      part('falta').focus();
      return;
    }
    const gap = answers.indexOf(0);
    if (gap < 0) look();
    else ask(answers[at + 1] === 0 ? at + 1 : gap);
  };
  let busy = false;
  part('guarda').onclick = async () => {
    if (busy) return;
    busy = true;
    await keep().catch(() => notice('sin-guardar', 'bad', words.unable!).focus());
    busy = false;
  };
  addEventListener('pagehide', wipe);
  part('desde').textContent = mine.since;
  part('listo').hidden = false;
}

export function startSheet(): void {
  const place = document.getElementById('papeleta');
  if (!place) return;
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  const mine = ticketOf(place.dataset.ballot!);
  // Nothing to do it with: the page says where one votes instead.
  if (!window.crypto?.subtle) part('no-puede').hidden = false;
  else if (mine) {
    const why = document.getElementById('sin-boleto');
    if (why) why.hidden = true;
    fillIn(place, mine);
  }
}
