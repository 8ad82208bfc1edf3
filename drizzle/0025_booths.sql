CREATE TABLE "booths" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"ballot_id" uuid NOT NULL,
	"first_id" uuid NOT NULL,
	"second_id" uuid NOT NULL,
	"opened_by" uuid NOT NULL,
	"opened_on" timestamp with time zone DEFAULT date_trunc('day', now(), 'America/Lima') NOT NULL,
	"code_hash" "bytea",
	"token_hash" "bytea",
	"closed_by" uuid,
	"closed_on" timestamp with time zone,
	CONSTRAINT "booths_two_people" CHECK (first_id <> second_id and opened_by not in (first_id, second_id)),
	CONSTRAINT "booths_code_once" CHECK (code_hash is null or token_hash is null),
	CONSTRAINT "booths_closed" CHECK ((closed_by is null) = (closed_on is null)),
	CONSTRAINT "booths_closed_opens_nothing" CHECK (closed_by is null or coalesce(code_hash, token_hash) is null)
);
--> statement-breakpoint
ALTER TABLE "booths" ADD CONSTRAINT "booths_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booths" ADD CONSTRAINT "booths_first_id_persons_id_fk" FOREIGN KEY ("first_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booths" ADD CONSTRAINT "booths_second_id_persons_id_fk" FOREIGN KEY ("second_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booths" ADD CONSTRAINT "booths_opened_by_persons_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booths" ADD CONSTRAINT "booths_closed_by_persons_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "booths_ballot" ON "booths" USING btree ("ballot_id");--> statement-breakpoint
CREATE UNIQUE INDEX "booths_code" ON "booths" USING btree ("code_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "booths_token" ON "booths" USING btree ("token_hash");--> statement-breakpoint
-- A booth is opened for an open secret ballot; its code is used once, it is closed once, and who stands by never changes.
CREATE FUNCTION public.booths_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.code_hash IS NULL OR NEW.token_hash IS NOT NULL OR NEW.closed_by IS NOT NULL OR NOT EXISTS (
         SELECT 1 FROM public.ballots WHERE id = NEW.ballot_id AND state = 'open' AND method = 'secret') THEN
      RAISE EXCEPTION 'a booth is of an open secret ballot' USING ERRCODE = 'integrity_constraint_violation';
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
CREATE TRIGGER booths_hold BEFORE INSERT OR UPDATE ON public.booths
  FOR EACH ROW EXECUTE FUNCTION public.booths_hold();
--> statement-breakpoint
CREATE TRIGGER booths_stay BEFORE DELETE OR TRUNCATE ON public.booths
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
