import type { AreaSlug } from '~/db/reference/areas';
import type { AuthoritySlug } from '~/db/reference/authorities';
import type { LibrarySlug } from '~/db/reference/library';
import { waterAndCredit } from './articles/agua-y-credito';
import { tradeAndPaperwork } from './articles/oficio-y-tramites';
import { workAndOre } from './articles/trabajo-y-mineral';
import { lifeAndTerritory } from './articles/vida-y-territorio';
import type { DraftKey } from './drafts';

/** An article of the one document as it stands in version 2. */
export interface DemoArticle {
  readonly key: string;
  /** Its place in version 2; in version 1 the articles that were already there are counted without gaps. */
  readonly number: number;
  readonly title: string;
  /** The chapter: the articles of one area stand together. */
  readonly area: AreaSlug;
  readonly areas: readonly AreaSlug[];
  readonly text: string;
  /** The wording of version 1, where it was another. */
  readonly firstText?: string;
  /** What the committee set under it as points for version 2; another article is named by its key. */
  readonly points?: readonly string[];
  readonly summary: string;
  /** «Lo que dice la ley», only what the library holds. */
  readonly law?: string;
  /** «Lo que pasa aquí». */
  readonly reality?: string;
  readonly addressees: readonly AuthoritySlug[];
  readonly library: readonly LibrarySlug[];
  /** How it touches pallaqueras, palliris, cooks and partners. */
  readonly genderCheck: string;
  /** Touches indigenous territory: the page shows the note on prior consultation. */
  readonly territory: boolean;
  readonly draft: DraftKey;
  /** The version in which it first stood. */
  readonly since: 1 | 2;
}

const list = [...tradeAndPaperwork, ...waterAndCredit, ...workAndOre, ...lifeAndTerritory];

export type ArticleKey = (typeof list)[number]['key'];
export const articles: readonly (DemoArticle & { readonly key: ArticleKey })[] = list;

/** Areas that stand in the document without an article; none does. */
export const areasWithoutArticle: readonly AreaSlug[] = [];
