-- An act stays as it was recorded; by which one it is undone may be said, and taken back. Words to which no undoing leads
-- back any more go after thirty days, as those that were taken out of a text go from its log (docs/decisions/097).
CREATE OR REPLACE FUNCTION public.acts_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE'
     OR (to_jsonb(NEW) - 'undone_by' - 'changes') IS DISTINCT FROM (to_jsonb(OLD) - 'undone_by' - 'changes')
     OR (NEW.changes IS DISTINCT FROM OLD.changes AND OLD.at > now() - interval '30 days') THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
