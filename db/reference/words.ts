/**
 * The picture-words of a clave de palabras: concrete things, one drawing each (app/_keyring/drawings.json, in this
 * order), chosen and written down by us. No two share their first four letters, so a few letters find a word.
 * 576 of them: six words are 55 bits, as five of 2,048 would be (docs/decisions/108).
 */
const parts = `
# animales
gato perro lobo zorro león tigre leopardo caballo unicornio cebra bisonte buey vaca búfalo cerdo hocico
jabalí llama rinoceronte ratón rata hámster conejo castor erizo murciélago oso koala panda perezoso canguro
tejón mapache burro mono gorila orangután huella pavo gallo pollito cascarón pájaro pingüino paloma águila
pato búho dodo flamenco ganso pluma ala nido rana tortuga lagartija culebra dragón dinosaurio tiranosaurio
ballena cachalote delfín foca pescado pez tiburón pulpo caracola medusa mariposa oruga hormiga abeja
escarabajo grillo cucaracha telaraña alacrán zancudo mosca lombriz microbio langosta camarón calamar ostra
# plantas y comida
ramillete flor cerezo loto rosa hibisco girasol tulipán jacinto brote maceta pino árbol palmera cactus
espiga hierba trébol arce hojarasca hongo uva melón sandía mandarina limón lima plátano piña mango manzana
pera durazno guinda fresa arándano kiwi tomate aceituna coco palta berenjena papa camote zanahoria choclo
ají pimiento pepino lechuga brócoli ajo cebolla maní frejol arveja pan medialuna baguete rosca panqueque
gofre chuleta muslo bistec tocino hamburguesa fritas pizza salchicha taco tamal huevo paella olla tazón
ensalada canchita mantequilla sal arroz sopa fideo sushi empanada helado raspadilla sundae dona bizcocho
tarta chupetín flan miel biberón café tetera taza mate botella copa jarra brindis vaso sorbete jugo hielo
palillos cubiertos cuchara ánfora frasco
# lugares y cielo
planeta brújula nevado cerro volcán campamento playa desierto isla parque estadio templo obra ladrillo
piedra madera choza ruina jardín edificio correo hospital banco hotel bodega escuela fábrica boda torre
iglesia pileta carpa circo ciudad amanecer puente teleférico noria montaña peluquería locomotora vagón riel
tren metro tranvía ómnibus combi ambulancia bomberos patrulla taxi auto camioneta furgón tractor bólido
motocicleta silla bicicleta patineta tabla paradero carretera barril grifo rueda sirena semáforo valla ancla
salvavidas velero canoa lancha crucero ferri barco avión helicóptero cabina satélite cohete maleta arena
reloj despertador cronómetro luna termómetro sol saturno estrella fugaz galaxia nube lluvia tormenta granizo
tornado niebla ciclón arcoíris sombrilla rayo nieve muñeco cometa fuego gota ola
# fiesta y juego
navidad brillo serpentina confeti regalo boleto medalla pelota béisbol básquet vóley balón raqueta bolos
guante anzuelo buzo esquí trineo diana yoyo volantín billar bola consola palanca dado rompecabezas discoteca
peón comodín cuadro paleta hilo aguja ovillo nudo
# ropa
lentes antiparras chaleco corbata polo pantalón mitones vestido blusa abanico monedero cartera bolsa mochila
zapato chuzo chancleta bota peineta corona chistera birrete gorra labial anillo diamante
# objetos
altavoz megáfono corneta partitura nota audífono radio saxofón acordeón guitarra piano trompeta violín
charango tambor maraca quena celular pila enchufe laptop impresora teclado cursor ábaco película proyector
lupa vela foco linterna farol mechero libro biblioteca pergamino página periódico marcador etiqueta tarjeta
recibo gráfico sobre paquete urna lápiz estilográfica crayola fólder almanaque chinche alfiler clip regla
tijera papelera candado llave martillo hacha pico herramienta espada búmeran flecha serrucho alicate
desarmador engranaje prensa balanza bastón eslabón cadena gancho caja imán alambique tubo placa antena
jeringa pastilla curita muleta estetoscopio puerta ascensor espejo ventana sofá asiento inodoro ducha tina
trampa afeitadora loción imperdible escoba canasta rollo balde jabón burbuja cepillo esponja extintor
amuleto ídolo carné agua basura pare banderín meta pirata botón retrato esfera
# cuerpo y gente
ojo oreja nariz boca lengua diente hueso corazón pulmón pie pierna brazo pisada puño apretón fantasma robot
ogro astronauta ninja detective príncipe bebé juez piloto artista cocinero agricultor mecánico maestra
cantante alumna doctora científica albañil
# más
bengala batido cóctel alfajor lirio polvo choque siesta sueño salpicadura mascarilla vaquero payaso trolebús
galería noche champiñón bate karate sari ojota estuche cinta gafas esmalte minería pasaporte cine calendario
agenda euro álbum átomo cruz portal pagoda remolino bambú naipe timbre guiso bocina jeep ampolleta mundo
abrazo
`;

const bareOf = (word: string) =>
  word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

const read = parts
  .trim()
  .split(/^# /m)
  .filter(Boolean)
  .map((part) => {
    const [name, ...lines] = part.trim().split('\n');
    return { name: name!, words: lines.join(' ').split(' ') };
  });

/** Every word as it is written, accents and all; its place in the list is its number. */
export const pictureWords: readonly string[] = read.flatMap(({ words }) => words);

/** The parts of the list, for who looks for a drawing: the name, the first word's number, and how many there are. */
export const wordParts: readonly { name: string; from: number; count: number }[] = read.map(
  ({ name, words }, i) => ({
    name,
    from: read.slice(0, i).reduce((sum, part) => sum + part.words.length, 0),
    count: words.length,
  }),
);

const bare = pictureWords.map(bareOf);

/** The word as it goes into the key: without accents, so that a phone's keyboard makes no difference. */
export const bareWord = (number: number): string => bare[number]!;

/** The numbers of the words that begin with these letters, however they are accented; none for no letters. */
export function wordsBeginning(typed: string): number[] {
  const letters = bareOf(typed);
  if (!letters) return [];
  return bare.flatMap((word, i) => (word.startsWith(letters) ? [i] : []));
}
