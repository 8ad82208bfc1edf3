CREATE TABLE "ballot_tellers" (
	"ballot_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"named_by" uuid,
	CONSTRAINT "ballot_tellers_ballot_id_person_id_pk" PRIMARY KEY("ballot_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "paper_voters" (
	"ballot_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"urn" text NOT NULL,
	"handed_by" uuid NOT NULL,
	CONSTRAINT "paper_voters_ballot_id_person_id_pk" PRIMARY KEY("ballot_id","person_id"),
	CONSTRAINT "paper_voters_another" CHECK (handed_by <> person_id)
);
--> statement-breakpoint
CREATE TABLE "urn_counts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"ballot_id" uuid NOT NULL,
	"urn" text NOT NULL,
	"round" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"counts" jsonb
);
--> statement-breakpoint
CREATE TABLE "urns_aside" (
	"ballot_id" uuid NOT NULL,
	"urn" text NOT NULL,
	"reason" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"confirmed_by" uuid,
	CONSTRAINT "urns_aside_ballot_id_urn_pk" PRIMARY KEY("ballot_id","urn"),
	CONSTRAINT "urns_aside_two_people" CHECK (confirmed_by is null or confirmed_by <> asked_by)
);
--> statement-breakpoint
ALTER TABLE "ballot_tellers" ADD CONSTRAINT "ballot_tellers_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_tellers" ADD CONSTRAINT "ballot_tellers_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_tellers" ADD CONSTRAINT "ballot_tellers_named_by_persons_id_fk" FOREIGN KEY ("named_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_voters" ADD CONSTRAINT "paper_voters_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_voters" ADD CONSTRAINT "paper_voters_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_voters" ADD CONSTRAINT "paper_voters_handed_by_persons_id_fk" FOREIGN KEY ("handed_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urn_counts" ADD CONSTRAINT "urn_counts_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urn_counts" ADD CONSTRAINT "urn_counts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urns_aside" ADD CONSTRAINT "urns_aside_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urns_aside" ADD CONSTRAINT "urns_aside_asked_by_persons_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urns_aside" ADD CONSTRAINT "urns_aside_confirmed_by_persons_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "urn_counts_one" ON "urn_counts" USING btree ("ballot_id","urn","round","person_id");--> statement-breakpoint
-- Names of an urn come and go while the ballot is open, and stand afterwards.
CREATE FUNCTION public.paper_voters_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ballot uuid; now_state text;
BEGIN
  ballot := CASE TG_OP WHEN 'DELETE' THEN OLD.ballot_id ELSE NEW.ballot_id END;
  SELECT state INTO now_state FROM public.ballots WHERE id = ballot;
  IF now_state IS DISTINCT FROM 'open' OR TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'the names of an urn stand' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER paper_voters_hold BEFORE INSERT OR UPDATE OR DELETE ON public.paper_voters
  FOR EACH ROW EXECUTE FUNCTION public.paper_voters_hold();
--> statement-breakpoint
-- What was counted is never changed: its numbers go into the box, and are gone here.
CREATE FUNCTION public.urn_counts_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_state text;
BEGIN
  SELECT state INTO now_state FROM public.ballots WHERE id = COALESCE(NEW.ballot_id, OLD.ballot_id);
  IF now_state IS DISTINCT FROM 'closing' OR TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (
       NEW.counts IS NOT NULL OR (to_jsonb(NEW) - 'counts') IS DISTINCT FROM (to_jsonb(OLD) - 'counts'))) THEN
    RAISE EXCEPTION 'what was counted stands' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER urn_counts_hold BEFORE INSERT OR UPDATE OR DELETE ON public.urn_counts
  FOR EACH ROW EXECUTE FUNCTION public.urn_counts_hold();
--> statement-breakpoint
CREATE TRIGGER ballot_tellers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ballot_tellers
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER paper_voters_whole BEFORE TRUNCATE ON public.paper_voters
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER urn_counts_whole BEFORE TRUNCATE ON public.urn_counts
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER urns_aside_stay BEFORE DELETE OR TRUNCATE ON public.urns_aside
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
-- The papers of an urn that was counted come in sealed like all others, while the ballot is being closed.
CREATE OR REPLACE FUNCTION public.box_takes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT ballot_id, handle IS NULL AS plain FROM fresh) f
             JOIN public.ballots b ON b.id = f.ballot_id
             WHERE b.state <> CASE WHEN f.plain THEN 'closing' ELSE 'open' END
               AND NOT (b.state = 'closing' AND TG_TABLE_NAME = 'papers' AND EXISTS (
                 SELECT 1 FROM public.urn_counts u WHERE u.ballot_id = b.id AND u.counts IS NOT NULL))) THEN
    RAISE EXCEPTION 'the box of this ballot takes nothing now' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
