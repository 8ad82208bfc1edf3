import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { readAll } from '~/server/rooms/rules/bytes';
import { type Hex, readHex } from '~/server/rooms/rules/orders';
import { Draft, stateAtMost } from './drafts';
import type { Heard, Session } from './session';

const ofDrafts = new Set<Heard['kind']>(['draft', 'snapshot', 'cosign']);
export const titleAtMost = 60;

/** The id and the generation that a frame of a draft names; null where it is none. */
function about({ body }: Heard): { id: Hex; generation: number } | null {
  if (body.length < 20) return null;
  return readAll(body, (reader) => {
    const [id, generation] = [readHex(reader, 16), reader.u32()];
    reader.rest();
    return { id, generation };
  });
}

/** All texts of a room, made of what is heard in it. */
export class Texts {
  private readonly drafts = new Map<Hex, Draft>();
  private read = 0;
  /** Her own updates as they come back, for whoever sits at the text. */
  mine: ((id: Hex, update: Uint8Array) => void) | null = null;

  constructor(private readonly session: Session) {}

  /** Takes in what was heard since. @returns the texts, in the order in which they were begun */
  all(): Draft[] {
    const { heard, me } = this.session;
    for (; this.read < heard.length; this.read++) {
      const frame = heard[this.read]!;
      const place = ofDrafts.has(frame.kind) ? about(frame) : null;
      if (!place) continue;
      const draft = this.drafts.get(place.id) ?? new Draft(place.id, this.session);
      this.drafts.set(place.id, draft);
      const fits = place.generation === draft.generation;
      draft.take(frame);
      if (fits && frame.kind === 'draft' && frame.by === me) this.tell(place.id, frame);
    }
    return [...this.drafts.values()];
  }
  private tell(id: Hex, { body }: Heard): void {
    const update = readAll(body.subarray(20), (reader) => reader.bytes(stateAtMost));
    this.mine?.(id, update);
  }

  /** Begins a text. @returns null where the room does not write now */
  async begin(title: string): Promise<Draft | null> {
    const draft = new Draft(bytesToHex(randomBytes(16)), this.session);
    if (!(await draft.write((doc) => doc.getText('n').insert(0, title)))) return null;
    await this.session.catchUp();
    return this.all().find(({ id }) => id === draft.id) ?? null;
  }

  /**
   * What a phone does by itself: it agrees where another has offered the same as it comes to itself, and offers where a
   * text lies under an older key or in many pieces. @returns whether something was put in order
   */
  async tidy(): Promise<boolean> {
    let done = false;
    for (const draft of this.all()) {
      if (!draft.whole) continue;
      if (await draft.settle()) done = true;
      else if (draft.untidy && !draft.offered) await draft.offer();
    }
    if (done) await this.session.catchUp();
    this.all();
    return done;
  }
}

export const titleOf = ({ doc }: Draft): string => doc.getText('n').toString().slice(0, titleAtMost);
