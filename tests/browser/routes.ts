import type { Page } from 'playwright-core';
import { kinds } from '~/app/kinds';

/** Who looks at a route: nobody in particular, or the demo's person for a role. */
export type Looker =
  | 'anonymous'
  | 'delegate'
  | 'editor'
  | 'liaison'
  | 'secretary'
  | 'forumSecretary'
  | 'credentials'
  | 'writer'
  | 'coordinator';

const lookers: Record<string, Looker> = {
  '/documento/v/:number/enmendar': 'delegate',
  '/documento/v/:number/art/:article/enmendar': 'delegate',
  '/comentarios': 'forumSecretary',
  '/comentarios/:id': 'forumSecretary',
  '/planteamientos/nuevo': 'delegate',
  '/planteamientos/parecidos/por-ver': 'editor',
  '/planteamientos/parecidos/:id': 'editor',
  '/borradores': 'writer',
  '/borradores/nuevo': 'writer',
  '/borradores/:id': 'writer',
  '/borradores/:id/editar': 'writer',
  '/borradores/:id/parrafo/:at': 'writer',
  '/borradores/:id/sugerencias': 'writer',
  '/borradores/:id/comentarios': 'writer',
  '/borradores/:id/versiones': 'writer',
  '/borradores/:id/versiones/:version': 'writer',
  '/borradores/:id/comparar': 'writer',
  '/borradores/:id/quien': 'writer',
  '/borradores/:id/borrar': 'coordinator',
  '/votaciones/nueva': 'forumSecretary',
  '/votaciones/:id/mesa': 'forumSecretary',
  '/votaciones/:id/mesa/acta': 'forumSecretary',
  '/votaciones/:id/papeleta': 'forumSecretary',
  '/votaciones/:id/caseta': 'forumSecretary',
  '/asociaciones/nueva': 'forumSecretary',
  '/asociaciones/:id/padron': 'secretary',
  '/asociaciones/:id/tarjetas': 'secretary',
  '/asociaciones/:id/importar': 'secretary',
  '/credenciales': 'credentials',
  '/secretaria': 'forumSecretary',
  '/consolidar': 'editor',
  '/consolidar/actos': 'editor',
  '/consolidar/actos/:id': 'editor',
  '/consolidar/articulo/:id': 'editor',
  '/consolidar/articulo/:id/dividir': 'editor',
  '/consolidar/articulo/:id/juntar': 'editor',
  '/consolidar/articulo/:id/escribir': 'editor',
  '/consolidar/borrador/:id': 'editor',
  '/consolidar/borrador/:id/sumar': 'editor',
  '/consolidar/congelar': 'editor',
  '/revision': 'liaison',
  '/revision/:id': 'liaison',
  '/votaciones/:id/pedir': 'delegate',
  '/mi-espacio': 'delegate',
  '/avisos': 'delegate',
};

/** Where the first real address of a pattern with a parameter is linked from. */
const linkedFrom: Record<string, string> = {
  '/enmiendas/:id': '/documento/v/:number/enmiendas',
  '/comentarios/:id': '/comentarios',
  '/planteamientos/:id': '/planteamientos',
  '/planteamientos/parecidos/:id': '/planteamientos/parecidos',
  '/borradores/:id': '/mi-espacio',
  '/borradores/:id/editar': '/borradores/:id',
  '/borradores/:id/parrafo/:at': '/borradores/:id',
  '/borradores/:id/sugerencias': '/borradores/:id',
  '/borradores/:id/comentarios': '/borradores/:id',
  '/borradores/:id/versiones': '/borradores/:id',
  '/borradores/:id/versiones/:version': '/borradores/:id/versiones',
  '/borradores/:id/comparar': '/borradores/:id/versiones',
  '/borradores/:id/quien': '/borradores/:id',
  '/borradores/:id/borrar': '/borradores/:id',
  '/mesas/:id': '/mesas',
  '/votaciones/:id': '/votaciones',
  '/votaciones/:id/sin-senal': '/votaciones',
  '/votaciones/:id/resultado': '/votaciones',
  '/votaciones/:id/comprobantes': '/votaciones/:id/resultado',
  '/votaciones/:id/razones': '/votaciones/:id/resultado',
  '/votaciones/:id/reglas': '/votaciones/:id/resultado',
  '/votaciones/:id/mesa': '/votaciones/:id',
  '/votaciones/:id/mesa/acta': '/votaciones/:id/mesa',
  '/votaciones/:id/papeleta': '/votaciones/:id/mesa',
  '/votaciones/:id/caseta': '/votaciones/:id',
  '/votaciones/:id/acta': '/votaciones/:id/resultado',
  '/votaciones/:id/camara': '/votaciones/:id/resultado',
  '/revision/:id': '/revision',
  '/articulo/:id/origen': '/documento/v/2/art/1',
  '/biblioteca/:slug': '/biblioteca',
  '/consolidar/articulo/:id': '/consolidar',
  '/consolidar/articulo/:id/escribir': '/consolidar/articulo/:id',
  '/consolidar/articulo/:id/dividir': '/consolidar/articulo/:id',
  '/consolidar/articulo/:id/juntar': '/consolidar/articulo/:id',
  '/consolidar/actos/:id': '/consolidar/actos',
  '/consolidar/borrador/:id/sumar': '/consolidar/borrador/:id',
  '/consolidar/borrador/:id': '/consolidar',
};

