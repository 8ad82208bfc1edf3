import type { AreaSlug } from '~/db/reference/areas';
import type { BarrierSlug } from '~/db/reference/barriers';
import type { DepartmentCode, ProvinceCode } from '~/db/reference/places';
import type { ArticleKey } from './articles';
import { environmentConcerns } from './concerns/ambiente';
import { communityConcerns } from './concerns/comunidad';
import { oreConcerns } from './concerns/mineral';
import { tradeConcerns } from './concerns/pallaqueras';
import { workConcerns } from './concerns/trabajo';
import { paperworkConcerns } from './concerns/tramites';
import type { DraftKey } from './drafts';
import type { OrganizationKey } from './organizations';
import type { PersonKey } from './people';

export type ReasonCode = 'fuera-de-tema' | 'repetida' | 'ya-en-ley' | 'sin-acuerdo' | 'otra-via';

/** A concern in a miner's own words. Nothing here comes from a protected room. */
export interface DemoConcern {
  readonly key: string;
  /** 20 to 400 characters. */
  readonly words: string;
  readonly areas: readonly AreaSlug[];
  readonly department: DepartmentCode;
  readonly province?: ProvinceCode;
  readonly barrier: BarrierSlug;
  /** Who raised it: never shown; others see the organization's name. */
  readonly from: PersonKey;
  /** The organization in whose space it was raised; null: by a person on her own. */
  readonly organization: OrganizationKey | null;
  /** In days before today. */
  readonly day: number;
  readonly state: 'recibida' | 'en_debate' | 'recogida' | 'no_recogida';
  /** Why it was not taken up: only with `no_recogida`. */
  readonly reason?: { readonly code: ReasonCode; readonly words: string };
  /** The articles that took it up: only with `recogida`. */
  readonly articles?: readonly ArticleKey[];
  /** The draft in which it is, or was, worked on. */
  readonly draft?: DraftKey;
}

const list = [
  ...environmentConcerns,
  ...workConcerns,
  ...paperworkConcerns,
  ...oreConcerns,
  ...tradeConcerns,
  ...communityConcerns,
];

export type ConcernKey = (typeof list)[number]['key'];
export const concerns: readonly (DemoConcern & { readonly key: ConcernKey })[] = list;
