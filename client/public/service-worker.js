// Opens the pages without a network: index.html from the network while there is one, the built files from the cache for
// ever, since their names change with their content. It never touches the API, sockets, notes or anybody's data.

// Filled in by the build (vite.config.ts): the release, the files most pages need, and the large ones that are kept once
// somebody used them, such as the editor.
const release = '__RELEASE__'
const files = ['__FILES__']
const large = ['__LARGE__']

const cacheName = `lectern-${release}`
const shell = '/index.html'

async function install() {
  const cache = await caches.open(cacheName)
  await cache.addAll([shell, ...files])
  await self.skipWaiting()
}

// The release before stays: a page that is open may still ask for its files.
async function activate() {
  const names = (await caches.keys()).filter(name => name.startsWith('lectern-'))
  const old = names.filter(name => name !== cacheName)
  await Promise.all(old.slice(0, -1).map(name => caches.delete(name)))
  await self.clients.claim()
}

async function page(request) {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await caches.match(shell)
    if (kept) return kept
    throw error
  }
}

async function file(request) {
  const kept = await caches.match(request, { ignoreVary: true })
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(cacheName)).put(request, answer.clone())
  return answer
}

self.addEventListener('install', event => event.waitUntil(install()))
self.addEventListener('activate', event => event.waitUntil(activate()))
self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    const served = /^\/(api\/v1|socket\.io|collab|healthz|readyz|metrics)(\/|$)/
    if (!served.test(url.pathname)) event.respondWith(page(request))
  } else if (files.includes(url.pathname) || large.includes(url.pathname)) event.respondWith(file(request))
})
