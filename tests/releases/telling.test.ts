import { describe, expect, it } from 'vitest';
import { tellingIn } from '~/server/releases/rules/telling';

const seen = (text: string, pseudonyms: string[] = []) =>
  tellingIn(text, pseudonyms).map(({ why, words }) => [why, words]);

describe('what could be known again', () => {
  const table: [string, string, [string, string][]][] = [
    ['a province', 'Trabajamos en Condesuyos desde niñas.', [['place', 'Condesuyos']]],
    ['a town, in small letters', 'Bajamos a secocha a vender.', [['place', 'secocha']]],
    ['a place of several words', 'Vivimos en La Rinconada.', [['place', 'La Rinconada']]],
    ['a tool that is a province too', 'Cargamos con lampa todo el día.', []],
    ['a person', 'El capataz Rolando nos grita.', [['name', 'Rolando']]],
    ['a sentence’s first word', 'Nadie nos paga. Mujeres somos.', []],
    ['an identity card', 'Mi número es 45678912 y no vale.', [['document', '45678912']]],
    ['a tax number', 'Vendemos al 20123456789 siempre.', [['document', '20123456789']]],
    ['a phone', 'Llamar al 987 654 321.', [['phone', '987 654 321']]],
    ['a phone of Bolivia', 'Llamar al +591 71234567.', [['phone', '+591 71234567']]],
    ['a day', 'Nos echaron el 12 de mayo.', [['date', '12 de mayo']]],
    ['a day in numbers', 'Nos echaron el 12/05/2026.', [['date', '12/05/2026']]],
    ['a weekday', 'El lunes pasado no hubo agua.', [['date', 'El lunes pasado']]],
    ['yesterday', 'Ayer no nos pagaron.', [['date', 'Ayer']]],
    ['an address', 'Escribir a las.unidas@correo.pe hoy.', [['contact', 'las.unidas@correo.pe']]],
    ['a page', 'Está en www.miradio.pe para todas.', [['contact', 'www.miradio.pe']]],
    ['a long number', 'El lote 345678 es nuestro.', [['number', '345678']]],
    ['a price', 'Nos pagan 20 soles por costal.', []],
    ['a rare word', 'Nos tratan de chusquepata siempre.', [['rare', 'chusquepata']]],
    ['nothing', 'Nos pagan menos por el mismo mineral que escogemos en el desmonte.', []],
    ['nothing, twice', 'Queremos que se pese delante de nosotras y que se anote el peso.', []],
  ];
  it.each(table)('%s', (_what, text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  it('a pseudonym of the room, however it is written', () => {
    expect(seen('Dice luna que no, y Río del Norte que sí.', ['Luna', 'Río del Norte'])).toEqual([
      ['pseudonym', 'luna'],
      ['pseudonym', 'Río del Norte'],
    ]);
    expect(seen('Hay una lunada.', ['Luna'])).toEqual([['rare', 'lunada']]);
  });

  it('of rare words not more than a few, and each place once', () => {
    const odd = Array.from({ length: 20 }, (_, at) => `zumbicha${'aeiou'[at % 5]}${'lmnpr'[at % 5]}a`).join(
      ' ',
    );
    const all = tellingIn(odd, []);
    expect(all.length).toBeLessThanOrEqual(8);
    for (const [at, one] of all.entries())
      expect(all[at - 1] ? all[at - 1]!.at + all[at - 1]!.length <= one.at : true).toBe(true);
  });

  it('where each stands is where it is', () => {
    const text = 'En Nazca, Juana pidió 987654321.';
    for (const { at, length, words } of tellingIn(text, [])) expect(text.slice(at, at + length)).toBe(words);
  });
});
