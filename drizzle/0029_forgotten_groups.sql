-- Once a ballot is counted, or annulled, its roll forgets in which group anybody was counted, and its urns who was
-- with whom: each once, and nothing else of them moves (docs/decisions/102).
CREATE FUNCTION public.ballot_is_counted(ballot uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM public.tallies WHERE ballot_id = ballot)
      OR EXISTS (SELECT 1 FROM public.ballot_annulments WHERE ballot_id = ballot)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION public.ballot_parts_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ballot uuid; now_state text;
BEGIN
  ballot := CASE TG_OP WHEN 'DELETE' THEN OLD.ballot_id ELSE NEW.ballot_id END;
  SELECT state INTO now_state FROM public.ballots WHERE id = ballot;
  IF TG_TABLE_NAME = 'roll_entries' AND TG_OP = 'UPDATE' AND now_state = 'closing' THEN
    IF (to_jsonb(NEW) - 'voted') = (to_jsonb(OLD) - 'voted') AND (to_jsonb(NEW) -> 'voted') = 'true'::jsonb THEN
      RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - 'places') = (to_jsonb(OLD) - 'places') AND (to_jsonb(NEW) -> 'places') = 'null'::jsonb
       AND public.ballot_is_counted(ballot) THEN
      RETURN NEW;
    END IF;
  END IF;
  IF now_state IS DISTINCT FROM 'prepared' THEN
    RAISE EXCEPTION 'the roll and the questions of an open ballot stand' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION public.paper_voters_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ballot uuid; now_state text;
BEGIN
  ballot := CASE TG_OP WHEN 'DELETE' THEN OLD.ballot_id ELSE NEW.ballot_id END;
  SELECT state INTO now_state FROM public.ballots WHERE id = ballot;
  IF now_state = 'closing' AND public.ballot_is_counted(ballot) AND (TG_OP = 'DELETE' OR (TG_OP = 'UPDATE'
       AND NEW.urn = '*' AND (to_jsonb(NEW) - 'urn') = (to_jsonb(OLD) - 'urn'))) THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF now_state IS DISTINCT FROM 'open' OR TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'the names of an urn stand' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
-- So do those of the table: beside who wrote a name down they would say in which urn it was.
CREATE OR REPLACE FUNCTION public.urn_counts_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_state text; over boolean;
BEGIN
  SELECT state INTO now_state FROM public.ballots WHERE id = COALESCE(NEW.ballot_id, OLD.ballot_id);
  over := now_state = 'closing' AND TG_OP <> 'INSERT' AND OLD.urn <> '' AND public.ballot_is_counted(OLD.ballot_id);
  IF over AND TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF over AND NEW.urn = '*' AND (to_jsonb(NEW) - 'urn') = (to_jsonb(OLD) - 'urn') THEN
    RETURN NEW;
  END IF;
  IF now_state IS DISTINCT FROM 'closing' OR TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (
       NEW.counts IS NOT NULL OR (to_jsonb(NEW) - 'counts') IS DISTINCT FROM (to_jsonb(OLD) - 'counts'))) THEN
    RAISE EXCEPTION 'what was counted stands' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION public.urns_given_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.urn <> '' AND public.ballot_is_counted(OLD.ballot_id)
     AND EXISTS (SELECT 1 FROM public.ballots WHERE id = OLD.ballot_id AND state = 'closing') THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (OLD.second_by IS NOT NULL
       OR (NEW.ballot_id, NEW.urn) IS DISTINCT FROM (OLD.ballot_id, OLD.urn)))
     OR NOT EXISTS (SELECT 1 FROM public.ballots WHERE id = NEW.ballot_id AND state = 'open') THEN
    RAISE EXCEPTION 'the papers of an urn stay given out' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- What ballots that are closed already still hold goes as it would have gone at their close.
