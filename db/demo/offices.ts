import type { Country } from '~/db/reference/places';

/** A fictional State office that answers in the demo: no real one is made to say anything. */
export interface DemoOffice {
  readonly key: string;
  readonly name: string;
  readonly country: Country;
}

const list = [
  { key: 'mineria-de-prueba', name: 'Dirección Regional de Minería «de Prueba»', country: 'PE' },
  { key: 'trabajo-de-ejemplo', name: 'Inspección de Trabajo «de Ejemplo»', country: 'PE' },
  { key: 'mineria-de-muestra', name: 'Dirección Departamental de Minería «de Muestra»', country: 'BO' },
] as const satisfies readonly DemoOffice[];

export type OfficeKey = (typeof list)[number]['key'];
export const offices: readonly (DemoOffice & { readonly key: OfficeKey })[] = list;
