// The page on the content origin that plays a package of H5P: it begins the player that the school brought, which is not ours to
// ship (docs/decisions/0031-h5p.md), and tells the app's page what the package says. What runs here is the package's as much as
// ours, so nothing here is trusted by anybody: it knows no secret but its own address and hears the app's page alone.
import type { FromPlayer, ToPlayer } from '#protocol/packages/player.ts'
import { standingAfter, standingOf, toldWith } from './xapi.ts'

type Play = Extract<ToPlayer, { say: 'play' }>

interface Dispatcher {
  on(event: string, heard: (event: { readonly data?: { readonly statement?: unknown } }) => void): void
}

interface Instance {
  getCurrentState?: () => unknown
}

interface Core {
  readonly externalDispatcher: Dispatcher
  readonly instances?: readonly Instance[]
}

/** What the player's scripts leave in a window. */
interface Brought {
  H5PStandalone?: { readonly H5P: new (place: HTMLElement, options: object) => Promise<unknown> }
  H5P?: Core
  H5PIntegration?: { contents?: Record<string, { contentUserData?: readonly { state?: unknown }[] }> }
}

const brought = window as unknown as Brought

/** Below it stand the files of the player. */
const folder = new URL('/players/h5p/', location.href).href
const contentId = 'package'
/** How often the package is asked by its player what it keeps, and how often it is looked whether that is another, in milliseconds. */
const keepsMs = 5_000
const looksMs = 1_000
/** How long after something was said it is told: what is said at once is told once. */
const soonMs = 100

const app = document.querySelector<HTMLMetaElement>('meta[name="lectern-app"]')?.content ?? ''

const say = (message: FromPlayer): void => window.parent.postMessage(message, app)

const loaded = (src: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = src
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(src))
    document.head.append(script)
  })

const kept = (): unknown => brought.H5PIntegration?.contents?.[`cid-${contentId}`]?.contentUserData?.[0]?.state

/** Asks the package itself what it keeps now; what its player asked last, where it does not say. */
function keptNow(frame: HTMLIFrameElement | null): unknown {
  try {
    const core = (frame?.contentWindow as unknown as Brought | null)?.H5P
    const state = core?.instances?.[0]?.getCurrentState?.()
    return state === undefined ? kept() : JSON.stringify(state)
  } catch {
    return kept()
  }
}

/** Begins the player; answers the frame in which the package is. */
async function begin(place: HTMLElement, { part, state }: Play): Promise<{ core: Core; frame: HTMLIFrameElement }> {
  await loaded(`${folder}main.bundle.js`)
  const Player = brought.H5PStandalone?.H5P
  if (!Player) throw new Error('No player')
  const suspend = state?.data.suspend ?? ''
  await new Player(place, {
    id: contentId,
    h5pJsonPath: new URL('files', location.href).href,
    ...{ frameJs: `${folder}frame.bundle.js`, frameCss: `${folder}styles/h5p.css` },
    ...{ frame: false, copyright: false, export: false, embed: false, icon: false, fullScreen: false },
    saveFreq: keepsMs / 1000,
    ...(suspend === '' ? {} : { contentUserData: [{ state: suspend }] }),
  })
  const frame = place.querySelector('iframe')
  if (!brought.H5P || !frame) throw new Error('Not begun')
  frame.title = part.title
  return { core: brought.H5P, frame }
}

let playing: { readonly part: string; readonly stop: () => void } | undefined
let begun = false

async function play(asked: Play): Promise<void> {
  // The scripts of the player begin once in a window.
  if (begun) return location.reload()
  begun = true
  const { part, state } = asked
  const from = performance.now()
  let standing = standingOf(state)
  let last = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (suspend: unknown, lastWord = false) => {
    clearTimeout(timer)
    timer = undefined
    const data = toldWith(standing, suspend, (performance.now() - from) / 1000)
    const said = JSON.stringify({ ...data, seconds: 0 })
    if (said === last && !lastWord) return
    last = said
    say({ say: 'told', part: part.id, data })
  }
  const place = document.createElement('main')
  document.body.append(place)
  try {
    const { core, frame } = await begin(place, asked)
    core.externalDispatcher.on('xAPI', ({ data }) => {
      const next = standingAfter(standing, data?.statement)
      if (!next) return
      standing = next
      timer ??= setTimeout(() => flush(keptNow(frame)), soonMs)
    })
    const before = kept() ?? ''
    flush(before)
    let known: unknown = before
    const look = setInterval(() => {
      if (kept() === known) return
      known = kept()
      flush(known)
    }, looksMs)
    playing = {
      part: part.id,
      stop: () => {
        clearInterval(look)
        flush(keptNow(frame), true)
      },
    }
  } catch {
    say({ say: 'failed', part: part.id })
  }
}

function stop(): void {
  const old = playing
  if (!old) return
  playing = undefined
  old.stop()
  document.querySelector('main')?.remove()
  say({ say: 'ended', part: old.part, go: 'nowhere' })
}

addEventListener('message', ({ source, origin, data }: MessageEvent<ToPlayer>) => {
  if (source !== window.parent || origin !== app) return
  if (data.say === 'play') void play(data)
  else stop()
})
addEventListener('pagehide', () => playing?.stop())
say({ say: 'ready' })