ALTER TABLE public.roll_entries DISABLE TRIGGER roll_entries_hold;
--> statement-breakpoint
ALTER TABLE public.paper_voters DISABLE TRIGGER paper_voters_hold;
--> statement-breakpoint
ALTER TABLE public.urns_given DISABLE TRIGGER urns_given_hold;
--> statement-breakpoint
ALTER TABLE public.urn_counts DISABLE TRIGGER urn_counts_hold;
--> statement-breakpoint
UPDATE public.roll_entries r SET places = NULL FROM public.ballots b
WHERE b.id = r.ballot_id AND b.state = 'closed' AND r.places IS NOT NULL;
--> statement-breakpoint
DELETE FROM public.paper_voters p USING public.ballots b
WHERE b.id = p.ballot_id AND b.state = 'closed' AND p.urn <> '' AND (
  NOT EXISTS (SELECT 1 FROM public.urns_given g
              WHERE g.ballot_id = p.ballot_id AND g.urn = p.urn AND g.second_by IS NOT NULL)
  OR EXISTS (SELECT 1 FROM public.urns_aside a
             WHERE a.ballot_id = p.ballot_id AND a.urn = p.urn AND a.confirmed_by IS NOT NULL));
--> statement-breakpoint
UPDATE public.paper_voters p SET urn = '*' FROM public.ballots b
WHERE b.id = p.ballot_id AND b.state = 'closed' AND p.urn <> '';
--> statement-breakpoint
DELETE FROM public.urns_given g USING public.ballots b
WHERE b.id = g.ballot_id AND b.state = 'closed' AND g.urn <> '';
--> statement-breakpoint
DELETE FROM public.urn_counts u USING public.urn_counts other, public.ballots b
WHERE b.id = u.ballot_id AND b.state = 'closed' AND u.urn <> '' AND other.urn <> '' AND other.ballot_id = u.ballot_id
  AND other.round = u.round AND other.person_id = u.person_id AND other.id < u.id;
--> statement-breakpoint
UPDATE public.urn_counts u SET urn = '*' FROM public.ballots b
WHERE b.id = u.ballot_id AND b.state = 'closed' AND u.urn <> '';
--> statement-breakpoint
ALTER TABLE public.roll_entries ENABLE TRIGGER roll_entries_hold;
--> statement-breakpoint
ALTER TABLE public.paper_voters ENABLE TRIGGER paper_voters_hold;
--> statement-breakpoint
ALTER TABLE public.urns_given ENABLE TRIGGER urns_given_hold;
--> statement-breakpoint
ALTER TABLE public.urn_counts ENABLE TRIGGER urn_counts_hold;
--> statement-breakpoint
-- Their old rows are swept out of the pages by the first job behind this.
INSERT INTO public.jobs (kind, payload)
SELECT 'ballots.sweep', '{}'::jsonb WHERE EXISTS (SELECT 1 FROM public.ballots WHERE state = 'closed');
--> statement-breakpoint
-- An act stays as it was recorded; by which one it is undone may be said, and taken back. Words to which no undoing leads
-- back any more go after thirty days, as those that were taken out of a text go from its log (docs/decisions/097).
-- One after the other, each image is the one that was there, or words that have gone whole. Read as text: neither jsonb nor
-- what looks into json has room for half a character, and images may hold one.
CREATE FUNCTION public.only_forgets(was text, becomes text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(bool_and(coalesce(n.one = o.one OR (o.head IS NOT NULL AND n.one = o.head || '"before":'
      || CASE WHEN starts_with(o.one, o.head || '"before":null,"after":') THEN 'null' ELSE '{"forgotten":true}' END || ',"after":'
      || CASE WHEN right(o.one, 14) = ',"after":null}' THEN 'null' ELSE '{"forgotten":true}' END || '}'), false)), true)
  FROM (SELECT value::text AS one, substring(value::text from '^\{"key":"(?:words|fields):[^"]*",') AS head, place
        FROM json_array_elements(was::json) WITH ORDINALITY AS a (value, place)) o
  FULL JOIN (SELECT value::text AS one, place FROM json_array_elements(becomes::json) WITH ORDINALITY AS b (value, place)) n
    USING (place)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION public.acts_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE'
     OR (to_jsonb(NEW) - 'undone_by' - 'changes') IS DISTINCT FROM (to_jsonb(OLD) - 'undone_by' - 'changes')
     OR (NEW.changes IS DISTINCT FROM OLD.changes
         AND (OLD.at > now() - interval '30 days' OR NOT public.only_forgets(OLD.changes, NEW.changes))) THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "by_number" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Who was enrolled by a base belongs to it since the very moment in which she was written down; who came later had a card.
UPDATE public.memberships m SET by_number = true FROM public.persons p
WHERE p.id = m.person_id AND m.role = 'member' AND m.since > p.created_at;
