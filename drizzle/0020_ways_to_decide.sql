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
ALTER TABLE "ballot_reasons" ADD CONSTRAINT "ballot_reasons_question_id_ballot_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."ballot_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_reasons" ADD CONSTRAINT "ballot_reasons_association_id_associations_id_fk" FOREIGN KEY ("association_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ballot_reasons_question" ON "ballot_reasons" USING btree ("question_id");--> statement-breakpoint
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
