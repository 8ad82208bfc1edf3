-- How much two texts have in common, letter by letter (db/extensions.ts says what to do where it may not be made).
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
--> statement-breakpoint
CREATE TABLE "concern_appeals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"concern_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"words" text NOT NULL,
	"raised_by" uuid NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"answer" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "concern_appeals_decided" CHECK ((state = 'waiting') = (decided_at is null))
);
--> statement-breakpoint
CREATE TABLE "concern_group_members" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"concern_id" uuid NOT NULL,
	"added_by" uuid,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "concern_groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"title" text,
	"lead_id" uuid NOT NULL,
	"made_by" uuid,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "concern_unlikes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"one_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "concern_unlikes_order" CHECK (one_id < other_id)
);
--> statement-breakpoint
ALTER TABLE "concern_appeals" ADD CONSTRAINT "concern_appeals_concern_id_concerns_id_fk" FOREIGN KEY ("concern_id") REFERENCES "public"."concerns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_appeals" ADD CONSTRAINT "concern_appeals_decision_id_concern_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."concern_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_appeals" ADD CONSTRAINT "concern_appeals_raised_by_persons_id_fk" FOREIGN KEY ("raised_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_appeals" ADD CONSTRAINT "concern_appeals_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_group_members" ADD CONSTRAINT "concern_group_members_group_id_concern_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."concern_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_group_members" ADD CONSTRAINT "concern_group_members_concern_id_concerns_id_fk" FOREIGN KEY ("concern_id") REFERENCES "public"."concerns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_group_members" ADD CONSTRAINT "concern_group_members_added_by_persons_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_group_members" ADD CONSTRAINT "concern_group_members_ended_by_persons_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_groups" ADD CONSTRAINT "concern_groups_lead_id_concerns_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."concerns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_groups" ADD CONSTRAINT "concern_groups_made_by_persons_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_groups" ADD CONSTRAINT "concern_groups_ended_by_persons_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_unlikes" ADD CONSTRAINT "concern_unlikes_one_id_concerns_id_fk" FOREIGN KEY ("one_id") REFERENCES "public"."concerns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_unlikes" ADD CONSTRAINT "concern_unlikes_other_id_concerns_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."concerns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_unlikes" ADD CONSTRAINT "concern_unlikes_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_unlikes" ADD CONSTRAINT "concern_unlikes_ended_by_persons_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "concern_appeals_once" ON "concern_appeals" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "concern_appeals_concern" ON "concern_appeals" USING btree ("concern_id");--> statement-breakpoint
CREATE INDEX "concern_appeals_state" ON "concern_appeals" USING btree ("state","raised_at");--> statement-breakpoint
CREATE UNIQUE INDEX "concern_group_members_one" ON "concern_group_members" USING btree ("concern_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "concern_group_members_group" ON "concern_group_members" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "concern_group_members_concern" ON "concern_group_members" USING btree ("concern_id");--> statement-breakpoint
CREATE UNIQUE INDEX "concern_unlikes_one" ON "concern_unlikes" USING btree ("one_id","other_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "concern_unlikes_other" ON "concern_unlikes" USING btree ("other_id");
--> statement-breakpoint
-- What walked together, what was refused and what was asked again stays, whatever became of it: rows end, none goes.
CREATE FUNCTION public.refuse_going() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % ends and stays', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE FUNCTION public.only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL
     OR (to_jsonb(NEW) - 'ended_at' - 'ended_by' - 'title') <> (to_jsonb(OLD) - 'ended_at' - 'ended_by' - 'title') THEN
    RAISE EXCEPTION 'a row of % only ends', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- A decided appeal is decided: what was asked and what was answered are not written anew.
CREATE FUNCTION public.appeals_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'waiting'
     OR (NEW.concern_id, NEW.decision_id, NEW.words, NEW.raised_by, NEW.raised_at)
        IS DISTINCT FROM (OLD.concern_id, OLD.decision_id, OLD.words, OLD.raised_by, OLD.raised_at) THEN
    RAISE EXCEPTION 'an appeal stands as it was asked and as it was decided' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER concern_groups_stay BEFORE DELETE OR TRUNCATE ON public.concern_groups
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_going();
--> statement-breakpoint
CREATE TRIGGER concern_groups_end BEFORE UPDATE ON public.concern_groups
  FOR EACH ROW EXECUTE FUNCTION public.only_ends();
--> statement-breakpoint
CREATE TRIGGER concern_group_members_stay BEFORE DELETE OR TRUNCATE ON public.concern_group_members
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_going();
--> statement-breakpoint
CREATE TRIGGER concern_group_members_end BEFORE UPDATE ON public.concern_group_members
  FOR EACH ROW EXECUTE FUNCTION public.only_ends();
--> statement-breakpoint
CREATE TRIGGER concern_unlikes_stay BEFORE DELETE OR TRUNCATE ON public.concern_unlikes
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_going();
--> statement-breakpoint
CREATE TRIGGER concern_unlikes_end BEFORE UPDATE ON public.concern_unlikes
  FOR EACH ROW EXECUTE FUNCTION public.only_ends();
--> statement-breakpoint
CREATE TRIGGER concern_appeals_stay BEFORE DELETE OR TRUNCATE ON public.concern_appeals
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_going();
--> statement-breakpoint
CREATE TRIGGER concern_appeals_hold BEFORE UPDATE ON public.concern_appeals
  FOR EACH ROW EXECUTE FUNCTION public.appeals_hold();
