import type { Country, DepartmentCode, ProvinceCode } from '~/db/reference/places';

/** A fictional organization of the demo forum. None is real, and none is named after a real one. */
export interface DemoOrganization {
  readonly key: string;
  readonly name: string;
  readonly kind: 'asociacion' | 'cooperativa' | 'federacion' | 'comite' | 'base-libre';
  readonly department: DepartmentCode;
  readonly province?: ProvinceCode;
  readonly country: Country;
  /** An organization of women miners. */
  readonly women: boolean;
  /** Its people work inside a cooperative. */
  readonly insideCooperative: boolean;
  /** The day it joined the forum, in days before today. */
  readonly since: number;
}

const list = [
  {
    key: 'flor-de-cuarzo',
    name: 'Asociación de Pallaqueras «Flor de Cuarzo»',
    kind: 'asociacion',
    department: '21',
    province: '2110',
    country: 'PE',
    women: true,
    insideCooperative: false,
    since: -320,
  },
  {
    key: 'manos-del-desmonte',
    name: 'Asociación de Seleccionadoras «Manos del Desmonte»',
    kind: 'asociacion',
    department: '04',
    province: '0402',
    country: 'PE',
    women: true,
    insideCooperative: false,
    since: -318,
  },
  {
    key: 'tres-vetas',
    name: 'Asociación de Mineros Artesanales «Tres Vetas»',
    kind: 'asociacion',
    department: '04',
    province: '0403',
    country: 'PE',
    women: false,
    insideCooperative: false,
    since: -320,
  },
  {
    key: 'quebrada-honda',
    name: 'Base «Quebrada Honda»',
    kind: 'asociacion',
    department: '05',
    province: '0506',
    country: 'PE',
    women: false,
    insideCooperative: false,
    since: -305,
  },
  {
    key: 'rio-claro',
    name: 'Asociación «Río Claro»',
    kind: 'asociacion',
    department: '17',
    province: '1701',
    country: 'PE',
    women: false,
    insideCooperative: false,
    since: -301,
  },
  {
    key: 'cerro-unido',
    name: 'Federación Regional «Cerro Unido»',
    kind: 'federacion',
    department: '13',
    province: '1308',
    country: 'PE',
    women: false,
    insideCooperative: false,
    since: -298,
  },
  {
    key: 'quince-de-junio',
    name: 'Cooperativa Minera «15 de Junio Imaginario» R.L.',
    kind: 'cooperativa',
    department: 'BO-P',
    country: 'BO',
    women: false,
    insideCooperative: true,
    since: -290,
  },
  {
    key: 'piedra-viva',
    name: 'Comité de Palliris «Piedra Viva»',
    kind: 'comite',
    department: 'BO-P',
    country: 'BO',
    women: true,
    insideCooperative: true,
    since: -289,
  },
  {
    key: 'arena-mansa',
    name: 'Asociación de Barranquilleras «Arena Mansa»',
    kind: 'asociacion',
    department: 'BO-L',
    country: 'BO',
    women: true,
    insideCooperative: false,
    since: -284,
  },
  {
    key: 'sin-organizacion',
    name: 'Base libre «Sin Organización»',
    kind: 'base-libre',
    department: '04',
    country: 'PE',
    women: false,
    insideCooperative: false,
    since: -320,
  },
  {
    key: 'veta-serena',
    name: 'Cooperativa Minera «Veta Serena» R.L.',
    kind: 'cooperativa',
    department: 'BO-O',
    country: 'BO',
    women: false,
    insideCooperative: true,
    since: -276,
  },
  {
    key: 'luna-de-socavon',
    name: 'Asociación de Mineras y Mineros «Luna de Socavón»',
    kind: 'asociacion',
    department: '08',
    province: '0807',
    country: 'PE',
    women: false,
    insideCooperative: false,
    since: -270,
  },
  {
    key: 'tinya-y-barreta',
    name: 'Comité de Mineras «Tinya y Barreta»',
    kind: 'comite',
    department: '03',
    province: '0304',
    country: 'PE',
    women: true,
    insideCooperative: false,
    since: -262,
  },
  {
    key: 'arena-y-sol',
    name: 'Asociación de Mineros Artesanales «Arena y Sol»',
    kind: 'asociacion',
    department: '11',
    province: '1103',
    country: 'PE',
    women: false,
    insideCooperative: false,
    since: -255,
  },
  {
    key: 'apus-en-calma',
    name: 'Federación «Apus en Calma»',
    kind: 'federacion',
    department: '21',
    province: '2112',
    country: 'PE',
    women: false,
    insideCooperative: false,
    since: -233,
  },
  {
    key: 'nevado-quieto',
    name: 'Cooperativa Aurífera «Nevado Quieto» R.L.',
    kind: 'cooperativa',
    department: 'BO-L',
    country: 'BO',
    women: false,
    insideCooperative: true,
    since: -70,
  },
  {
    key: 'paso-de-vicunas',
    name: 'Asociación de Mineras «Paso de Vicuñas»',
    kind: 'asociacion',
    department: '05',
    province: '0508',
    country: 'PE',
    women: true,
    insideCooperative: false,
    since: -224,
  },
] as const satisfies readonly DemoOrganization[];

export type OrganizationKey = (typeof list)[number]['key'];
export const organizations: readonly (DemoOrganization & { readonly key: OrganizationKey })[] = list;
