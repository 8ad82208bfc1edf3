/** What was sent is not what the protocol allows: cut off, too long, or said in another way than the one there is. */
export class Malformed extends Error {
  constructor() {
    super('malformed');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Writes values one after another, each in the one way there is. */
export class Writer {
  private readonly parts: Uint8Array[] = [];

  u8(value: number): this {
    return this.number(value, 1);
  }
  u32(value: number): this {
    return this.number(value, 4);
  }
  private number(value: number, size: 1 | 4): this {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** size) throw new Malformed();
    const part = new Uint8Array(size);
    for (let at = 0; at < size; at++) part[at] = Math.floor(value / 256 ** (size - 1 - at)) % 256;
    this.parts.push(part);
    return this;
  }
  /** Bytes whose number is known beforehand. */
  fixed(bytes: Uint8Array, size: number): this {
    if (bytes.length !== size) throw new Malformed();
    this.parts.push(bytes);
    return this;
  }
  /** Bytes with their number before them. */
  bytes(bytes: Uint8Array): this {
    this.u32(bytes.length).parts.push(bytes);
    return this;
  }
  text(value: string): this {
    return this.bytes(new TextEncoder().encode(value.normalize('NFC')));
  }
  list<T>(items: readonly T[], write: (item: T) => void): this {
    this.u8(items.length);
    items.forEach(write);
    return this;
  }
  done(): Uint8Array {
    const all = new Uint8Array(this.parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/** Reads what a Writer wrote. Whatever else it is given throws Malformed. */
export class Reader {
  private at = 0;
  constructor(private readonly from: Uint8Array) {}

  u8(): number {
    return this.fixed(1)[0]!;
  }
  /** Four bytes; nothing here counts further than the database does, 2³¹ − 1. */
  u32(): number {
    const [a, b, c, d] = this.fixed(4) as unknown as [number, number, number, number];
    const number = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
    if (number > 0x7fffffff) throw new Malformed();
    return number;
  }
  fixed(size: number): Uint8Array {
    if (this.at + size > this.from.length) throw new Malformed();
    const part = this.from.slice(this.at, this.at + size);
    this.at += size;
    return part;
  }
  bytes(atMost: number): Uint8Array {
    const size = this.u32();
    if (size > atMost) throw new Malformed();
    return this.fixed(size);
  }
  text(atMost: number): string {
    let text: string;
    try {
      text = utf8.decode(this.bytes(atMost));
    } catch {
      throw new Malformed();
    }
    // The same word in two ways would have two hashes.
    if (text !== text.normalize('NFC')) throw new Malformed();
    return text;
  }
  list<T>(atMost: number, read: () => T): T[] {
    const length = this.u8();
    if (length > atMost) throw new Malformed();
    return Array.from({ length }, read);
  }
  flag(): boolean {
    const value = this.u8();
    if (value > 1) throw new Malformed();
    return value === 1;
  }
  rest(): Uint8Array {
    return this.fixed(this.from.length - this.at);
  }
  get isOver(): boolean {
    return this.at === this.from.length;
  }
  /** Nothing may be left over. */
  end(): void {
    if (!this.isOver) throw new Malformed();
  }
}

/** Reads all of `from` with `read`, and nothing may be left. */
export function readAll<T>(from: Uint8Array, read: (reader: Reader) => T): T {
  const reader = new Reader(from);
  const value = read(reader);
  reader.end();
  return value;
}
