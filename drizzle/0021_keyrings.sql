CREATE TABLE "keyrings" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "keyrings_one_length" CHECK (octet_length(sealed) = 16471)
);
--> statement-breakpoint
ALTER TABLE "keyrings" ADD CONSTRAINT "keyrings_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;