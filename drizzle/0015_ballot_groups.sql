CREATE TABLE "counted_as" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp with time zone DEFAULT date_trunc('day', now(), 'America/Lima') NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ballots" ADD COLUMN "round" text DEFAULT 'first' NOT NULL;--> statement-breakpoint
ALTER TABLE "ballots" ADD COLUMN "follows" uuid;--> statement-breakpoint
ALTER TABLE "roll_entries" ADD COLUMN "places" integer[];--> statement-breakpoint
ALTER TABLE "tallies" ADD COLUMN "told" jsonb;--> statement-breakpoint
ALTER TABLE "counted_as" ADD CONSTRAINT "counted_as_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_follows_ballots_id_fk" FOREIGN KEY ("follows") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ballots_follows" ON "ballots" USING btree ("follows");--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_rounds" CHECK ((round = 'first') = (follows is null));--> statement-breakpoint
-- Once counted, the papers of groups go: whoever could count them again would undo the plan. Everybody's stay.
CREATE FUNCTION public.papers_give() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT ballot_id, handle IS NULL AND dimension = 'overall' AS kept FROM gone) g
             JOIN public.ballots b ON b.id = g.ballot_id
             WHERE b.state <> 'closing' OR g.kept) THEN
    RAISE EXCEPTION 'the box of this ballot gives nothing away' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER papers_give ON public.papers;
--> statement-breakpoint
CREATE TRIGGER papers_give AFTER DELETE ON public.papers
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.papers_give();
