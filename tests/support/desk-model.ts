import fc from 'fast-check';
import {
  type Change,
  type ConcernImage,
  changesBetween,
  countAgainst,
  type Image,
  obstacle,
  type Place,
  parts,
  plain,
  putBack,
  settled,
} from '~/server/acts/rules';
import { append, cut, joinedWords, type Wording, wordings } from '~/server/document/rules/consolidation';
import type { Words } from '~/server/drafts/rules/texts';

export const areas = ['agua', 'salud', 'dignidad'];
export const kinds = [
  ...(['takeUp', 'addDraft', 'merge', 'split', 'place', 'retire'] as const),
  ...(['link', 'unlink', 'setAside', 'reconsider', 'undo', 'undoLast'] as const),
];
/** What somebody at the desk tries next; the numbers choose among what is there. */
export type Try = { kind: (typeof kinds)[number]; a: number; b: number; c: number };
export const tries = fc.record({
  kind: fc.constantFrom(...kinds),
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
});

type Article = { words: Words; into: string | null };
type Act = {
  id: string;
  number: number;
  changes: Change[];
  touched: string[];
  undoes: string | null;
  undoneBy: string | null;
};

/** The desk without a database: the rules of acts and of consolidation, and nothing else. */
export class Desk {
  articles = new Map<string, Article>();
  orders = new Map<string, string[]>(areas.map((area) => [area, []]));
  ties = new Set<string>();
  sources = new Set<string>();
  concerns = new Map<string, ConcernImage>();
  acts: Act[] = [];
  constructor(readonly drafts: readonly { id: string; words: string; concerns: string[] }[]) {
    for (const id of drafts.flatMap((draft) => draft.concerns))
      this.concerns.set(id, { state: 'en_debate', reasonCode: null, reason: null });
  }

  areaOf = (id: string) => areas.find((area) => this.orders.get(area)!.includes(id)) ?? null;
  standing = () => areas.flatMap((area) => this.orders.get(area)!);
  tiedTo = (id: string) =>
    [...this.ties].filter((tie) => tie.startsWith(`${id}:`)).map((tie) => tie.split(':')[1]!);
  held = (concern: string) =>
    [...this.ties].some((tie) => tie.endsWith(`:${concern}`) && this.areaOf(tie.split(':')[0]!));

