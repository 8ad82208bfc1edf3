ALTER TABLE "tallies" ALTER COLUMN "yes" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tallies" ALTER COLUMN "no" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tallies" ALTER COLUMN "abstain" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tallies" ADD COLUMN "holds" boolean;--> statement-breakpoint
ALTER TABLE "tallies" ADD CONSTRAINT "tallies_whole" CHECK ((yes is null) = (no is null) and (no is null) = (abstain is null));