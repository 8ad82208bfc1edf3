import type { PersonKey } from './people';
import type { SpaceKey } from './spaces';

/** A draft as its table left it. Each article born from it stands in the text as a line of its own. */
export interface DemoDraft {
  readonly key: string;
  readonly title: string;
  readonly space: SpaceKey;
  /** Plain lines. */
  readonly text: string;
  /** The day it was opened, in days before today. */
  readonly day: number;
  readonly state: 'abierto' | 'cerrado';
  readonly writers: readonly PersonKey[];
}

const list = [
  {
    key: 'agua-mercurio-y-salud',
    title: 'Agua limpia, salida al mercurio y salud cerca',
    space: 'mesa-agua-y-salud',
    day: -160,
    state: 'abierto',
    writers: [
      'rosalia-condori',
      'nelida-huarca',
      'wilber-huaypa',
      'gumercinda-copa',
      'candelaria-chambi',
      'vilma-huillca',
    ],
    text: `Por qué lo escribimos
El agua es una sola para la mina, la chacra y la cocina.
Queremos dejar el mercurio. Falta con qué, y falta quien enseñe con las manos.

Crédito y equipo
Un fondo público presta a bases y personas en proceso de formalización, con garantía solidaria. Las mujeres lo piden a su nombre, sin firma del esposo.
Cada zona minera tiene un laboratorio que da la ley del mineral a precio justo. La base elige quién acompaña el ensaye.

Mercurio y relaves
El cambio de tecnología llega con equipo compartido, crédito y capacitación antes de la prohibición.
Relaves y envases de insumos van a un depósito común, lejos del agua y de las casas. La municipalidad y la base lo cuidan por turnos.

Agua
Plantas y quimbaletes usan otra vez su agua y no la botan al río. El Estado apoya con pozas y bombas compartidas.
Reservorio y análisis de agua publicados dos veces al año.

Salud
Una brigada revisa pulmones y mercurio en la zona minera, dos veces al año. El resultado es privado y se entrega solo a la persona.
Cada centro minero tiene servicios para mujeres y un espacio de cuidado infantil.

Falta acordar
Contar en cada base el plan nacional sobre mercurio.
Quién dice qué pescado se puede comer, y cada cuánto.
Qué hacemos donde el agua se congela desde mayo.
Horas del río para las barranquilleras.
Cómo se paga mejor el oro sin mercurio.
Qué máquina conviene: la que sabemos arreglar.`,
  },
  {
    key: 'trabajo-digno-y-seguro',
    title: 'Trabajo digno y seguro',
    space: 'mesa-trabajo',
    day: -155,
    state: 'abierto',
    writers: [
      'flor-dominguez',
      'carmen-aguilar',
      'aquilina-huaman',
      'eusebio-ccencho',
      'basilia-choquetopa',
      'ascencio-mollo',
      'gloria-donayre',
    ],
    text: `Por qué lo escribimos
Nadie sale de su casa para no volver. El oficio es duro y se puede hacer con cuidado.
Lo que se trabaja se paga, y lo que se paga se escribe.

Equipo
Quien trabaja en labor, cancha o desmonte recibe casco, guantes, botas y respirador de su talla. El equipo no se descuenta del pago.

Antes de entrar
Antes de cada turno se revisan techo, aire y escaleras, y se avisa con sirena antes de disparar. Quien ve peligro puede parar sin perder su jornal.

Pago
El pago se anota y se entrega copia.
Vale también para la cocinera, la que muele y la que escoge.

Descanso y vejez
Toda persona tiene un día de descanso por semana y licencia de maternidad con su puesto guardado. El aporte a la jubilación se adapta a quien cobra en mineral.

Lo que dijeron las bases
En Oruro piden que los peones figuren en planilla.
En Ayacucho piden contar a las cocineras.
En Arequipa piden una libreta con firma.

Falta acordar
Chancar en mojado: desde cuándo y quién pone la manguera.
Botiquín y una persona que sepa primeros auxilios en cada bocamina.
Seguro para quien trabaja por su cuenta.
Escalera firme sin esperar visita.
La espalda de los que cargan: cómo se prueba.`,
  },
  {
    key: 'tramites-y-contratos',
    title: 'Trámites cerca y contratos claros',
    space: 'mesa-tramites-y-contratos',
    day: -158,
    state: 'abierto',
    writers: [
      'rufino',
      'fortunato-palomino',
      'segundo-cruzado',
      'leonarda-huachaca',
      'severino-colque',
      'abelardo-sulca',
      'edgar-ramos',
    ],
    text: `Por qué lo escribimos
Queremos estar en regla. Nos gana la distancia, el costo y la letra chica.
Los plazos se amplían cada año. El miedo de diciembre también.

Requisitos
Los requisitos van de acuerdo con el tamaño del trabajo. Lo que el Estado ya tiene en sus archivos no se vuelve a pedir.
El DL 1336 pide tres cosas: IGAFOM, permiso del terreno, y título o contrato. Pedimos que cada una tenga un costo que se pueda pagar.

Derechos encima de derechos
Cuando dos derechos caen sobre el mismo lugar, la autoridad publica un mapa claro. En noventa días reúne a las partes y propone una salida.

Ventanilla
Los trámites se hacen en la provincia o por celular, con un plazo y una persona responsable.
Rufino recogió los viajes de once bases: cuatro viajes por trámite, en promedio.

Contratos
La autoridad publica un modelo de contrato de explotación en palabras sencillas. Se lee en voz alta antes de firmar, también en quechua o aimara.
Toda negociación con el titular deja acta, con copia a la base el mismo día. Participan mujeres elegidas por ellas.

Falta acordar
Qué pasa cuando el titular no contesta.
Quién puede mediar, y quién le paga.
Un expediente para varias bases, con un solo ingeniero.
Aviso antes de suspender un registro.
Una ley que dure más de un año.`,
  },
  {
    key: 'mineral-y-comercio',
    title: 'Mineral cuidado y comercio justo',
    space: 'mesa-tramites-y-contratos',
    day: -140,
    state: 'cerrado',
    writers: ['rufino', 'lidia-calsina', 'segundo-cruzado', 'severino-colque', 'abelardo-sulca'],
    text: `Por qué lo escribimos
Cuesta sacar el mineral. Se pierde en el camino, en la balanza y en la tienda.
Aquí no se acusa a nadie por su nombre. Buscamos reglas que cierren la puerta al robo.

La compra
Toda compra usa balanza sellada a la vista y precio del día en pizarra. La liquidación se entrega escrita y se lee a quien lo pida.
La merma y la humedad se miden delante de quien vende.

El camino a la planta
Punto de acopio vigilado y registro de entregas; las denuncias no se hacen en público.
Cada saco sale con su número y su precinto. El sereno se paga entre todas las bases que usan el acopio.

El campamento
En el campamento se publica el precio de víveres e insumos. Nadie está obligado a comprar en un solo lugar ni a trabajar por una deuda.

Lo que dijeron las bases
En Arequipa, las seleccionadoras piden una balanza en el punto de entrega.
En La Paz, las barranquilleras piden el precio del día en pizarra.
En Oruro, los socios piden luz y un sereno.
En Puno, el balón de gas cuesta el doble dentro del campamento.

Cierre
La mesa leyó el texto en voz alta, línea por línea. No quedaron observaciones. Se cierra este borrador.`,
  },
  {
    key: 'oficio-de-pallaquera',
    title: 'Un oficio con nombre: pallaqueras y palliris',
    space: 'mesa-pallaqueras',
    day: -165,
    state: 'abierto',
    writers: [
      'elvira',
      'justina-quispe',
      'primitiva-cutipa',
      'nilda-cconislla',
      'paulina-villca',
      'mery',
      'zoila-yauri',
    ],
    text: `Por qué lo escribimos
Pallaquear es recoger. Donde otros ya no miran, nosotras encontramos.
Nuestras abuelas lo hicieron, y ninguna norma las nombró.

El oficio y su padrón
El pallaqueo y el trabajo de las palliris son oficios mineros. Quien los ejerce figura en un padrón propio, sin depender del esposo ni del titular.
La base entrega cada mes una constancia de días trabajados y mineral entregado. La constancia vale para crédito, salud y jubilación.
Quien no lee lleva su cuenta con rayas. La raya también vale.

Vender a nombre propio
Quien pallaquea vende su mineral con su propio código y recibe liquidación. Para pocos sacos basta una guía sencilla.

El desmonte
El contrato de explotación señala días y zonas para el pallaqueo. Nadie cobra por dejar pallaquear.
Antes de tapar el cascajo con máquina se avisa con dos días.

Nuestro nombre
El Estado nos nombra mineras y mineros artesanales en sus normas y avisos. La escuela de la zona enseña la historia del oficio.

Falta acordar
Las barranquilleras piden su nombre en el primer artículo.
Cómo entra al padrón la que trabaja sola y lejos.
Un carné con foto grande y color.
Vender juntas, por lote.
Que pregunten antes de tomarnos fotos.
Un día de la pallaquera, con feria y comida.`,
  },
  {
    key: 'vida-cuidado-y-territorio',
    title: 'Vida tranquila, cuidado y territorio',
    space: 'mesa-comunidad',
    day: -150,
    state: 'abierto',
    writers: [
      'luzmila-sinti',
      'hilario-anco',
      'toribia-huarachi',
      'ruth-mayta',
      'wilma-condarco',
      'saturnino-ancca',
      'yeny-chipa',
    ],
    text: `Por qué lo escribimos
La mina no es solo el socavón. Es la casa, el camino, la escuela y la comunidad.
Cuidar es trabajo de todas y de todos.

Niñez y estudio
Ninguna niña ni niño trabaja en la mina. El Estado lleva a la zona minera escuela, transporte y clases de lectura para personas adultas.

Respeto y ayuda
En cada zona minera una persona capacitada orienta y acompaña, sin costo y en reserva. Atiende en la lengua de quien llega.
Quien reclama conserva su trabajo y su lugar en la base.

La asamblea
En toda asamblea hablan por turno mujeres y hombres, y primero quien aún no habló. Los cargos duran dos años y no se repiten seguidos.
La primera versión decía un año. Las bases dijeron que un año no alcanza para aprender.

Territorio
Nada nuevo empieza en tierra comunal sin consulta previa, en la lengua de la comunidad. El agua de la comunidad se cuida primero.

Falta acordar
Movilidad con horario para bajar de noche.
Charlas de respeto para varones, con alguien que sepa.
El segundo turno: cocina, ropa y tareas también se reparten.
Casa y bono para que la profesora se quede.
Las dos orillas del río: cómo se reúne a las comunidades.
Los cerros donde se paga a la tierra.
Informe de los dirigentes al mes de viajar.
Asambleas más cortas, para que vengan los jóvenes.`,
  },
] as const satisfies readonly DemoDraft[];

export type DraftKey = (typeof list)[number]['key'];
export const drafts: readonly (DemoDraft & { readonly key: DraftKey })[] = list;
