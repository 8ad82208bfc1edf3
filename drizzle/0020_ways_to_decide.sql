CREATE TABLE "ballot_claims" (
	"ballot_id" uuid NOT NULL,
	"version_article_id" uuid NOT NULL,
	"wants" text NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "ballot_claims_ballot_id_version_article_id_wants_person_id_pk" PRIMARY KEY("ballot_id","version_article_id","wants","person_id")
);
--> statement-breakpoint
CREATE TABLE "ballot_reasons" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"question_id" uuid NOT NULL,
	"dimension" text,
	"label" text,
	"association_id" uuid,
	"words" text NOT NULL,
	"day" timestamp with time zone DEFAULT date_trunc('day', now(), 'America/Lima') NOT NULL,
	"hidden_why" text,
	CONSTRAINT "ballot_reasons_group" CHECK ((dimension is null) = (label is null)),
	CONSTRAINT "ballot_reasons_women" CHECK (dimension is distinct from 'women' or association_id is null)
);
--> statement-breakpoint
CREATE TABLE "chamber_papers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"ballot_id" uuid NOT NULL,
	"handle" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chamber_positions" (
	"ballot_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"association_id" uuid NOT NULL,
	"choice" text NOT NULL,
	"via" uuid,
	CONSTRAINT "chamber_positions_question_id_association_id_pk" PRIMARY KEY("question_id","association_id")
);
--> statement-breakpoint
CREATE TABLE "chamber_seats" (
	"ballot_id" uuid NOT NULL,
	"association_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "chamber_seats_ballot_id_association_id_pk" PRIMARY KEY("ballot_id","association_id")
);
--> statement-breakpoint
CREATE TABLE "proxies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"ballot_id" uuid NOT NULL,
	"giver_id" uuid NOT NULL,
	"holder_id" uuid NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "proxies_two" CHECK (giver_id <> holder_id)
);
--> statement-breakpoint
CREATE TABLE "room_counts" (
	"ballot_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"counter_id" uuid NOT NULL,
	"entry" jsonb NOT NULL,
	CONSTRAINT "room_counts_question_id_attempt_counter_id_pk" PRIMARY KEY("question_id","attempt","counter_id")
);
--> statement-breakpoint
CREATE TABLE "room_objections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"ballot_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"words" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ballots" ADD COLUMN "method" text DEFAULT 'secret' NOT NULL;--> statement-breakpoint
ALTER TABLE "ballots" ADD COLUMN "presides" uuid;--> statement-breakpoint
ALTER TABLE "ballots" ADD COLUMN "counter_one" uuid;--> statement-breakpoint
ALTER TABLE "ballots" ADD COLUMN "counter_two" uuid;--> statement-breakpoint
ALTER TABLE "ballot_claims" ADD CONSTRAINT "ballot_claims_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_claims" ADD CONSTRAINT "ballot_claims_version_article_id_version_articles_id_fk" FOREIGN KEY ("version_article_id") REFERENCES "public"."version_articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_claims" ADD CONSTRAINT "ballot_claims_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_reasons" ADD CONSTRAINT "ballot_reasons_question_id_ballot_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."ballot_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_reasons" ADD CONSTRAINT "ballot_reasons_association_id_associations_id_fk" FOREIGN KEY ("association_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chamber_papers" ADD CONSTRAINT "chamber_papers_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chamber_positions" ADD CONSTRAINT "chamber_positions_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chamber_positions" ADD CONSTRAINT "chamber_positions_question_id_ballot_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."ballot_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chamber_positions" ADD CONSTRAINT "chamber_positions_association_id_associations_id_fk" FOREIGN KEY ("association_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chamber_positions" ADD CONSTRAINT "chamber_positions_via_associations_id_fk" FOREIGN KEY ("via") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chamber_seats" ADD CONSTRAINT "chamber_seats_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chamber_seats" ADD CONSTRAINT "chamber_seats_association_id_associations_id_fk" FOREIGN KEY ("association_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxies" ADD CONSTRAINT "proxies_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxies" ADD CONSTRAINT "proxies_giver_id_associations_id_fk" FOREIGN KEY ("giver_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxies" ADD CONSTRAINT "proxies_holder_id_associations_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_counts" ADD CONSTRAINT "room_counts_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_counts" ADD CONSTRAINT "room_counts_question_id_ballot_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."ballot_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_counts" ADD CONSTRAINT "room_counts_counter_id_persons_id_fk" FOREIGN KEY ("counter_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_objections" ADD CONSTRAINT "room_objections_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_objections" ADD CONSTRAINT "room_objections_question_id_ballot_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."ballot_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ballot_reasons_question" ON "ballot_reasons" USING btree ("question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "chamber_papers_handle" ON "chamber_papers" USING btree ("handle");--> statement-breakpoint
CREATE INDEX "chamber_papers_ballot" ON "chamber_papers" USING btree ("ballot_id");--> statement-breakpoint
CREATE UNIQUE INDEX "proxies_one" ON "proxies" USING btree ("ballot_id","giver_id") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "room_objections_question" ON "room_objections" USING btree ("question_id");--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_presides_persons_id_fk" FOREIGN KEY ("presides") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_counter_one_persons_id_fk" FOREIGN KEY ("counter_one") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_counter_two_persons_id_fk" FOREIGN KEY ("counter_two") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_room" CHECK ((method = 'secret') = (presides is null) and (presides is null) = (counter_one is null)
        and (counter_one is null) = (counter_two is null) and (counter_one is null or counter_one <> counter_two));--> statement-breakpoint
-- A reason stays as it was given; it can only be taken out of sight, once and with why.
CREATE FUNCTION public.ballot_reasons_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.hidden_why IS NULL AND NEW.hidden_why IS NOT NULL
     AND (to_jsonb(NEW) - 'hidden_why') = (to_jsonb(OLD) - 'hidden_why') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a reason stays as it was given' USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER ballot_reasons_stay BEFORE UPDATE OR DELETE ON public.ballot_reasons
  FOR EACH ROW EXECUTE FUNCTION public.ballot_reasons_stay();
--> statement-breakpoint
CREATE TRIGGER ballot_reasons_whole BEFORE TRUNCATE ON public.ballot_reasons
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
-- Seats are given before the opening; positions come in sealed while it is open, and stand by name from the close on.
CREATE TRIGGER chamber_seats_hold BEFORE INSERT OR UPDATE OR DELETE ON public.chamber_seats
  FOR EACH ROW EXECUTE FUNCTION public.ballot_parts_hold();
--> statement-breakpoint
CREATE TRIGGER chamber_seats_whole BEFORE TRUNCATE ON public.chamber_seats
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE FUNCTION public.chamber_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ballot uuid; now_state text;
BEGIN
  ballot := CASE TG_OP WHEN 'DELETE' THEN OLD.ballot_id ELSE NEW.ballot_id END;
  SELECT state INTO now_state FROM public.ballots WHERE id = ballot;
  IF TG_TABLE_NAME = 'chamber_positions' THEN
    IF now_state IS DISTINCT FROM 'closing' THEN
      RAISE EXCEPTION 'positions stand from the close on' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  ELSIF now_state IS DISTINCT FROM 'open' AND NOT (TG_OP = 'DELETE' AND now_state = 'closing') THEN
    RAISE EXCEPTION 'the chamber of this ballot takes nothing now' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'sealed' - 'revoked_at') IS DISTINCT FROM (to_jsonb(OLD) - 'sealed' - 'revoked_at') THEN
    RAISE EXCEPTION 'a position stays with its base, a proxy with its giver' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER chamber_papers_move BEFORE INSERT OR UPDATE OR DELETE ON public.chamber_papers
  FOR EACH ROW EXECUTE FUNCTION public.chamber_moves();
--> statement-breakpoint
CREATE TRIGGER chamber_positions_take BEFORE INSERT ON public.chamber_positions
  FOR EACH ROW EXECUTE FUNCTION public.chamber_moves();
--> statement-breakpoint
CREATE TRIGGER chamber_positions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.chamber_positions
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER proxies_move BEFORE INSERT OR UPDATE ON public.proxies
  FOR EACH ROW EXECUTE FUNCTION public.chamber_moves();
--> statement-breakpoint
CREATE TRIGGER proxies_stay BEFORE DELETE OR TRUNCATE ON public.proxies
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
-- What was counted in a room stays as it was entered, and is entered while the vote is open.
CREATE FUNCTION public.room_takes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.ballots WHERE id = NEW.ballot_id AND state = 'open' AND method <> 'secret') THEN
    RAISE EXCEPTION 'nothing is counted in this room now' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER room_counts_take BEFORE INSERT ON public.room_counts
  FOR EACH ROW EXECUTE FUNCTION public.room_takes();
--> statement-breakpoint
CREATE TRIGGER room_objections_take BEFORE INSERT ON public.room_objections
  FOR EACH ROW EXECUTE FUNCTION public.room_takes();
--> statement-breakpoint
CREATE TRIGGER room_counts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.room_counts
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER room_objections_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.room_objections
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
-- A claim is made before the opening.
CREATE TRIGGER ballot_claims_hold BEFORE INSERT OR UPDATE ON public.ballot_claims
  FOR EACH ROW EXECUTE FUNCTION public.ballot_parts_hold();
