/**
 * The 256 words that trackers of receipts are said in: one byte each. Short names of things that a miner's child
 * knows, without accents or ñ, of which no two differ by one letter. Their order stands: a published tracker must
 * stay readable.
 */
export const trackerWords: readonly string[] = `
abeja abrigo agua ajo alba aldea alpaca amigo ancla andes anillo arado arena arroz balde balsa
banda bandera barco bosque bote botella brasa bufanda burro caballo cable cacao camino campana campo canasta
candado canela canoa canto caracol carreta carta casa cascada cebada cebolla ceniza centavo cerro cesta chacra
chaleco cigarra cinta ciruela clavel cobre cocina color cometa comida concha conejo corcho cordel cordero corona
corral cosecha cuarzo cuchara cuento cuerda cueva cumbre danza dedal dibujo disco durazno encaje escoba escuela
espejo espiga esponja espuma estera falda faro feria fiesta flauta flecha flor fogata fresa frijol galleta
gallina gallo ganso garrafa garza gaviota girasol globo gotera granizo grano grillo guante guinda guiso hacha
hamaca harina hebra helecho hielo hierba higo hoja hormiga horno humo imagen isla jarra jaula jinete
joya juego lago laurel lechuga lenteja libro lima lirio llama llave lluvia lucero luz madera maleta
mango manta mantel manzana mapa marea marmita mate mazorca mesa miel minuto mochila molino moneda monte
mosaico muelle museo nave nido niebla nieve nogal nube nuez oasis olla orilla oso oveja pala
paloma pampa panal papaya papel pared paseo pato peine pelota pera petaca piano piedra pincel plata
pomelo poncho pozo puente puerta pulpo puma quena queso quinua quipu rana rayo rebozo red regla
reloj remo roble roca ronda rueda ruta salina sapo sauce silla sol sopa surco talega tambor
taza techo tejado telar tiempo tierra tigre tijera tomate toro torre trenza trigo trucha trueno tuna
uva valle vapor vasija vela veleta venado verano vereda viento yegua yema yuca yunque zapato zorro
`
  .trim()
  .split(/\s+/);
