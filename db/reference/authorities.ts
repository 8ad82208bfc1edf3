import type { Country } from './places';

/** A State body to which an article may be addressed: real names, one plain line on what it does. */
export interface Authority {
  readonly slug: string;
  readonly name: string;
  readonly country: Country;
  readonly gist: { readonly es: string };
}

export const authorities = [
  {
    slug: 'minem',
    name: 'Ministerio de Energía y Minas (MINEM)',
    country: 'PE',
    gist: { es: 'Dicta las reglas nacionales de la minería y lleva el registro.' },
  },
  {
    slug: 'drem-grem',
    name: 'Dirección o Gerencia Regional de Energía y Minas (DREM / GREM)',
    country: 'PE',
    gist: { es: 'Atiende en cada región los trámites de la pequeña minería.' },
  },
  {
    slug: 'ingemmet',
    name: 'Instituto Geológico, Minero y Metalúrgico (INGEMMET)',
    country: 'PE',
    gist: { es: 'Recibe los petitorios y lleva el mapa de las concesiones.' },
  },
  {
    slug: 'sunat',
    name: 'Superintendencia Nacional de Aduanas y de Administración Tributaria (SUNAT)',
    country: 'PE',
    gist: { es: 'Cobra los impuestos y controla los insumos químicos.' },
  },
  {
    slug: 'mtpe',
    name: 'Ministerio de Trabajo y Promoción del Empleo (MTPE)',
    country: 'PE',
    gist: { es: 'Dicta las reglas del trabajo y de la seguridad en él.' },
  },
  {
    slug: 'sunafil',
    name: 'Superintendencia Nacional de Fiscalización Laboral (SUNAFIL)',
    country: 'PE',
    gist: { es: 'Inspecciona los lugares de trabajo.' },
  },
  {
    slug: 'mimp',
    name: 'Ministerio de la Mujer y Poblaciones Vulnerables (MIMP)',
    country: 'PE',
    gist: { es: 'Cuida los derechos de las mujeres, la niñez y las familias.' },
  },
  {
    slug: 'minsa',
    name: 'Ministerio de Salud (MINSA)',
    country: 'PE',
    gist: { es: 'Dirige las postas, los hospitales y el control de la salud.' },
  },
  {
    slug: 'minam',
    name: 'Ministerio del Ambiente (MINAM)',
    country: 'PE',
    gist: { es: 'Dirige el cuidado del ambiente y el plan sobre mercurio.' },
  },
  {
    slug: 'ana',
    name: 'Autoridad Nacional del Agua (ANA)',
    country: 'PE',
    gist: { es: 'Otorga los derechos de uso y vigila la calidad del agua.' },
  },
  {
    slug: 'minedu',
    name: 'Ministerio de Educación (MINEDU)',
    country: 'PE',
    gist: { es: 'Dirige las escuelas y la alfabetización.' },
  },
  {
    slug: 'ministerio-de-cultura',
    name: 'Ministerio de Cultura (viceministerio de Interculturalidad)',
    country: 'PE',
    gist: { es: 'Guía la consulta previa a los pueblos indígenas.' },
  },
  {
    slug: 'congreso',
    name: 'Congreso de la República',
    country: 'PE',
    gist: { es: 'Debate y aprueba las leyes, entre ellas la Ley MAPE.' },
  },
  {
    slug: 'gobierno-regional',
    name: 'Gobierno regional',
    country: 'PE',
    gist: { es: 'Dirige los servicios y obras de la región.' },
  },
  {
    slug: 'municipalidad',
    name: 'Municipalidad provincial o distrital',
    country: 'PE',
    gist: { es: 'Ve las obras, el agua, la basura y los servicios del lugar.' },
  },
  {
    slug: 'ministerio-de-mineria-bo',
    name: 'Ministerio de Minería y Metalurgia',
    country: 'BO',
    gist: { es: 'Dicta las políticas y reglas de la minería en Bolivia.' },
  },
  {
    slug: 'ajam',
    name: 'Autoridad Jurisdiccional Administrativa Minera (AJAM)',
    country: 'BO',
    gist: { es: 'Otorga y registra los derechos mineros en Bolivia.' },
  },
  {
    slug: 'comibol',
    name: 'Corporación Minera de Bolivia (COMIBOL)',
    country: 'BO',
    gist: { es: 'Administra las minas del Estado y arrienda áreas a cooperativas.' },
  },
  {
    slug: 'ministerio-de-trabajo-bo',
    name: 'Ministerio de Trabajo, Empleo y Previsión Social',
    country: 'BO',
    gist: { es: 'Vigila el trabajo y la previsión social en Bolivia.' },
  },
  {
    slug: 'gobierno-municipal-bo',
    name: 'Gobierno autónomo municipal',
    country: 'BO',
    gist: { es: 'Ve los servicios del municipio, también los de ayuda a mujeres.' },
  },
] as const satisfies readonly Authority[];

export type AuthoritySlug = (typeof authorities)[number]['slug'];
