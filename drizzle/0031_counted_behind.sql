-- Who agreed to be counted as a woman is told apart by ballots, not by days: one who agreed in the evening was not counted
-- in what had been opened in the morning (docs/decisions/102). Of older rows no more than the day is known.
ALTER TABLE "counted_as" ADD COLUMN "behind" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE public.counted_as c SET behind = (SELECT count(*) FROM public.ballots b WHERE b.opened_at < c.since);
--> statement-breakpoint
ALTER TABLE "counted_as" ALTER COLUMN "behind" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "counted_as" DROP COLUMN "since";--> statement-breakpoint
-- Nobody but women is counted apart: what others agreed to says nothing, and said later it would count them in votes gone by.
DELETE FROM public.counted_as c USING public.persons p WHERE p.id = c.person_id AND p.sex IS DISTINCT FROM 'mujer';
