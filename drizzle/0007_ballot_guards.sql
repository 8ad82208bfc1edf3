-- From the opening on, only a ballot's state moves; nobody marks the roll before the closing job does.
CREATE OR REPLACE FUNCTION public.ballots_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'prepared' THEN
      RAISE EXCEPTION 'an opened ballot stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state <> 'prepared' AND
       (to_jsonb(NEW) - 'state' - 'closed_at') IS DISTINCT FROM (to_jsonb(OLD) - 'state' - 'closed_at') THEN
    RAISE EXCEPTION 'an open ballot is not changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.state = 'closed' AND NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
    RAISE EXCEPTION 'a closed ballot is not changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF array_position(ARRAY['prepared','open','closing','closed'], NEW.state)
   < array_position(ARRAY['prepared','open','closing','closed'], OLD.state) THEN
    RAISE EXCEPTION 'a ballot does not go back' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION public.ballot_parts_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ballot uuid; now_state text;
BEGIN
  ballot := CASE TG_OP WHEN 'DELETE' THEN OLD.ballot_id ELSE NEW.ballot_id END;
  SELECT state INTO now_state FROM public.ballots WHERE id = ballot;
  IF now_state IS DISTINCT FROM 'prepared' AND NOT (
       TG_TABLE_NAME = 'roll_entries' AND TG_OP = 'UPDATE' AND now_state = 'closing'
       AND (to_jsonb(NEW) - 'voted') = (to_jsonb(OLD) - 'voted')
       AND (to_jsonb(NEW) -> 'voted') = 'true'::jsonb) THEN
    RAISE EXCEPTION 'the roll and the questions of an open ballot stand' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
-- What is blind comes in while the ballot is open; what is plain, while it is being closed; afterwards nothing moves.
CREATE FUNCTION public.box_takes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT ballot_id, handle IS NULL AS plain FROM fresh) f
             JOIN public.ballots b ON b.id = f.ballot_id
             WHERE b.state <> CASE WHEN f.plain THEN 'closing' ELSE 'open' END) THEN
    RAISE EXCEPTION 'the box of this ballot takes nothing now' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION public.box_gives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT ballot_id, handle IS NULL AS plain FROM gone) g
             JOIN public.ballots b ON b.id = g.ballot_id
             WHERE b.state <> 'closing' OR g.plain) THEN
    RAISE EXCEPTION 'the box of this ballot gives nothing away' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A paper is exchanged by the same hand alone: same handle, same question.
CREATE FUNCTION public.papers_exchange() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM gone g LEFT JOIN fresh f USING (id)
             WHERE f.handle IS NULL OR (f.ballot_id, f.question_id, f.dimension, f.handle)
               IS DISTINCT FROM (g.ballot_id, g.question_id, g.dimension, g.handle)) THEN
    RAISE EXCEPTION 'a paper stays with its handle and question' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT ballot_id FROM fresh) f
             JOIN public.ballots b ON b.id = f.ballot_id WHERE b.state <> 'open') THEN
    RAISE EXCEPTION 'the box of this ballot takes nothing now' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER papers_take AFTER INSERT ON public.papers
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.box_takes();
--> statement-breakpoint
CREATE TRIGGER papers_exchange AFTER UPDATE ON public.papers
  REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.papers_exchange();
--> statement-breakpoint
CREATE TRIGGER papers_give AFTER DELETE ON public.papers
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.box_gives();
--> statement-breakpoint
CREATE TRIGGER receipts_take AFTER INSERT ON public.receipts
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.box_takes();
--> statement-breakpoint
CREATE TRIGGER receipts_stay BEFORE UPDATE ON public.receipts
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER receipts_give AFTER DELETE ON public.receipts
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.box_gives();
--> statement-breakpoint
CREATE TRIGGER ballots_whole BEFORE TRUNCATE ON public.ballots
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER ballot_questions_whole BEFORE TRUNCATE ON public.ballot_questions
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER roll_entries_whole BEFORE TRUNCATE ON public.roll_entries
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER papers_whole BEFORE TRUNCATE ON public.papers
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER receipts_whole BEFORE TRUNCATE ON public.receipts
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
