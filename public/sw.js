// Keeps the public pages for when there is no network: help, the document with its articles, the library, the sheets
// of open votes (docs/decisions/111). All copies
// are asked for without a cookie and by this list, not by what somebody visits: they are the same on every phone and
// say nothing of who has used this one. Whatever is private goes by without being looked at.
const name = 'publico';
// There while an exit has not reached the forum yet; empty.
const owed = 'salida';
const pages = ['/ayuda', '/', '/documento', '/biblioteca', '/votaciones'];
const sheets = /\/votaciones\/[0-9a-f-]{36}\/sin-senal(?=")/g;
const ballot = /^\/votaciones\/[0-9a-f-]{36}$/;
const listed = /\/documento\/v\/\d+\/art\/\d+(?=")|\/biblioteca\/[a-z0-9-]+(?=")/g;
const needed = /\/(?:_next\/static\/[^"]+\.css|light\.\w+\.js|icon\.svg)(?=")/g;
const open =
  /^\/$|^\/(ayuda|quien-puede-que|planteamientos|votaciones)$|^\/(documento|biblioteca|articulo)(\/|$)|^\/votaciones\/[0-9a-f-]{36}(\/sin-senal)?$/;
const fixed = /^\/(_next\/static\/|light\.\w+\.js$|icon\.svg$)/;
const room = 300000;
const patience = 8000;
const hour = 3600000;
const day = 24 * hour;
// The same place as app/salir/route.ts leads to.
const elsewhere = 'https://www.google.com/search?q=clima';

const late = (ms) => new Promise((_, fail) => setTimeout(fail, ms));

/** The copy of a public page, not older than a day if the network allows; the list of votes, than an hour. */
async function copyOf(cache, path) {
  const kept = await cache.match(path);
  const age = kept && Date.now() - kept.headers.get('x-kept');
  if (kept && age < (path === '/votaciones' ? hour : day)) return kept;
  try {
    const answer = await fetch(path, { credentials: 'omit', redirect: 'error', priority: 'low' });
    if (!answer.ok) return kept;
    const headers = { 'x-kept': Date.now(), 'x-bytes': answer.headers.get('content-length') || '' };
    for (const own of ['content-type', 'content-security-policy']) headers[own] = answer.headers.get(own) || '';
    const fresh = new Response(await answer.text(), { headers });
    await cache.put(path, fresh.clone());
    return fresh;
  } catch {
    return kept;
  }
}

/** Fills the cache by the list, one page after the other; `few`: only the pages that lead to the others. */
async function stock(few) {
  const cache = await caches.open(name);
  const wanted = new Set();
  let left = room;
  const take = async (path) => {
    const copy = left > 0 && !wanted.has(path) && (await copyOf(cache, path));
    if (!copy) return '';
    const html = await copy.text();
    left -= Number(copy.headers.get('x-bytes')) || html.length / 4;
    wanted.add(path);
    for (const file of html.match(needed) || []) {
      if (!wanted.has(file) && !(await cache.match(file))) await cache.add(file).catch(() => {});
      wanted.add(file);
    }
    return html;
  };
  let links = '';
  for (const path of pages) links += await take(path);
  for (const path of links.match(sheets) || []) await take(path);
  const { saveData, effectiveType } = navigator.connection || {};
  if (few || saveData || /2g/.test(effectiveType)) return;
  for (const path of links.match(listed) || []) await take(path);
  for (const { url } of await cache.keys()) if (!wanted.has(new URL(url).pathname)) await cache.delete(url);
}

/** A copy, marked as one: the page has the sentence for it. */
async function marked(copy, as) {
  const html = await copy.text();
  const when = new Date(Number(copy.headers.get('x-kept')));
  const words = when.toLocaleDateString('es-PE', { weekday: 'long', day: 'numeric', month: 'long' });
  const body = html.replace('<html', `<html data-offline="${as}"`).replace('{day}', words);
  return new Response(body, { headers: copy.headers });
}

/** The network first; it is waited for as long as it takes where there is no copy. */
async function visit(request, path) {
  const cache = await caches.open(name);
  // Without a network a vote is made on its sheet.
  const copy = await cache.match(ballot.test(path) ? `${path}/sin-senal` : path);
  try {
    const answer = fetch(request);
    return await (copy ? Promise.race([answer, late(patience)]) : answer);
  } catch {
    const help = copy || (await cache.match('/ayuda'));
    return help ? marked(help, copy ? 'copy' : 'none') : Response.error();
  }
}

/** The quick exit leads elsewhere even when the forum cannot be reached, and the session ends as soon as it can. */
async function leave(request) {
  try {
    const answer = await Promise.race([fetch(request), late(patience)]);
    await caches.delete(owed);
    return answer;
  } catch {
    await caches.open(owed);
    if (self.registration.sync) await self.registration.sync.register('salir').catch(() => {});
    return Response.redirect(elsewhere, 303);
  }
}

/** Ends the session that was left, and no other: whoever has sent a form since then is not the one who left. */
async function makeGood() {
  if (!(await caches.has(owed))) return;
  await fetch('/salir', { method: 'POST', redirect: 'manual' });
  await caches.delete(owed);
}

let stocked = 0;
self.addEventListener('install', (event) => event.waitUntil(stock(true)));
self.addEventListener('activate', (event) => {
  const former = async (cache) => cache === name || cache === owed || caches.delete(cache);
  event.waitUntil(caches.keys().then((all) => Promise.all(all.map(former))));
  event.waitUntil(self.clients.claim());
});
self.addEventListener('message', (event) => {
  if (Date.now() - stocked < hour) return;
  stocked = Date.now();
  event.waitUntil(stock(false).catch(() => (stocked = 0)));
});
self.addEventListener('sync', (event) => {
  if (event.tag === 'salir') event.waitUntil(makeGood());
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method === 'POST' && request.mode === 'navigate') event.waitUntil(caches.delete(owed));
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode !== 'navigate') {
    if (fixed.test(pathname)) event.respondWith(caches.match(pathname).then((kept) => kept || fetch(request)));
  } else if (pathname === '/salir') event.respondWith(leave(request));
  else if (open.test(pathname)) event.respondWith(visit(request, pathname));
});
