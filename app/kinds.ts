/**
 * Which route is which (architecture.md, Two kinds of page). `light`: HTML and CSS, works without scripts,
 * at most 30 kB; `workbench`: hydrated. The first pattern that fits stands; what is not named is light.
 * `:x` is one path segment. `own`: of the device that asks, though nobody is signed in on it, so it is never kept; all
 * others are the same for everybody who is not signed in.
 */
export type Kind = 'light' | 'workbench' | 'print';
export type RouteKind = { pattern: string; kind: Kind; own?: true };

export const kinds: readonly RouteKind[] = [
  { pattern: '/', kind: 'light' },
  { pattern: '/instalar', kind: 'light' },
  { pattern: '/entrar', kind: 'light' },
  { pattern: '/salir', kind: 'light' },
  { pattern: '/documento', kind: 'light' },
  { pattern: '/documento/comparar', kind: 'light' },
  { pattern: '/documento/buscar', kind: 'light' },
  { pattern: '/documento/cobertura', kind: 'light' },
  { pattern: '/documento/v/:number', kind: 'light' },
  { pattern: '/documento/v/:number/art/:article', kind: 'light' },
  { pattern: '/documento/v/:number/imprimir', kind: 'print' },
  { pattern: '/documento/v/:number/enmiendas', kind: 'light' },
  { pattern: '/documento/v/:number/enmendar', kind: 'light' },
  { pattern: '/documento/v/:number/art/:article/enmiendas', kind: 'light' },
  { pattern: '/documento/v/:number/art/:article/enmendar', kind: 'light' },
  { pattern: '/documento/v/:number/art/:article/comentarios', kind: 'light' },
  { pattern: '/enmiendas/:id', kind: 'light' },
  { pattern: '/comentarios', kind: 'light' },
  { pattern: '/comentarios/:id', kind: 'light' },
  { pattern: '/articulo/:id', kind: 'light' },
  { pattern: '/articulo/:id/origen', kind: 'light' },
  { pattern: '/planteamientos', kind: 'light' },
  { pattern: '/planteamientos/nuevo', kind: 'light' },
  { pattern: '/planteamientos/tablero', kind: 'light' },
  { pattern: '/planteamientos/apelaciones', kind: 'light' },
  { pattern: '/planteamientos/parecidos', kind: 'light' },
  { pattern: '/planteamientos/parecidos/por-ver', kind: 'light' },
  { pattern: '/planteamientos/parecidos/:id', kind: 'light' },
  { pattern: '/planteamientos/:id', kind: 'light' },
  { pattern: '/borradores', kind: 'light' },
  { pattern: '/borradores/nuevo', kind: 'light' },
  { pattern: '/borradores/:id', kind: 'light' },
  { pattern: '/borradores/:id/editar', kind: 'workbench' },
  { pattern: '/borradores/:id/parrafo/:at', kind: 'light' },
  { pattern: '/borradores/:id/sugerencias', kind: 'light' },
  { pattern: '/borradores/:id/comentarios', kind: 'light' },
  { pattern: '/borradores/:id/versiones', kind: 'light' },
  { pattern: '/borradores/:id/versiones/:version', kind: 'light' },
  { pattern: '/borradores/:id/comparar', kind: 'light' },
  { pattern: '/borradores/:id/quien', kind: 'light' },
  { pattern: '/borradores/:id/borrar', kind: 'light' },
  { pattern: '/mesas', kind: 'light' },
  { pattern: '/mesas/:id', kind: 'light' },
  { pattern: '/consolidar', kind: 'light' },
  { pattern: '/consolidar/congelar', kind: 'light' },
  { pattern: '/consolidar/actos', kind: 'light' },
  { pattern: '/consolidar/actos/:id', kind: 'light' },
  { pattern: '/consolidar/borrador/:id', kind: 'light' },
  { pattern: '/consolidar/borrador/:id/sumar', kind: 'light' },
  { pattern: '/consolidar/articulo/:id', kind: 'light' },
  { pattern: '/consolidar/articulo/:id/juntar', kind: 'light' },
  { pattern: '/consolidar/articulo/:id/dividir', kind: 'light' },
  { pattern: '/consolidar/articulo/:id/escribir', kind: 'workbench' },
  { pattern: '/votaciones', kind: 'light' },
  { pattern: '/votaciones/nueva', kind: 'light' },
  { pattern: '/votaciones/:id', kind: 'light' },
  { pattern: '/votaciones/:id/sin-senal', kind: 'light' },
  { pattern: '/votaciones/:id/resultado', kind: 'light' },
  { pattern: '/votaciones/:id/comprobantes', kind: 'light' },
  { pattern: '/votaciones/:id/razones', kind: 'light' },
  { pattern: '/votaciones/:id/camara', kind: 'light' },
  { pattern: '/votaciones/:id/pedir', kind: 'light' },
  { pattern: '/votaciones/:id/sala', kind: 'light' },
  { pattern: '/votaciones/:id/reglas', kind: 'light' },
  { pattern: '/votaciones/:id/mesa', kind: 'light' },
  { pattern: '/votaciones/:id/mesa/acta', kind: 'print' },
  { pattern: '/votaciones/:id/papeleta', kind: 'print' },
  { pattern: '/votaciones/:id/acta', kind: 'print' },
  { pattern: '/votaciones/:id/caseta', kind: 'light' },
  { pattern: '/caseta', kind: 'light', own: true },
  { pattern: '/caseta/borrar', kind: 'light', own: true },
  { pattern: '/revision', kind: 'light' },
  { pattern: '/revision/:id', kind: 'light' },
  { pattern: '/asociaciones', kind: 'light' },
  { pattern: '/asociaciones/nueva', kind: 'light' },
  { pattern: '/asociaciones/:id', kind: 'light' },
  { pattern: '/asociaciones/:id/padron', kind: 'light' },
  { pattern: '/asociaciones/:id/tarjetas', kind: 'print' },
  { pattern: '/asociaciones/:id/importar', kind: 'workbench' },
  { pattern: '/credenciales', kind: 'light' },
  { pattern: '/secretaria', kind: 'light' },
  { pattern: '/biblioteca', kind: 'light' },
  { pattern: '/biblioteca/:slug', kind: 'light' },
  { pattern: '/ayuda', kind: 'light' },
  { pattern: '/ayuda/que-protege', kind: 'light' },
  { pattern: '/mi-espacio', kind: 'light' },
  { pattern: '/avisos', kind: 'light' },
  { pattern: '/quien-puede-que', kind: 'light' },
];

const fits = (pattern: string, path: string): boolean => {
  const want = pattern.split('/');
  const have = path.split('/');
  return (
    want.length === have.length &&
    want.every((part, i) => (part.startsWith(':') ? have[i] !== '' : part === have[i]))
  );
};

const routeOf = (path: string): RouteKind | undefined => {
  const bare = path.length > 1 ? path.replace(/\/+$/, '') : path;
  return kinds.find((route) => fits(route.pattern, bare));
};

/** The kind of a path (without its query). */
export const kindOf = (path: string): Kind => routeOf(path)?.kind ?? 'light';

/** Whether a page may be kept for whoever asks next, where nobody is signed in. */
export const mayBeShared = (path: string): boolean => routeOf(path)?.own !== true;
