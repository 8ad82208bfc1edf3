import { placeTitle, whereInWords } from '~/app/_form/labels';
import type { Translator } from '~/messages/catalogue';

type Face = {
  kind: 'asociacion' | 'cooperativa' | 'federacion' | 'comite' | 'base_libre';
  department: string;
  province?: string | null;
  womens: boolean;
};

/** «Asociación · Puno · de mujeres»: what stands for a base wherever it is named. */
export const baseLine = (t: Translator, base: Face): string =>
  [
    t(`associations.kind.${base.kind}`),
    base.province === undefined
      ? placeTitle(base.department)
      : whereInWords(base.department, base.province ?? null),
    base.womens ? t('associations.womens') : '',
  ]
    .filter(Boolean)
    .join(' · ');
