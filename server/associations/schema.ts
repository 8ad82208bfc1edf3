import { z } from 'zod';
import { departments, provinces } from '~/db/reference/places';
import { day, flag, line, list, optional, page, paragraph, uuid } from '../input';

const choose = 'failures.field.choose';
const codes = (places: readonly { readonly code: string }[]) =>
  places.map(({ code }) => code) as [string, ...string[]];

export const kinds = ['asociacion', 'cooperativa', 'federacion', 'comite', 'base_libre'] as const;
export const sexes = ['mujer', 'hombre', 'otra', 'prefiere_no_decir'] as const;
const kind = z.enum(kinds, { error: choose });
const sex = optional(z.enum(sexes, { error: choose }));
const personName = line(3, 120);
const number = line(1, 30);
const title = optional(line(2, 60));
const key = optional(uuid());

/** INEI department (two digits) or province (four), or our code of a Bolivian department. */
const place = z.enum(codes([...departments, ...provinces]), { error: choose });

export const byId = z.object({ id: uuid() });
export const member = z.object({ id: uuid(), personId: uuid() });

/** The first secretary is either somebody with a card (`number`) or somebody new (`person`, `sex`). */
export const found = z.object({
  key,
  name: line(3, 120),
  kind,
  place,
  womens: flag().default(false),
  number: optional(number),
  person: optional(personName),
  sex,
});
export const dissolve = z.object({ id: uuid(), sure: flag().default(false) });

export const enrollMember = z.object({ key, id: uuid(), name: personName, sex });
export const addMember = z.object({ key, id: uuid(), number });
export const issueCards = z.object({ id: uuid(), persons: list(uuid(), 1, 200) });

export const appointOfficer = z.object({ id: uuid(), personId: uuid(), title });
export const appointSecretary = z.object({ id: uuid(), personId: uuid() });
export const endRole = z.object({
  id: uuid(),
  personId: uuid(),
  role: z.enum(['officer', 'secretary'], { error: choose }),
});

export const presentMandate = z.object({
  key,
  id: uuid(),
  personId: uuid(),
  actaReference: line(3, 120),
  actaDate: day(),
  actaWords: paragraph(10, 2000),
});
export const refuseMandate = z.object({ id: uuid(), reason: paragraph(10, 1000) });

/** From the API as a form, since a file travels in no other way. */
export const upload = z.preprocess(
  (given) => (given instanceof FormData ? Object.fromEntries(given) : given),
  z.object({
    id: uuid(),
    file: z.instanceof(File, { error: 'failures.associations.padron.choose' }),
  }),
);
export const importPadron = z.object({
  id: uuid(),
  leaveOutPresent: flag().default(false),
  leaveOutRepeated: flag().default(false),
});

export const search = z.object({
  q: optional(line(0, 100)).catch(undefined),
  department: optional(z.enum(codes(departments))).catch(undefined),
  kind: optional(kind).catch(undefined),
  page: page(),
});
export const padronPage = z.object({ id: uuid(), q: optional(line(0, 100)).catch(undefined), page: page() });
