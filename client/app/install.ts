// Makes the page one that opens without a network, where the browser allows it: https and this machine only. A new
// release is fetched in the background and used by the next page that opens; nobody is interrupted.

/** Registers the service worker. Called once by main; a browser without one loses nothing else. */
export function startInstall(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  addEventListener('load', () => {
    // Refused, as in some private windows: then a page needs the network to open, and nothing else is lost.
    navigator.serviceWorker.register('/service-worker.js').catch(() => undefined)
  })
}
