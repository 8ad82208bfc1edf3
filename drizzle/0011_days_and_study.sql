ALTER TABLE "submissions" ALTER COLUMN "at" SET DEFAULT date_trunc('day', now(), 'America/Lima');--> statement-breakpoint
ALTER TABLE "cards" ALTER COLUMN "issued_at" SET DEFAULT date_trunc('day', now(), 'America/Lima');--> statement-breakpoint
ALTER TABLE "sessions" ALTER COLUMN "created_at" SET DEFAULT date_trunc('day', now(), 'America/Lima');--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "until" date;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_until" CHECK (until is null or kind = 'en_estudio');--> statement-breakpoint
-- What was kept to the hour until now; the audit is append-only and stays.
UPDATE "sessions" SET "created_at" = date_trunc('day', "created_at", 'America/Lima'),
  "ended_at" = date_trunc('day', "ended_at", 'America/Lima'),
  "expires_at" = date_trunc('day', "expires_at", 'America/Lima') + interval '1 day';--> statement-breakpoint
UPDATE "cards" SET "issued_at" = date_trunc('day', "issued_at", 'America/Lima'),
  "used_at" = date_trunc('day', "used_at", 'America/Lima'),
  "revoked_at" = date_trunc('day', "revoked_at", 'America/Lima');--> statement-breakpoint
UPDATE "submissions" SET "at" = date_trunc('day', "at", 'America/Lima');
