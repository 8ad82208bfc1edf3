CREATE TABLE "booth_absences" (
	"booth_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "booth_absences_booth_id_person_id_pk" PRIMARY KEY("booth_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "booths" ADD COLUMN "named_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "booth_absences" ADD CONSTRAINT "booth_absences_booth_id_booths_id_fk" FOREIGN KEY ("booth_id") REFERENCES "public"."booths"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booth_absences" ADD CONSTRAINT "booth_absences_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "booths_first" ON "booths" USING btree ("first_id");--> statement-breakpoint
CREATE INDEX "booths_second" ON "booths" USING btree ("second_id");--> statement-breakpoint
CREATE INDEX "booths_opened_by" ON "booths" USING btree ("opened_by");--> statement-breakpoint
-- Booths that are over were named on their day: nobody is told today of what is long over. Who stands by one that is open
-- hears of it now: nobody has told her yet, and midnight would be before what she has looked at today.
ALTER TABLE public.booths DISABLE TRIGGER booths_hold;--> statement-breakpoint
UPDATE public.booths b SET named_at = b.opened_on WHERE b.closed_by IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM public.ballots o WHERE o.id = b.ballot_id AND o.state = 'open');--> statement-breakpoint
ALTER TABLE public.booths ENABLE TRIGGER booths_hold;--> statement-breakpoint
-- As before; and whoever stands by one booth is named for no other while it is open: one naming after the other, in the whole forum.
CREATE OR REPLACE FUNCTION public.booths_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.code_hash IS NULL OR NEW.token_hash IS NOT NULL OR NEW.closed_by IS NOT NULL OR NOT EXISTS (
         SELECT 1 FROM public.ballots WHERE id = NEW.ballot_id AND state = 'open' AND method = 'secret') THEN
      RAISE EXCEPTION 'a booth is of an open secret ballot' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('booth_naming'));
    IF EXISTS (SELECT 1 FROM public.booths b JOIN public.ballots o ON o.id = b.ballot_id AND o.state = 'open'
         WHERE b.closed_by IS NULL AND (b.first_id IN (NEW.first_id, NEW.second_id)
           OR b.second_id IN (NEW.first_id, NEW.second_id))) THEN
      RAISE EXCEPTION 'nobody stands by two booths at once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  ELSIF OLD.closed_by IS NOT NULL
     OR (NEW.token_hash IS DISTINCT FROM OLD.token_hash AND NEW.closed_by IS NULL AND OLD.code_hash IS NULL)
     OR (NEW.code_hash IS NOT NULL AND NEW.code_hash IS DISTINCT FROM OLD.code_hash)
     OR (to_jsonb(NEW) - ARRAY['code_hash', 'token_hash', 'closed_by', 'closed_on'])
        IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['code_hash', 'token_hash', 'closed_by', 'closed_on']) THEN
    RAISE EXCEPTION 'a booth stands as it was opened' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- That she is not there is the word of one of the two, beside a booth that takes nobody any more; it stays.
CREATE FUNCTION public.booth_absences_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.booths WHERE id = NEW.booth_id AND closed_by IS NOT NULL
       AND NEW.person_id IN (first_id, second_id)) THEN
    RAISE EXCEPTION 'who stands by a closed booth says so herself' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER booth_absences_hold BEFORE INSERT ON public.booth_absences
  FOR EACH ROW EXECUTE FUNCTION public.booth_absences_hold();
--> statement-breakpoint
CREATE TRIGGER booth_absences_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON public.booth_absences
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
