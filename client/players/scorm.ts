// The page on the content origin that plays a part of a SCORM package: it holds the interface that parts look for, shows one
// part in a frame of its own origin, and tells the app's page what the part says. What runs here is the package's as much as
// ours, so nothing here is trusted by anybody: it knows no secret but its own address and hears the app's page alone.
import type { FromPlayer, ScormForm, ToPlayer } from '#protocol/packages/player.ts'
import { begunWith, type Said, toldBy } from './cmi.ts'

type Play = Extract<ToPlayer, { say: 'play' }>

/** What the two libraries have in common. */
interface Api {
  loadFromJSON(json: object, element: string): void
  renderCommitCMI(terminates: boolean): unknown
  on(event: string, heard: () => void): void
}

interface Playing {
  readonly part: string
  readonly frame: HTMLIFrameElement
  readonly flush: () => void
  go: 'next' | 'previous' | 'nowhere'
}

/** How long after something was said it is told, in milliseconds: what is said at once is told once. */
const soonMs = 100
const laterMs = 1_500
/** How long a part that is let go of has to say its last. */
const lastWordMs = 1_000

const app = document.querySelector<HTMLMetaElement>('meta[name="lectern-app"]')?.content ?? ''

const say = (message: FromPlayer): void => window.parent.postMessage(message, app)

const settings = { autocommit: false, lmsCommitUrl: false, logLevel: 5, selfReportSessionTime: false } as const

type ApiClass = new (settings: object) => Api

// By their names, as the files give them; what the package says of their types is another file's.
async function apiFor(form: ScormForm): Promise<Api> {
  if (form === 'scorm12') {
    const { Scorm12API } = (await import('scorm-again/scorm12')) as unknown as { Scorm12API: ApiClass }
    const api = new Scorm12API(settings)
    Object.assign(window, { API: api })
    return api
  }
  const { Scorm2004API } = (await import('scorm-again/scorm2004')) as unknown as { Scorm2004API: ApiClass }
  const api = new Scorm2004API(settings)
  Object.assign(window, { API_1484_11: api })
  return api
}

const events = {
  scorm12: { set: 'LMSSetValue', commit: 'LMSCommit', end: 'LMSFinish' },
  scorm2004: { set: 'SetValue', commit: 'Commit', end: 'Terminate' },
} as const satisfies Record<ScormForm, object>

let playing: Playing | undefined
let turn = 0

function frameFor(href: string, title: string): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.title = title
  frame.allow = 'fullscreen; autoplay'
  frame.src = new URL(`files/${href}`, location.href).href
  return frame
}

/** Lets go of the part that is open: it is shown an empty page first, so that it can say its last. */
async function stop(): Promise<void> {
  const old = playing
  if (!old) return
  playing = undefined
  await new Promise<void>(resolve => {
    old.frame.addEventListener('load', () => resolve(), { once: true })
    setTimeout(resolve, lastWordMs)
    old.frame.src = 'about:blank'
  })
  old.flush()
  old.frame.remove()
  say({ say: 'ended', part: old.part, go: old.go })
}

async function play({ form, part, state, learner }: Play): Promise<void> {
  // That has a page of its own.
  if (form === 'h5p') return
  turn += 1
  const mine = turn
  await stop()
  const api = await apiFor(form)
  // Another one was asked for meanwhile.
  if (mine !== turn) return
  const begun = performance.now()
  api.loadFromJSON(begunWith(form, { part, state, learner }), 'cmi')
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = Number.POSITIVE_INFINITY
  let last = ''
  let opened = false
  const flush = () => {
    clearTimeout(timer)
    due = Number.POSITIVE_INFINITY
    const { cmi } = api.renderCommitCMI(true) as { readonly cmi: Said }
    const read = toldBy(form, cmi, (performance.now() - begun) / 1000)
    // A page that reports nothing is done once it was opened.
    const data = part.kind === 'page' && opened ? { ...read, completion: 'completed' as const } : read
    const { seconds, ...rest } = data
    const said = JSON.stringify(rest)
    if (said === last && mine === turn && playing) return
    last = said
    say({ say: 'told', part: part.id, data })
  }
  const tell = (inMs: number) => {
    const at = performance.now() + inMs
    if (at >= due) return
    clearTimeout(timer)
    due = at
    timer = setTimeout(flush, inMs)
  }
  const { set, commit, end } = events[form]
  const now: Playing = { part: part.id, frame: frameFor(part.href, part.title), flush, go: 'nowhere' }
  api.on(set, () => tell(laterMs))
  api.on(commit, () => tell(soonMs))
  api.on(end, () => tell(soonMs))
  if (form === 'scorm2004') {
    const leave = (go: Playing['go']) => {
      if (playing !== now) return
      now.go = go
      void stop()
    }
    api.on('SequenceNext', () => leave('next'))
    api.on('SequencePrevious', () => leave('previous'))
  }
  now.frame.addEventListener('load', () => {
    opened = true
    if (playing === now && part.kind === 'page') tell(0)
  })
  playing = now
  document.body.append(now.frame)
}

addEventListener('message', ({ source, origin, data }: MessageEvent<ToPlayer>) => {
  if (source !== window.parent || origin !== app) return
  if (data.say === 'play') void play(data)
  else void stop()
})
addEventListener('pagehide', () => playing?.flush())
say({ say: 'ready' })
