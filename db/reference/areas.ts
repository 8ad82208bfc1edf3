/** A text in the two languages that the forum ships for its reference data. */
export interface Bilingual {
  readonly es: string;
  readonly en: string;
}

/** One of the fifteen areas of concern; the order is the one in which the miners named them. */
export interface Area {
  readonly slug: string;
  readonly number: number;
  readonly title: Bilingual;
  /** At most twelve words. */
  readonly gist: Bilingual;
}

export const areas = [
  {
    slug: 'mercurio-y-ambiente',
    number: 1,
    title: { es: 'Mercurio y ambiente', en: 'Mercury and environment' },
    gist: {
      es: 'Mercurio y cianuro en el agua y el suelo; apoyo para dejarlos.',
      en: 'Mercury and cyanide in water and soil; support to leave them.',
    },
  },
  {
    slug: 'agua',
    number: 2,
    title: { es: 'Agua', en: 'Water' },
    gist: {
      es: 'Agua limpia para tomar, lavar y trabajar; reservorios.',
      en: 'Clean water to drink, wash and work; reservoirs.',
    },
  },
  {
    slug: 'salud',
    number: 3,
    title: { es: 'Salud', en: 'Health' },
    gist: {
      es: 'Mal de mina, mercurio en el cuerpo, posta y servicios.',
      en: 'Silicosis, mercury in the body, clinics and services.',
    },
  },
  {
    slug: 'seguridad-en-el-trabajo',
    number: 4,
    title: { es: 'Seguridad en el trabajo', en: 'Safety at work' },
    gist: {
      es: 'Equipo de protección, derrumbes, gases y jornadas largas.',
      en: 'Protective equipment, rockfall, gas and long hours.',
    },
  },
  {
    slug: 'derechos-laborales',
    number: 5,
    title: { es: 'Derechos laborales', en: 'Labour rights' },
    gist: {
      es: 'Pago igual, contrato, descanso, maternidad y jubilación.',
      en: 'Equal pay, contract, rest, maternity leave and pension.',
    },
  },
  {
    slug: 'formalizacion-y-tramites',
    number: 6,
    title: { es: 'Formalización y trámites', en: 'Formalization and paperwork' },
    gist: {
      es: 'Papeles, costos, distancias y derechos que se superponen.',
      en: 'Paperwork, cost, distance and overlapping rights.',
    },
  },
  {
    slug: 'contratos-con-titulares',
    number: 7,
    title: { es: 'Contratos con titulares', en: 'Contracts with holders' },
    gist: {
      es: 'Negociar con el titular con claridad y en igualdad.',
      en: 'Clear and even bargaining with the holders of mining rights.',
    },
  },
  {
    slug: 'robo-y-comercio-de-mineral',
    number: 8,
    title: { es: 'Robo y comercio de mineral', en: 'Ore theft and trade' },
    gist: {
      es: 'Mineral que se pierde, balanzas, precio justo e insumos caros.',
      en: 'Lost ore, scales, fair prices and costly supplies.',
    },
  },
  {
    slug: 'reconocimiento',
    number: 9,
    title: { es: 'Reconocimiento de pallaqueras y palliris', en: 'Recognition of pallaqueras and palliris' },
    gist: {
      es: 'Un oficio minero que la ley casi no nombra.',
      en: 'A mining trade that the law hardly names.',
    },
  },
  {
    slug: 'vida-libre-de-violencia',
    number: 10,
    title: { es: 'Vida libre de violencia y trata', en: 'A life free of violence and trafficking' },
    gist: {
      es: 'Respeto, protección y a quién acudir sin miedo.',
      en: 'Respect, protection and where to turn without fear.',
    },
  },
  {
    slug: 'cuidado-ninez-y-educacion',
    number: 11,
    title: { es: 'Cuidado, niñez y educación', en: 'Care, childhood and education' },
    gist: {
      es: 'Niñas y niños en la escuela; cuidado compartido; aprender a leer.',
      en: 'Children in school; shared care; learning to read.',
    },
  },
  {
    slug: 'territorio-y-pueblos-indigenas',
    number: 12,
    title: { es: 'Territorio y pueblos indígenas', en: 'Territory and indigenous peoples' },
    gist: {
      es: 'Consulta previa, tierra comunal y agua que no se quita.',
      en: 'Prior consultation, communal land and water that stays.',
    },
  },
  {
    slug: 'credito-y-tecnologia-limpia',
    number: 13,
    title: { es: 'Crédito y tecnología limpia', en: 'Credit and clean technology' },
    gist: {
      es: 'Crédito justo, asistencia técnica y equipos sin mercurio.',
      en: 'Fair credit, technical assistance and mercury-free equipment.',
    },
  },
  {
    slug: 'participacion-y-organizacion',
    number: 14,
    title: { es: 'Participación y organización', en: 'Participation and organization' },
    gist: {
      es: 'Voz y voto para todas y todos, también sin cooperativa.',
      en: 'Voice and vote for everyone, in or outside a cooperative.',
    },
  },
  {
    slug: 'dignidad',
    number: 15,
    title: { es: 'Dignidad', en: 'Dignity' },
    gist: {
      es: 'Que se hable de la minería artesanal con verdad y respeto.',
      en: 'That artisanal mining be spoken of with truth and respect.',
    },
  },
] as const satisfies readonly Area[];

export type AreaSlug = (typeof areas)[number]['slug'];
