import { Agua } from './areas/agua';
import { ContratosConTitulares } from './areas/contratos-con-titulares';
import { CreditoYTecnologiaLimpia } from './areas/credito-y-tecnologia-limpia';
import { CuidadoNinezYEducacion } from './areas/cuidado-ninez-y-educacion';
import { DerechosLaborales } from './areas/derechos-laborales';
import { Dignidad } from './areas/dignidad';
import { FormalizacionYTramites } from './areas/formalizacion-y-tramites';
import { MercurioYAmbiente } from './areas/mercurio-y-ambiente';
import { ParticipacionYOrganizacion } from './areas/participacion-y-organizacion';
import { Reconocimiento } from './areas/reconocimiento';
import { RoboYComercioDeMineral } from './areas/robo-y-comercio-de-mineral';
import { Salud } from './areas/salud';
import { SeguridadEnElTrabajo } from './areas/seguridad-en-el-trabajo';
import { TerritorioYPueblosIndigenas } from './areas/territorio-y-pueblos-indigenas';
import { VidaLibreDeViolencia } from './areas/vida-libre-de-violencia';
import type { DrawingProps } from './drawing';

const areas = {
  'mercurio-y-ambiente': MercurioYAmbiente,
  agua: Agua,
  salud: Salud,
  'seguridad-en-el-trabajo': SeguridadEnElTrabajo,
  'derechos-laborales': DerechosLaborales,
  'formalizacion-y-tramites': FormalizacionYTramites,
  'contratos-con-titulares': ContratosConTitulares,
  'robo-y-comercio-de-mineral': RoboYComercioDeMineral,
  reconocimiento: Reconocimiento,
  'vida-libre-de-violencia': VidaLibreDeViolencia,
  'cuidado-ninez-y-educacion': CuidadoNinezYEducacion,
  'territorio-y-pueblos-indigenas': TerritorioYPueblosIndigenas,
  'credito-y-tecnologia-limpia': CreditoYTecnologiaLimpia,
  'participacion-y-organizacion': ParticipacionYOrganizacion,
  dignidad: Dignidad,
};

/** The slugs that have a drawing. */
export type AreaSlug = keyof typeof areas;
export const areaSlugs = Object.keys(areas) as AreaSlug[];

/** The drawing of an area of concern by its slug; a slug without one gets none. `size` in rem. */
export function AreaDrawing({ slug, ...props }: DrawingProps & { slug: string }) {
  const Found = Object.hasOwn(areas, slug) ? areas[slug as AreaSlug] : undefined;
  return Found ? <Found {...props} /> : null;
}
