-- What the forum promises never to change, the database refuses to change.
CREATE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.audit
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER versions_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON public.versions
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER version_articles_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON public.version_articles
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER responses_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.responses
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER concern_decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.concern_decisions
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
CREATE TRIGGER tallies_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.tallies
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
--> statement-breakpoint
-- A ballot's text, rule, roll and questions stand from the opening on; only its state moves forward.
CREATE FUNCTION public.ballots_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'prepared' THEN
      RAISE EXCEPTION 'an opened ballot stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state <> 'prepared' AND (
       NEW.version_id, NEW.title, NEW.scope, NEW.rule, NEW.closes_at, NEW.manifest, NEW.manifest_sha256, NEW.opened_at)
     IS DISTINCT FROM (
       OLD.version_id, OLD.title, OLD.scope, OLD.rule, OLD.closes_at, OLD.manifest, OLD.manifest_sha256, OLD.opened_at)
  THEN
    RAISE EXCEPTION 'an open ballot is not changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF array_position(ARRAY['prepared','open','closing','closed'], NEW.state)
   < array_position(ARRAY['prepared','open','closing','closed'], OLD.state) THEN
    RAISE EXCEPTION 'a ballot does not go back' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ballots_hold BEFORE UPDATE OR DELETE ON public.ballots
  FOR EACH ROW EXECUTE FUNCTION public.ballots_hold();
--> statement-breakpoint
CREATE FUNCTION public.ballot_parts_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ballot uuid; now_state text;
BEGIN
  ballot := CASE TG_OP WHEN 'DELETE' THEN OLD.ballot_id ELSE NEW.ballot_id END;
  SELECT state INTO now_state FROM public.ballots WHERE id = ballot;
  IF now_state IS DISTINCT FROM 'prepared' AND NOT (
       TG_TABLE_NAME = 'roll_entries' AND TG_OP = 'UPDATE'
       AND (to_jsonb(NEW) - 'voted') = (to_jsonb(OLD) - 'voted')) THEN
    RAISE EXCEPTION 'the roll and the questions of an open ballot stand' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER roll_entries_hold BEFORE INSERT OR UPDATE OR DELETE ON public.roll_entries
  FOR EACH ROW EXECUTE FUNCTION public.ballot_parts_hold();
--> statement-breakpoint
CREATE TRIGGER ballot_questions_hold BEFORE INSERT OR UPDATE OR DELETE ON public.ballot_questions
  FOR EACH ROW EXECUTE FUNCTION public.ballot_parts_hold();