  images(): Map<string, Image> {
    const all = new Map<string, Image>();
    for (const [id, { words, into }] of this.articles) {
      const area = this.areaOf(id);
      const place: Place = area
        ? { area, order: [...this.orders.get(area)!] }
        : { retired: true, into, seq: null };
      all.set(`place:${id}`, place).set(`words:${id}`, words);
    }
    for (const tie of this.ties) all.set(`tie:${tie}`, true);
    for (const source of this.sources) all.set(`source:${source}`, true);
    for (const [id, image] of this.concerns) all.set(`concern:${id}`, { ...image });
    return all;
  }
  /** What the document in the making says, and what has become of every concern. */
  bytes = () => {
    const stands = new Set(this.standing());
    const said = [...this.images()].filter(
      ([key]) => key.startsWith('concern') || stands.has(parts(key).ids[0]!),
    );
    return plain([
      this.standing(),
      said.filter(([key]) => !key.startsWith('place')).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  };

  settle(id: string) {
    this.concerns.set(id, settled(this.concerns.get(id)!, this.held(id)));
  }
  private place(id: string, area: string, after: string | null) {
    for (const order of this.orders.values()) if (order.includes(id)) order.splice(order.indexOf(id), 1);
    const order = this.orders.get(area)!;
    order.splice(after ? order.indexOf(after) + 1 : 0, 0, id);
  }
  private retire(id: string, into: string | null) {
    const concerns = this.tiedTo(id);
    for (const concern of concerns) this.ties.delete(`${id}:${concern}`);
    this.orders.get(this.areaOf(id)!)!.splice(this.orders.get(this.areaOf(id)!)!.indexOf(id), 1);
    this.articles.get(id)!.into = into;
    for (const concern of concerns) this.settle(concern);
  }
  private make(words: Words, area: string, after: string | null) {
    const id = `a${this.articles.size + 1}`;
    this.articles.set(id, { words, into: null });
    this.place(id, area, after ?? this.orders.get(area)!.at(-1) ?? null);
    return id;
  }
  private tie(id: string, concern: string) {
    this.ties.add(`${id}:${concern}`);
    this.settle(concern);
  }

  private record(run: () => void, undoes: string | null = null): Act | null {
    const before = this.images();
    run();
    const changes = changesBetween(before, this.images()).filter(({ key }) => !this.pushed(key, before));
    if (changes.length === 0 && !undoes) return null;
    const number = this.acts.length + 1;
    const touched = changes.map(({ key }) => key);
    const act = { id: `act${number}`, number, changes, touched, undoes, undoneBy: null };
    this.acts.push(act);
    return act;
  }
  /** The real desk reads only what it touches; here all is read, and who was merely pushed on is left out. */
  private pushed(key: string, before: Map<string, Image>) {
    if (!key.startsWith('place:') || this.moving.has(key)) return false;
    const was = before.get(key) as Place | undefined;
    const id = parts(key).ids[0]!;
    return !!was && !('retired' in was) && this.areaOf(id) === was.area;
  }
  private moving = new Set<string>();

  /** @returns the act, a word for why there is none, or null where there is nothing to do it with. */
  attempt({ kind, a, b, c }: Try): Act | 'refused' | null {
    const stands = this.standing();
    const [article, other] = [stands[a % stands.length], stands[b % stands.length]];
    const concern = [...this.concerns.keys()][b % this.concerns.size]!;
    const draft = this.drafts[b % this.drafts.length]!;
    const area = areas[c % areas.length]!;
    this.moving = new Set(kind === 'place' ? [`place:${article}`] : []);
    if (kind === 'takeUp')
      return this.record(() => {
        const id = this.make([{ insert: draft.words }], area, null);
        this.sources.add(`${id}:${draft.id}:1`);
        for (const one of draft.concerns) this.tie(id, one);
      });
    if (kind === 'setAside') {
      if (this.concerns.get(concern)!.state === 'recogida') return 'refused';
      return this.record(() =>
        this.concerns.set(concern, { state: 'no_recogida', reasonCode: 'repetida', reason: `${c}` }),
      );
    }
    if (kind === 'reconsider') {
      if (this.concerns.get(concern)!.state !== 'no_recogida') return 'refused';
      return this.record(() =>
        this.concerns.set(concern, { state: 'recibida', reasonCode: null, reason: null }),
      );
    }
    if (kind === 'undo' || kind === 'undoLast') {
      const act = kind === 'undo' ? this.acts[a % this.acts.length] : this.acts.at(-1);
      return act ? this.undo(act) : null;
    }
    if (!article || !other) return null;
    if (kind === 'addDraft')
      return this.record(() => {
        this.articles.get(article)!.words = append(this.articles.get(article)!.words, [
          { insert: draft.words },
        ]);
        this.sources.add(`${article}:${draft.id}:1`);
        for (const one of draft.concerns) this.tie(article, one);
      });
    if (kind === 'place') {
      const order = this.orders.get(area)!.filter((id) => id !== article);
      return this.record(() => this.place(article, area, [null, ...order][b % (order.length + 1)] ?? null));
    }
    if (kind === 'retire') return this.record(() => this.retire(article, null));
    if (kind === 'link') return this.record(() => this.tie(article, concern));
    if (kind === 'unlink')
      return this.record(() => {
        this.ties.delete(`${article}:${concern}`);
        this.settle(concern);
      });
    if (kind === 'merge') return article === other ? 'refused' : this.merge(article, other, wordings[c % 4]!);
    return this.split(article, 1 + (b % 3), c);
  }

  private merge(article: string, other: string, wording: Wording) {
    return this.record(() => {
      const [first, second] = [this.articles.get(article)!, this.articles.get(other)!];
      first.words = joinedWords(first.words, second.words, wording);
      for (const source of [...this.sources])
        if (source.startsWith(`${other}:`)) this.sources.add(source.replace(`${other}:`, `${article}:`));
      for (const concern of this.tiedTo(other)) this.tie(article, concern);
      this.retire(other, article);
    });
  }
  private split(article: string, line: number, way: number) {
    const two = cut(this.articles.get(article)!.words, line);
    if (!two) return 'refused' as const;
    return this.record(() => {
      const id = this.make(two[1], this.areaOf(article)!, article);
      this.articles.get(article)!.words = two[0];
      for (const source of [...this.sources])
        if (source.startsWith(`${article}:`)) this.sources.add(source.replace(`${article}:`, `${id}:`));
      for (const [i, concern] of this.tiedTo(article).sort().entries()) {
        if ((way + i) % 3 > 0) this.tie(id, concern);
        if ((way + i) % 3 === 1) this.ties.delete(`${article}:${concern}`);
      }
    });
  }

  private undo(act: Act): Act | 'refused' {
    if (act.undoneBy) return 'refused';
    const later = countAgainst(act, this.acts).filter((one) =>
      one.touched.some((key) => act.touched.includes(key)),
    );
    const moved = new Set(later.flatMap(({ touched }) => touched));
    if (obstacle(act.changes, this.images(), new Set(this.standing()), moved)) return 'refused';
    this.moving = new Set(act.touched);
    const done = this.record(() => this.restore(act.changes), act.id)!;
    act.undoneBy = done.id;
    const first = this.acts.find(({ id }) => id === act.undoes);
    if (first) first.undoneBy = null;
    return done;
  }
  private restore(changes: Change[]) {
    for (const { key, before } of changes) {
      const { kind, ids } = parts(key);
      const rest = ids.join(':');
      if (kind === 'words' && before) this.articles.get(rest)!.words = before as Words;
      if (kind === 'tie') before ? this.ties.add(rest) : this.ties.delete(rest);
      if (kind === 'source') before ? this.sources.add(rest) : this.sources.delete(rest);
      if (kind === 'concern') this.concerns.set(rest, before as ConcernImage);
      if (kind === 'place') this.restorePlace(rest, before as Place | null);
    }
    for (const concern of this.concerns.keys()) this.settle(concern);
  }
  private restorePlace(id: string, place: Place | null) {
    for (const order of this.orders.values()) if (order.includes(id)) order.splice(order.indexOf(id), 1);
    this.articles.get(id)!.into = place && 'retired' in place ? place.into : null;
    if (place && !('retired' in place))
      this.orders.set(place.area, putBack(this.orders.get(place.area)!, id, place.order));
  }
}
