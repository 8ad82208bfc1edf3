CREATE TABLE "releases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"content" jsonb NOT NULL,
	"not_before" text NOT NULL,
	"refused" text
);
--> statement-breakpoint
CREATE TABLE "spent_tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"until" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "token_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"day" text NOT NULL,
	"until" text NOT NULL,
	"modulus" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "amendments" DROP CONSTRAINT "amendments_one_name";--> statement-breakpoint
ALTER TABLE "concerns" ALTER COLUMN "person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "amendments" ADD COLUMN "collective" text;--> statement-breakpoint
ALTER TABLE "concerns" ADD COLUMN "collective" text;--> statement-breakpoint
ALTER TABLE "concerns" ADD COLUMN "womens" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "paid" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "token_keys_one" ON "token_keys" USING btree ("purpose","day");--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_one_name" CHECK (num_nonnulls(association_id, space_id, collective) = 1);--> statement-breakpoint
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_by_one" CHECK ((person_id is null) = (collective is not null));--> statement-breakpoint
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_of_rooms" CHECK (collective is null or (association_id is null and space_id is null and audience = 'public'));--> statement-breakpoint
-- Rooms that were there before bytes were paid for keep what they had.
UPDATE "rooms" SET "paid" = 15;