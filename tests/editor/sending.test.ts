import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Shelf } from '~/app/_editor/keeping';
import { startKeeping } from '~/app/_editor/keeping';
import type { Change } from '~/app/_light/changes';
import { frameAtMost, updateFrame } from '~/server/realtime/protocol';

// What of a phone the light script needs, as little of it as there is: one store, whose transactions come one after another.
function phone() {
  const rows = new Map<string, unknown>();
  const later = (act: () => void) => queueMicrotask(act);
  const ask = (act: () => unknown) => {
    const asked: { result?: unknown; onsuccess?: () => void } = {};
    later(() => {
      asked.result = act();
      asked.onsuccess?.();
    });
    return asked;
  };
  const store = {
    put: (value: unknown, key: string) => ask(() => rows.set(key, value)),
    get: (key: string) => ask(() => rows.get(key)),
    delete: (key: string) => ask(() => rows.delete(key)),
    count: () => ask(() => rows.size),
    getAllKeys: () => ask(() => [...rows.keys()]),
  };
  const transaction = () => {
    const moved: { objectStore: () => typeof store; oncomplete?: () => void } = { objectStore: () => store };
    setTimeout(() => moved.oncomplete?.());
    return moved;
  };
  const opened = { result: { transaction, close: () => {} } };
  const kept = new Map<string, string>();
  vi.stubGlobal('indexedDB', {
    open: () => {
      const asked: { onsuccess?: () => void } & typeof opened = { ...opened };
      later(() => asked.onsuccess?.());
      return asked;
    },
  });
  vi.stubGlobal('IDBKeyRange', { bound: () => null });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal('addEventListener', () => {});
  const carrier = { dataset: { owner: 'nieves', key: btoa('x'.repeat(32) + 'k'.repeat(32)) } };
  vi.stubGlobal('document', { getElementById: () => carrier });
}

/** Two letters, then more of them, as one window writes them. */
function writing() {
  const doc = new Y.Doc();
  const state = () => Y.encodeStateAsUpdate(doc) as Uint8Array<ArrayBuffer>;
  return {
    change: (words: string): Change => {
      doc.getText('text').insert(doc.getText('text').length, words);
      return { id: 'una', room: 'draft:1', at: 1, update: state(), words: doc.getText('text').toString() };
    },
  };
}

describe('a change that waits on the phone', () => {
  let changes: typeof import('~/app/_light/changes');
  beforeAll(async () => {
    phone();
    changes = await import('~/app/_light/changes');
    return () => vi.unstubAllGlobals();
  });
  afterEach(() => changes.dropChange('una'));

  it('goes when the forum has it as it was sent', async () => {
    await changes.keepChange(writing().change('Agua'));
    const [sent] = await changes.keptChanges();
    expect(await changes.dropAsRead(sent!)).toBe(true);
    expect(await changes.keptChanges()).toEqual([]);
    expect(changes.anyChanges()).toBe(false);
  });

  it('stays, whole, where another window has written more into it while it was sent', async () => {
    const { change } = writing();
    await changes.keepChange(change('Agua'));
    const [sent] = await changes.keptChanges();
    await changes.keepChange(change(' limpia'));
    expect(await changes.dropAsRead(sent!)).toBe(false);
    const [left] = await changes.keptChanges();
    expect(left!.words).toBe('Agua limpia');
    expect(await changes.dropAsRead(left!)).toBe(true);
  });
});

describe('what is kept of a paste of half a million letters', () => {
  it('is as many changes as fit into one frame each', async () => {
    const lies = new Map<string, Change>();
    const shelf: Shelf = {
      hold: async (change) => Boolean(lies.set(change.id, change)),
      release: async (id) => void lies.delete(id),
      all: async () => [],
    };
    const keeping = startKeeping('draft:1', shelf, () => {});
    const doc = new Y.Doc();
    const text = doc.getText('text');
    doc.on('update', (update: Uint8Array) => keeping.add(update, '', true));
    for (let i = 0; i < 17; i++) text.insert(text.length, 'ñ'.repeat(30_000));
    keeping.flush();
    await vi.waitFor(() => expect(lies.size).toBeGreaterThan(5));
    const back = new Y.Doc();
    for (const { update } of lies.values()) {
      expect(updateFrame(update).length).toBeLessThan(frameAtMost);
      Y.applyUpdate(back, update);
    }
    expect(back.getText('text').length).toBe(510_000);
  });
});
