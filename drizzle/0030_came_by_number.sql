ALTER TABLE "memberships" ADD COLUMN "by_number" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Who was enrolled by a base belongs to it since the very moment in which she was written down; who came later had a card.
UPDATE public.memberships m SET by_number = true FROM public.persons p
WHERE p.id = m.person_id AND m.role = 'member' AND m.since > p.created_at;
