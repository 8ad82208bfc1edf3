// Keeps the public pages for when there is no network: help, library, document. Only copies that were asked
// for without a cookie are kept, so they are the same on every phone and say nothing of who used this one.
const name = 'publico-1';
const first = ['/ayuda', '/documento', '/biblioteca', '/planteamientos'];
const open = /^\/$|^\/(ayuda|biblioteca|documento|planteamientos|articulo|quien-puede-que)(\/|$)/;
const never = /^\/(api|planteamientos\/nuevo)/;
const fixed = /^\/(_next\/static\/|light\.\w+\.js$|icon\.svg$|manifest\.webmanifest$)/;
const patience = 8000;

async function keep(path) {
  const answer = await fetch(path, { credentials: 'omit', redirect: 'error' });
  if (!answer.ok) return;
  const cache = await caches.open(name);
  const html = await answer.clone().text();
  // What the page needs to look right, by the addresses it names.
  for (const [, file] of html.matchAll(/(?:href|src)="(\/(?:_next\/static\/[^"]+\.css|light\.\w+\.js|icon\.svg))"/g))
    if (!(await cache.match(file))) await cache.add(file);
  const kept = new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'x-kept': new Date().toISOString() } });
  await cache.put(path, kept);
}

async function old(path) {
  const cache = await caches.open(name);
  const kept = (await cache.match(path)) || (await cache.match('/ayuda'));
  if (!kept) return Response.error();
  const html = (await kept.text()).replace('<html', '<html data-offline="on"');
  const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'";
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy } });
}

async function visit(event, path) {
  try {
    const answer = await Promise.race([
      fetch(event.request),
      new Promise((_, fail) => setTimeout(fail, patience)),
    ]);
    const saving = navigator.connection && navigator.connection.saveData;
    if (answer.ok && open.test(path) && !never.test(path) && !saving && !(await caches.match(path)))
      event.waitUntil(keep(path).catch(() => {}));
    return answer;
  } catch {
    return old(path);
  }
}

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all(first.map((path) => keep(path).catch(() => {}))));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const other of await caches.keys()) if (other !== name) await caches.delete(other);
      await self.clients.claim();
    })(),
  );
});
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (event.request.mode === 'navigate') {
    // The way out must reach the server, or fail as it would without us.
    if (url.pathname !== '/salir') event.respondWith(visit(event, url.pathname));
  } else if (fixed.test(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((kept) => kept || fetch(event.request)));
  }
});
