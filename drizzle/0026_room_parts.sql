CREATE TABLE "room_parts" (
	"room" text NOT NULL,
	"place" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"erase" text NOT NULL,
	"until" text NOT NULL,
	CONSTRAINT "room_parts_room_place_pk" PRIMARY KEY("room","place")
);
--> statement-breakpoint
ALTER TABLE "room_parts" ADD CONSTRAINT "room_parts_room_rooms_id_fk" FOREIGN KEY ("room") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_parts_erase" ON "room_parts" USING btree ("erase");--> statement-breakpoint
CREATE INDEX "room_parts_until" ON "room_parts" USING btree ("until");