ALTER TABLE "tallies" ALTER COLUMN "yes" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tallies" ALTER COLUMN "no" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tallies" ALTER COLUMN "abstain" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tallies" ADD COLUMN "holds" boolean;--> statement-breakpoint
ALTER TABLE "tallies" ADD CONSTRAINT "tallies_whole" CHECK ((yes is null) = (no is null) and (no is null) = (abstain is null));
--> statement-breakpoint
CREATE TABLE "urns_given" (
	"ballot_id" uuid NOT NULL,
	"urn" text NOT NULL,
	"first_by" uuid NOT NULL,
	"second_by" uuid,
	CONSTRAINT "urns_given_ballot_id_urn_pk" PRIMARY KEY("ballot_id","urn"),
	CONSTRAINT "urns_given_two_people" CHECK (second_by is null or second_by <> first_by)
);
--> statement-breakpoint
ALTER TABLE "room_objections" ADD COLUMN "withdrawn" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "room_objections" ADD COLUMN "hidden_why" text;--> statement-breakpoint
ALTER TABLE "urns_given" ADD CONSTRAINT "urns_given_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urns_given" ADD CONSTRAINT "urns_given_first_by_persons_id_fk" FOREIGN KEY ("first_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urns_given" ADD CONSTRAINT "urns_given_second_by_persons_id_fk" FOREIGN KEY ("second_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Where papers were given out under the old rule, with the tenth name, they stay given out.
INSERT INTO public.urns_given (ballot_id, urn, first_by, second_by)
SELECT p.ballot_id, p.urn, p.handed_by, (SELECT t.person_id FROM public.ballot_tellers t
  WHERE t.ballot_id = p.ballot_id AND t.person_id <> p.handed_by ORDER BY t.person_id LIMIT 1)
FROM (SELECT ballot_id, urn, min(handed_by::text)::uuid AS handed_by FROM public.paper_voters
      GROUP BY ballot_id, urn HAVING count(*) >= 10) p;
--> statement-breakpoint
-- Two say that papers are given out, while the ballot is open; then it stands.
CREATE FUNCTION public.urns_given_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (OLD.second_by IS NOT NULL
       OR (NEW.ballot_id, NEW.urn) IS DISTINCT FROM (OLD.ballot_id, OLD.urn)))
     OR NOT EXISTS (SELECT 1 FROM public.ballots WHERE id = NEW.ballot_id AND state = 'open') THEN
    RAISE EXCEPTION 'the papers of an urn stay given out' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER urns_given_hold BEFORE INSERT OR UPDATE OR DELETE ON public.urns_given
  FOR EACH ROW EXECUTE FUNCTION public.urns_given_hold();
--> statement-breakpoint
CREATE TRIGGER urns_given_whole BEFORE TRUNCATE ON public.urns_given
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
-- A name leaves the table as long as it has counted nothing.
DROP TRIGGER ballot_tellers_append_only ON public.ballot_tellers;
--> statement-breakpoint
CREATE FUNCTION public.ballot_tellers_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM public.urn_counts
       WHERE ballot_id = OLD.ballot_id AND person_id = OLD.person_id)
     OR EXISTS (SELECT 1 FROM public.ballots WHERE id = OLD.ballot_id AND state = 'closed') THEN
    RAISE EXCEPTION 'who counted stays at the table' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER ballot_tellers_hold BEFORE UPDATE OR DELETE ON public.ballot_tellers
  FOR EACH ROW EXECUTE FUNCTION public.ballot_tellers_hold();
--> statement-breakpoint
CREATE TRIGGER ballot_tellers_whole BEFORE TRUNCATE ON public.ballot_tellers
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
-- An objection keeps its words; it is taken back while the vote runs, or taken out of sight, once each.
DROP TRIGGER room_objections_append_only ON public.room_objections;
--> statement-breakpoint
CREATE FUNCTION public.room_objections_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR (to_jsonb(NEW) - 'withdrawn' - 'hidden_why') IS DISTINCT FROM (to_jsonb(OLD) - 'withdrawn' - 'hidden_why')
     OR (OLD.hidden_why IS NOT NULL AND NEW.hidden_why IS DISTINCT FROM OLD.hidden_why)
     OR (NEW.withdrawn IS DISTINCT FROM OLD.withdrawn AND (OLD.withdrawn OR NOT EXISTS (
          SELECT 1 FROM public.ballots WHERE id = NEW.ballot_id AND state = 'open'))) THEN
    RAISE EXCEPTION 'what was said in this room stands' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER room_objections_hold BEFORE UPDATE OR DELETE ON public.room_objections
  FOR EACH ROW EXECUTE FUNCTION public.room_objections_hold();
--> statement-breakpoint
CREATE TRIGGER room_objections_whole BEFORE TRUNCATE ON public.room_objections
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
