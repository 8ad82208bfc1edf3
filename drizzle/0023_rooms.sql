CREATE TABLE "room_frames" (
	"room" text NOT NULL,
	"seq" integer NOT NULL,
	"epoch" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"erase" text NOT NULL,
	"until" text NOT NULL,
	CONSTRAINT "room_frames_room_seq_pk" PRIMARY KEY("room","seq")
);
--> statement-breakpoint
CREATE TABLE "room_invites" (
	"id" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"knock" "bytea",
	"answer" "bytea",
	"until" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_rekeys" (
	"access" text PRIMARY KEY NOT NULL,
	"room" text NOT NULL,
	"note" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" text PRIMARY KEY NOT NULL,
	"access" text NOT NULL,
	"epoch" integer NOT NULL,
	"turn" integer NOT NULL,
	"last_seq" integer NOT NULL,
	"bytes" integer NOT NULL,
	"stewards" text[] NOT NULL,
	"tree" text NOT NULL,
	"count" text NOT NULL,
	"frozen" boolean DEFAULT false NOT NULL,
	"freezes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"successors" text[],
	"succeed_on" text,
	CONSTRAINT "rooms_access_unique" UNIQUE("access")
);
--> statement-breakpoint
ALTER TABLE "room_frames" ADD CONSTRAINT "room_frames_room_rooms_id_fk" FOREIGN KEY ("room") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_rekeys" ADD CONSTRAINT "room_rekeys_room_rooms_id_fk" FOREIGN KEY ("room") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_frames_erase" ON "room_frames" USING btree ("erase");--> statement-breakpoint
CREATE INDEX "room_frames_until" ON "room_frames" USING btree ("until");--> statement-breakpoint
CREATE INDEX "room_rekeys_room" ON "room_rekeys" USING btree ("room");