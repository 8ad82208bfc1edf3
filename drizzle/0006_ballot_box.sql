ALTER TABLE "papers" ALTER COLUMN "choice" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "receipts" DROP CONSTRAINT "receipts_pkey";--> statement-breakpoint
ALTER TABLE "receipts" ALTER COLUMN "tracker" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "ballots" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "ballots" ADD COLUMN "urgency_confirmed_by" uuid;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "sealed" "bytea";--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "handle" "bytea";--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_urgency_confirmed_by_persons_id_fk" FOREIGN KEY ("urgency_confirmed_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ballots_version" ON "ballots" USING btree ("version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_handle" ON "receipts" USING btree ("handle");--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_tracker" ON "receipts" USING btree ("ballot_id","tracker");--> statement-breakpoint
CREATE INDEX "roll_entries_person" ON "roll_entries" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_two_people" CHECK (urgency_confirmed_by is null or urgency_confirmed_by <> prepared_by);--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_sealed_or_plain" CHECK ((handle is null) = (sealed is null) and (handle is null) = (choice is not null));--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_blind_or_plain" CHECK ((handle is null) = (tracker is not null));