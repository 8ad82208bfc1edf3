import { initTRPC, TRPCError } from '@trpc/server';
import type { z } from 'zod';
import type { Db, Tx } from '~/db/client';
import { type Actor, actorOfSession } from './actor';
import { record, replay } from './audit/commands';
import { type ForumEvent, publish } from './events';
import { told, wordless } from './problem';
import { can, Denied, Failure, type Rule } from './rule';

/** What a procedure is given besides its input. `address` is only for limits and is never stored. */
export type Context = { db: Db; actor: Actor; address: string; locale: 'es' | 'en' };

type Audit = 'full' | 'participation' | 'none';
type Meta = { action: string; kind: 'command' | 'query'; rule: Rule<never>; audit: Audit };

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    // Nothing of the inside leaves: a code, a sentence, the fields; never a stack or a message of a library.
    errorFormatter: ({ shape, error, ctx }) => told(shape.code, error, ctx?.locale ?? 'es'),
  });

// A library's error carries what somebody wrote, and whoever catches it may print it: it goes no further than here.
const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  return result.ok ? result : { ...result, error: wordless(result.error) };
});

export const router = t.router;
export const createCaller = t.createCallerFactory;

type Act<Input, Facts, Prepared> = {
  tx: Tx;
  actor: Actor;
  input: Input;
  facts: Facts;
  prepared: Prepared;
  context: Context;
  /** Told to the rest of the house when the transaction has been committed. */
  emit: (event: ForumEvent) => void;
};

type Spec<Schema extends z.ZodType, Facts> = {
  /** `capability.verb`: its name in the audit, in the access matrix and on «quién puede qué». */
  action: string;
  rule: Rule<Facts>;
  /** Who may know that the thing exists; where it is left out, whoever may not act does not find it. */
  see?: Rule<Facts>;
  input: Schema;
  /** Loads the facts the rule speaks of; a command locks them. `null`: there is no such thing. */
  load: (db: Tx, input: z.output<Schema>, actor: Actor) => Promise<Facts | null>;
};

const metaOf = <Facts>(
  spec: { action: string; rule: Rule<Facts> },
  kind: Meta['kind'],
  audit: Audit,
): Meta => ({
  action: spec.action,
  kind,
  rule: spec.rule as Rule<never>,
  audit,
});

function decide<Facts>(
  spec: { rule: Rule<Facts>; see?: Rule<Facts> },
  actor: Actor,
  facts: Facts | null,
): Facts {
  if (facts === null) throw new Denied('not_found');
  if (can(spec.rule, actor, facts)) return facts;
  if (!spec.see || !can(spec.see, actor, facts)) throw new Denied('not_found');
  throw new Denied(actor.personId === null ? 'sign_in' : 'refused');
}

/**
 * The only way to make a write. In one transaction: replay of a repeated submission, facts under lock,
 * rule, run, audit row; events after the commit. An input field named `key` (UUID) makes it idempotent.
 */
export function command<Schema extends z.ZodType, Facts, Out, Prepared = undefined>(
  spec: Omit<Spec<Schema, Facts>, 'load'> & {
    audit: Audit;
    /** Slow work and counted tries (hashing, limits), done before the transaction holds a connection. */
    prepare?: (context: Context, input: z.output<Schema>) => Promise<Prepared>;
    load: (tx: Tx, input: z.output<Schema>, actor: Actor, prepared: Prepared) => Promise<Facts | null>;
    run: (act: Act<z.output<Schema>, Facts, Prepared>) => Promise<Out | Failure>;
    /** What the audit row points to; by default the input's `id`. */
    subject?: (input: z.output<Schema>, out: Out) => string | null;
    /** What a repeated submission is answered; to be said where the answer holds what may be kept nowhere. */
    keep?: (out: Out) => Out;
  },
) {
  return procedure
    .meta(metaOf(spec, 'command', spec.audit))
    .input(spec.input)
    .mutation(async ({ ctx, input: given }): Promise<Out> => {
      const input = given as z.output<Schema>;
      const events: ForumEvent[] = [];
      const key = (input as { key?: string }).key;
      const prepared = (await spec.prepare?.(ctx, input)) as Prepared;
      const out = await ctx.db.transaction(async (tx) => {
        const earlier = key && (await replay<Out>(tx, { key, action: spec.action, actor: ctx.actor }));
        if (earlier) return earlier.output;
        const loaded = await spec.load(tx, input, ctx.actor, prepared);
        // Who waited for a lock may have lost meanwhile what she came with.
        const actor = ctx.actor.sessionId ? await actorOfSession(tx, ctx.actor.sessionId) : ctx.actor;
        const facts = decide(spec, actor, loaded);
        const emit = (event: ForumEvent) => void events.push(event);
        const result = await spec.run({ tx, actor, input, facts, prepared, context: ctx, emit });
        if (result instanceof Failure) throw result;
        const subject = spec.subject ? spec.subject(input, result) : ((input as { id?: string }).id ?? null);
        const output = spec.keep ? spec.keep(result) : result;
        await record(tx, { action: spec.action, actor, audit: spec.audit, subject, key, output });
        return result;
      });
      for (const event of events) publish(event);
      return out;
    });
}

/** The only way to make a read: facts, rule, and the presented shape that may leave the house. */
export function query<Schema extends z.ZodType, Facts, Out>(
  spec: Spec<Schema, Facts> & {
    present: (facts: Facts, actor: Actor, input: z.output<Schema>) => Out | Promise<Out>;
  },
) {
  return procedure
    .meta(metaOf(spec, 'query', 'none'))
    .input(spec.input)
    .query(async ({ ctx, input: given }): Promise<Out> => {
      const input = given as z.output<Schema>;
      const facts = decide(spec, ctx.actor, await spec.load(ctx.db as unknown as Tx, input, ctx.actor));
      return spec.present(facts, ctx.actor, input);
    });
}

export { TRPCError };
