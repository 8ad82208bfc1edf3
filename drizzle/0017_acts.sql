CREATE TABLE "acts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "acts_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"person_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"note" jsonb NOT NULL,
	"changes" text NOT NULL,
	"touched" text[] NOT NULL,
	"undoes" uuid,
	"undone_by" uuid
);
--> statement-breakpoint
ALTER TABLE "article_sources" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "merged_seq" bigint;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_undoes_acts_id_fk" FOREIGN KEY ("undoes") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_undone_by_acts_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "acts_number" ON "acts" USING btree ("number");--> statement-breakpoint
CREATE INDEX "acts_touched" ON "acts" USING gin ("touched");--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_merged_into_articles_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- An act of consolidation stays as it was recorded; only by which act it is undone may be said, and taken back.
CREATE FUNCTION public.acts_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - 'undone_by') IS DISTINCT FROM (to_jsonb(OLD) - 'undone_by') THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER acts_hold BEFORE UPDATE OR DELETE ON public.acts
  FOR EACH ROW EXECUTE FUNCTION public.acts_hold();
--> statement-breakpoint
CREATE TRIGGER acts_stay BEFORE TRUNCATE ON public.acts
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
