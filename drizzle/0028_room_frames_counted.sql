ALTER TABLE "rooms" ADD COLUMN "frames" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- By hand: rooms that stand already.
UPDATE "rooms" SET "frames" = (SELECT count(*) FROM "room_frames" WHERE "room_frames"."room" = "rooms"."id");
