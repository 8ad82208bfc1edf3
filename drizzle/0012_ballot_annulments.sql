CREATE TABLE "ballot_annulments" (
	"ballot_id" uuid PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"annulled_by" uuid,
	"annulled_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ballot_annulments" ADD CONSTRAINT "ballot_annulments_ballot_id_ballots_id_fk" FOREIGN KEY ("ballot_id") REFERENCES "public"."ballots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_annulments" ADD CONSTRAINT "ballot_annulments_annulled_by_persons_id_fk" FOREIGN KEY ("annulled_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE TRIGGER ballot_annulments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ballot_annulments
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
