CREATE TABLE "amendment_backings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"amendment_id" uuid NOT NULL,
	"association_id" uuid NOT NULL,
	"backed_by" uuid,
	"backed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "amendments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"version_id" uuid NOT NULL,
	"version_article_id" uuid,
	"after_id" uuid,
	"area" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"why" text NOT NULL,
	"association_id" uuid,
	"space_id" uuid,
	"acta_reference" text,
	"acta_date" date,
	"proposed_by" uuid,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"first_version_id" uuid NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"reason" text,
	"by_hand" boolean DEFAULT false NOT NULL,
	"article_id" uuid,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "amendments_one_name" CHECK ((association_id is null) <> (space_id is null)),
	CONSTRAINT "amendments_acta" CHECK (association_id is null or (acta_reference is not null and acta_date is not null)),
	CONSTRAINT "amendments_article_there" CHECK ((kind = 'add') = (version_article_id is null)),
	CONSTRAINT "amendments_rejected_why" CHECK (state <> 'rejected' or reason is not null)
);
--> statement-breakpoint
CREATE TABLE "comment_reports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"comment_id" uuid NOT NULL,
	"person_id" uuid,
	"reason" text NOT NULL,
	"reported_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version_article_id" uuid NOT NULL,
	"side" text NOT NULL,
	"words" text NOT NULL,
	"person_id" uuid,
	"association_id" uuid,
	"office_id" uuid,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"hidden_reason" text,
	"hidden_by" uuid,
	"hidden_at" timestamp with time zone,
	CONSTRAINT "comments_one_name" CHECK (association_id is null or office_id is null),
	CONSTRAINT "comments_hidden" CHECK ((hidden_at is null) = (hidden_reason is null))
);
--> statement-breakpoint
ALTER TABLE "amendment_backings" ADD CONSTRAINT "amendment_backings_amendment_id_amendments_id_fk" FOREIGN KEY ("amendment_id") REFERENCES "public"."amendments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendment_backings" ADD CONSTRAINT "amendment_backings_association_id_associations_id_fk" FOREIGN KEY ("association_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendment_backings" ADD CONSTRAINT "amendment_backings_backed_by_persons_id_fk" FOREIGN KEY ("backed_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_version_article_id_version_articles_id_fk" FOREIGN KEY ("version_article_id") REFERENCES "public"."version_articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_after_id_articles_id_fk" FOREIGN KEY ("after_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_association_id_associations_id_fk" FOREIGN KEY ("association_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_proposed_by_persons_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_first_version_id_versions_id_fk" FOREIGN KEY ("first_version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_reports" ADD CONSTRAINT "comment_reports_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_reports" ADD CONSTRAINT "comment_reports_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_version_article_id_version_articles_id_fk" FOREIGN KEY ("version_article_id") REFERENCES "public"."version_articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_association_id_associations_id_fk" FOREIGN KEY ("association_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_office_id_offices_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."offices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_hidden_by_persons_id_fk" FOREIGN KEY ("hidden_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "amendment_backings_one" ON "amendment_backings" USING btree ("amendment_id","association_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "amendments_version" ON "amendments" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "amendments_article" ON "amendments" USING btree ("version_article_id");--> statement-breakpoint
CREATE UNIQUE INDEX "amendments_same" ON "amendments" USING btree ("version_id","kind",coalesce(version_article_id, version_id),md5(area || title || "text")) WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "comment_reports_one" ON "comment_reports" USING btree ("comment_id","person_id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "comment_reports_waiting" ON "comment_reports" USING btree ("settled_at");--> statement-breakpoint
CREATE INDEX "comments_article" ON "comments" USING btree ("version_article_id","side");--> statement-breakpoint
CREATE UNIQUE INDEX "comments_one" ON "comments" USING btree ("version_article_id","person_id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE TRIGGER amendments_words_stay BEFORE UPDATE ON public.amendments
  FOR EACH ROW WHEN (
    (OLD.kind, OLD.area, OLD.title, OLD.text, OLD.why, OLD.association_id, OLD.space_id, OLD.acta_reference, OLD.acta_date, OLD.first_version_id)
    IS DISTINCT FROM
    (NEW.kind, NEW.area, NEW.title, NEW.text, NEW.why, NEW.association_id, NEW.space_id, NEW.acta_reference, NEW.acta_date, NEW.first_version_id))
  EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER amendments_stay BEFORE DELETE OR TRUNCATE ON public.amendments
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

--> statement-breakpoint
ALTER TABLE "ballot_questions" ADD COLUMN "amendment_id" uuid;--> statement-breakpoint
ALTER TABLE "ballot_questions" ADD CONSTRAINT "ballot_questions_amendment_id_amendments_id_fk" FOREIGN KEY ("amendment_id") REFERENCES "public"."amendments"("id") ON DELETE no action ON UPDATE no action;