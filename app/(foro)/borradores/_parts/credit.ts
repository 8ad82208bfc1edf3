import type { Translator } from '~/messages/catalogue';
import type { Credit } from '~/server/drafts/rules/credits';

/** Whose something is, in words; null where the space does not tell. */
export function creditWords(t: Translator, credit: Credit | null): string | null {
  if (!credit) return null;
  return 'name' in credit ? credit.name : t(`drafts.credit.${credit.kind}`);
}
