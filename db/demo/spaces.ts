import type { AreaSlug } from '~/db/reference/areas';
import { type PersonKey, people } from './people';

/** What a shared space is; who has which role in it stands with each person, in people.ts. */
interface SpaceFacts {
  readonly key: string;
  readonly title: string;
  /** In the plenary every accredited delegate speaks; at the review desk every liaison reads and answers. */
  readonly kind: 'plenaria' | 'mesa' | 'revision';
  readonly areas: readonly AreaSlug[];
}

const facts = [
  { key: 'plenaria', title: 'Plenaria', kind: 'plenaria', areas: [] },
  {
    key: 'mesa-agua-y-salud',
    title: 'Mesa de agua, mercurio y salud',
    kind: 'mesa',
    areas: ['mercurio-y-ambiente', 'agua', 'salud', 'credito-y-tecnologia-limpia'],
  },
  {
    key: 'mesa-trabajo',
    title: 'Mesa de trabajo digno y seguro',
    kind: 'mesa',
    areas: ['seguridad-en-el-trabajo', 'derechos-laborales'],
  },
  {
    key: 'mesa-tramites-y-contratos',
    title: 'Mesa de trámites, contratos y mineral',
    kind: 'mesa',
    areas: ['formalizacion-y-tramites', 'contratos-con-titulares', 'robo-y-comercio-de-mineral'],
  },
  {
    key: 'mesa-pallaqueras',
    title: 'Mesa de pallaqueras y palliris',
    kind: 'mesa',
    areas: ['reconocimiento', 'dignidad'],
  },
  {
    key: 'mesa-comunidad',
    title: 'Mesa de vida, cuidado y territorio',
    kind: 'mesa',
    areas: [
      'vida-libre-de-violencia',
      'cuidado-ninez-y-educacion',
      'territorio-y-pueblos-indigenas',
      'participacion-y-organizacion',
    ],
  },
  { key: 'mesa-de-revision', title: 'Mesa de revisión', kind: 'revision', areas: [] },
] as const satisfies readonly SpaceFacts[];

export type SpaceKey = (typeof facts)[number]['key'];

export interface DemoSpace extends SpaceFacts {
  readonly key: SpaceKey;
  readonly coordinator: PersonKey;
  readonly writers: readonly PersonKey[];
  readonly readers: readonly PersonKey[];
}

const holders = (space: SpaceKey, role: 'coordinator' | 'writer' | 'reader') =>
  people
    .filter((person) => person.roles.spaces?.some((held) => held.space === space && held.role === role))
    .map((person) => person.key);

export const spaces: readonly DemoSpace[] = facts.map((space) => {
  const [coordinator, ...others] = holders(space.key, 'coordinator');
  if (!coordinator || others.length) throw new Error(`${space.key} needs exactly one coordinator`);
  return {
    ...space,
    coordinator,
    writers: holders(space.key, 'writer'),
    readers: holders(space.key, 'reader'),
  };
});
