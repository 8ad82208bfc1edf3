import { button, h } from '~/app/_keyring/frame/dom';
import type { Draft } from '../../drafts';
import { type Texts, titleOf } from '../../texts';
import { moved, Writing } from '../../writing';
import type { Ctx } from '../context';
import { note } from './kit';
import { paragraphs } from './reading';

const [flushAfterMs, againAfterMs] = [1500, 4000];

/**
 * One text in a plain field that everybody writes in: what others write comes in while the cursor stays where it is, and
 * what she writes goes out in batches. Nobody sees who is at it.
 */
export function openText(ctx: Ctx, texts: Texts, draft: Draft, back: () => void): void {
  const { say, session } = ctx;
  const field = h('textarea', {
    id: 'text',
    rows: 14,
    'aria-label': say('texts.body'),
    autocapitalize: 'sentences',
    autocomplete: 'off',
    // The phone's dictionary learns what is written in a room.
    autocorrect: 'off',
    spellcheck: 'false',
  });
  const status = h('p', { class: 'hint', role: 'status' });
  const aside = h('div', { class: 'stack' });
  const read = h('div', { class: 'read' });
  let composing = false;
  let timer = 0;
  let over = false;

  const writing = new Writing(draft, (delta) => {
    if (composing) return;
    const [start, end, top] = [field.selectionStart, field.selectionEnd, field.scrollTop];
    const { text } = writing;
    field.value = text;
    const place = (one: number) => Math.min(text.length, delta ? moved(one, delta) : one);
    field.setSelectionRange(place(start), place(end));
    field.scrollTop = top;
    if (delta) aside.dataset.other = '1';
  });
  const tell = () => {
    const { kept } = writing;
    status.textContent = kept === 'saved' && aside.dataset.other ? say('texts.other') : say(`texts.${kept}`);
    delete aside.dataset.other;
    if (draft.doubted && !aside.firstChild) aside.append(note('bad', say('texts.doubted')));
    if (writing.lost && !aside.firstChild) aside.append(...lostWords());
  };
  const lostWords = () => [
    note('warn', say('texts.stale')),
    h('pre', { class: 'lost' }, writing.lost),
    button('sec', say('texts.take_along'), () => {
      writing.takeAlong();
      field.value = writing.text;
      aside.replaceChildren();
      soon();
    }),
  ];
  const flush = async () => {
    clearTimeout(timer);
    timer = 0;
    await writing.flush();
    if (over) return;
    if (writing.kept === 'saving' || writing.kept === 'saved') await session.catchUp().catch(() => {});
    hear();
    if (writing.kept === 'away' || writing.kept === 'not_now') soon(againAfterMs);
  };
  const soon = (after = flushAfterMs) => {
    timer ||= window.setTimeout(() => void flush(), after);
    tell();
  };
  const write = () => {
    if (composing) return;
    writing.edit(field.value, field.selectionStart);
    if (writing.isPending) soon();
  };
  const hear = () => {
    texts.all();
    tell();
  };
  texts.mine = (id, update) => {
    if (id === draft.id) writing.heardMine(update);
  };
  field.addEventListener('input', write);
  field.addEventListener('compositionstart', () => {
    composing = true;
  });
  field.addEventListener('compositionend', () => {
    composing = false;
    write();
    // What came while a word was being put together comes in now.
    if (field.value !== writing.text) field.value = writing.text;
  });
  /** Before the frame forgets its keys, what has been written goes out. */
  const hide = () => {
    if (document.visibilityState === 'hidden') void writing.flush();
  };
  addEventListener('visibilitychange', hide, true);
  const stop = async () => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    removeEventListener('visibilitychange', hide, true);
    texts.mine = null;
    await writing.flush();
    writing.stop();
  };
  ctx.host.onLock(() => {
    over = true;
    clearTimeout(timer);
    removeEventListener('visibilitychange', hide, true);
  });

  const heading = () => {
    const start = field.value.lastIndexOf('\n', field.selectionStart - 1) + 1;
    const is = field.value.startsWith('# ', start);
    const cursor = field.selectionStart;
    field.value =
      field.value.slice(0, start) + (is ? field.value.slice(start + 2) : `# ${field.value.slice(start)}`);
    const place = Math.max(start, cursor + (is ? -2 : 2));
    field.setSelectionRange(place, place);
    // The change begins at the line's head, wherever the cursor stands.
    writing.edit(field.value, is ? start : start + 2);
    soon();
    field.focus();
  };
  const show = (reading: boolean) => {
    field.hidden = reading;
    read.hidden = !reading;
    tools.hidden = reading;
    turn.textContent = say(reading ? 'texts.write' : 'texts.read');
    if (reading) read.replaceChildren(...paragraphs(writing.text));
  };
  const turn = button('sec', say('texts.read'), () => show(read.hidden === true));
  const tools = h('div', { class: 'tools' }, button('sec', say('texts.heading'), heading));
  const tidy = async () => {
    await flush();
    const done = await ctx.busy(async () => (await texts.tidy()) || (await draft.offer()));
    const key = done === 'away' ? 'acts.away' : done ? 'texts.tidy_asked' : 'acts.not_possible';
    aside.replaceChildren(note(done === true ? 'ok' : 'bad', say(key)));
    hear();
  };
  ctx.show(
    titleOf(draft),
    turn,
    field,
    read,
    status,
    aside,
    tools,
    h(
      'details',
      {},
      h('summary', {}, say('texts.tidy')),
      h('p', { class: 'hint' }, say('texts.tidy_lead')),
      button('sec', say('texts.tidy'), tidy),
    ),
    button('qui', say('back'), async () => {
      await ctx.busy(stop);
      back();
    }),
  );
  field.value = writing.text;
  show(false);
  ctx.listen(() => {
    hear();
    // Another has asked for it while she is here: hers is the phone that agrees.
    void texts.tidy().then(
      (done) => done && aside.replaceChildren(note('ok', say('texts.tidied'))),
      () => {},
    );
    if (writing.isPending) soon();
  });
  tell();
}