// Set up once, and gone afterwards; where only a form leads or an act ends.
const absent = new Set(['/instalar', '/salir', '/entrar/clave', '/caseta/borrar']);

export type Route = { pattern: string; kind: string; as: Looker; path: string };
type Open = (looker: Looker) => Promise<Page>;

/** Not every ballot leads there: the ones that stand in the list are opened one after another. */
const onSome = new Set(['/votaciones/:id/sala', '/votaciones/:id/pedir']);

const matcher = (pattern: string) =>
  new RegExp(`^${pattern.replace(/:id/g, '[0-9a-f-]{36}').replace(/:[a-z]+/g, '[^/?#]+')}$`);

/** Every route of app/kinds.ts with one real address in the demo forum, found by following links. */
export async function realRoutes(address: string, open: Open): Promise<Route[]> {
  const found = new Map<string, string>();
  const linkOn = async (looker: Looker, from: string, pattern: string) => {
    const page = await open(looker);
    await page.goto(address + from);
    const hrefs = await page.$$eval('a[href], form[action]', (all) =>
      all.map(
        (one) => new URL((one.getAttribute('href') ?? one.getAttribute('action'))!, location.href).pathname,
      ),
    );
    return hrefs.find((href) => matcher(pattern).test(href) && !kinds.some((kind) => kind.pattern === href));
  };
  const onSomeOf = async (looker: Looker, list: string, pattern: string) => {
    const page = await open(looker);
    await page.goto(address + list);
    const all = await page.$$eval('main a[href]', (links) => links.map((one) => one.getAttribute('href')!));
    for (const href of all.filter((one) => one.startsWith(`${list}/`))) {
      const link = await linkOn(looker, href, pattern);
      if (link) return link;
    }
    return undefined;
  };
  const home = async () => {
    const page = await open('secretary');
    await page.goto(address);
    const hrefs = await page.$$eval('a[href]', (all) =>
      all.map((one) => new URL((one as HTMLAnchorElement).href).pathname),
    );
    return hrefs.find((href) => /^\/asociaciones\/[0-9a-f-]{36}$/.test(href))!;
  };
  const document = { number: '2', article: '1' };
  const routes: Route[] = [];
  for (const { pattern, kind } of kinds) {
    if (absent.has(pattern)) continue;
    const as = lookers[pattern] ?? 'anonymous';
    let path: string | undefined = pattern;
    if (pattern.startsWith('/documento/'))
      path = pattern.replace(':number', document.number).replace(':article', document.article);
    else if (pattern === '/articulo/:id') {
      const page = await open('anonymous');
      const canonical = await (await page.request.get(`${address}/api/open/document.json`)).json();
      const text = JSON.stringify(canonical);
      path = `/articulo/${/"(?:id|article)":"([0-9a-f-]{36})"/.exec(text)?.[1]}`;
    } else if (pattern.startsWith('/asociaciones/:id'))
      path = pattern.replace('/asociaciones/:id', await home());
    else if (onSome.has(pattern)) {
      path = await onSomeOf(as, '/votaciones', pattern);
      if (!path) throw new Error(`no ballot leads to ${pattern}`);
    } else if (pattern.includes(':')) {
      const from = linkedFrom[pattern];
      if (!from) throw new Error(`say in routes.ts where ${pattern} is linked from`);
      path = await linkOn(as, found.get(from) ?? from, pattern);
      if (!path) throw new Error(`no link to ${pattern} on ${found.get(from) ?? from}`);
    }
    found.set(pattern, path);
    routes.push({ pattern, kind, as, path });
  }
  return routes;
}
