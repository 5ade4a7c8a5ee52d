// One sitting of a package in this tab: speaks with the player on the other origin, and nobody else; keeps what its parts tell
// through the outbox, so that nothing is lost on the way. What comes from over there is data, in one strict shape.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { outbox } from '#client/platform/outbox.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { type OwnAttempts, type PartData, type PartState, partData } from '#protocol/packages/attempts.ts'
import { fromPlayer, type PlayedPart, type ToPlayer } from '#protocol/packages/player.ts'
import { packageCalls } from '#protocol/packages.ts'
import type { Sitting } from './store.ts'

/** How long the player has to come up, and to let go, in milliseconds. */
const patienceMs = 20_000
const lastWordMs = 2_000

type Standing = 'opening' | 'open' | 'ended' | 'silent' | 'failed'

export interface Playing {
  readonly parts: readonly PlayedPart[]
  /** The part that is open; undefined before the player is there. */
  readonly part: ReadonlySignal<PlayedPart | undefined>
  /** ended: the package ended its last part by itself; silent: no player answers; failed: it could not begin the part. */
  readonly standing: ReadonlySignal<Standing>
  /** What each part told last, in any sitting. */
  readonly states: ReadonlySignal<ReadonlyMap<string, PartState>>
  /** How many writes of this attempt wait. */
  readonly waiting: ReadonlySignal<number>
  /** When something was last kept; null while nothing was. */
  readonly keptAt: ReadonlySignal<string | null>
  readonly failure: ReadonlySignal<string | undefined>
  play(part: PlayedPart): void
  /** Lets the open part say its last. */
  stop(): Promise<void>
  end(): void
}

const playable = (parts: readonly PlayedPart[]): PlayedPart[] => parts.filter(one => one.kind !== 'heading')

/** The part beside another one, in the order of the package. */
export function beside(parts: readonly PlayedPart[], part: PlayedPart, by: 1 | -1): PlayedPart | undefined {
  const all = playable(parts)
  return all[all.findIndex(one => one.id === part.id) + by]
}

const isDone = (state: PartState | undefined): boolean => state?.data.completion === 'completed'

/** Where a sitting begins: at the first part that is not done. */
const firstOf = (parts: readonly PlayedPart[], states: ReadonlyMap<string, PartState>): PlayedPart | undefined =>
  playable(parts).find(one => !isDone(states.get(one.id))) ?? playable(parts)[0]

const failureWords = (error: unknown): string =>
  error instanceof ClientProblem && error.code === 'malformed' ? t('packages.malformed') : problemWords(error)

interface Begun {
  readonly sitting: Sitting
  /** Whose page is the player; null before it stands. */
  readonly frame: () => Window | null
  readonly onOwn: (own: OwnAttempts) => void
}

/** Begins a sitting; `end` ends it. */
export function startPlaying({ sitting, frame, onOwn }: Begun): Playing {
  const { address, form, attemptId, parts, learner } = sitting
  const { origin } = new URL(address)
  const part = signal<PlayedPart>()
  const standing = signal<Standing>('opening')
  const states = signal<ReadonlyMap<string, PartState>>(new Map(sitting.states.map(one => [one.part, one])))
  const keptAt = signal<string | null>(null)
  const failure = signal<string>()
  const lane = `package ${attemptId}`
  const waiting = computed(() => outbox().pending.value.filter(one => one.lane === lane).length)
  // A part that is opened again counts its seconds from nothing: what it told before in this sitting comes on top.
  const spent = new Map<string, number>()
  let ended: (() => void) | undefined

  const say = (message: ToPlayer) => frame()?.postMessage(message, origin)
  const play = (next: PlayedPart) => {
    part.value = next
    standing.value = 'open'
    const { id } = next
    spent.set(id, (states.peek().get(id)?.data.seconds ?? 0) * (spent.has(id) ? 1 : 0))
    say({ say: 'play', form, part: next, state: states.peek().get(id) ?? null, learner })
  }

  function keep(id: string, data: PartData): void {
    const before = states.peek().get(id)
    states.value = new Map([...states.peek(), [id, { part: id, data, seconds: before?.seconds ?? 0 }]])
    if (attemptId === null) return
    outbox()
      .send(packageCalls.commit, { attemptId, sitting: sitting.sitting, part: id, data }, lane, id)
      .then(
        ({ own }) => {
          failure.value = undefined
          keptAt.value = new Date().toISOString()
          onOwn(own)
        },
        (error: unknown) => {
          failure.value = failureWords(error)
        },
      )
  }

  const hear = (event: MessageEvent) => {
    if (event.source === null || event.source !== frame() || event.origin !== origin) return
    const read = fromPlayer.safeParse(event.data)
    if (!read.success) {
      // What is too much to be kept is said; whatever else that may be is not for us.
      if (event.data?.say === 'told' && !partData.safeParse(event.data.data).success)
        failure.value = t('packages.tooMuch')
      return
    }
    const message = read.data
    if (message.say === 'ready') {
      clearTimeout(patience)
      const first = part.peek() ?? firstOf(parts, states.peek())
      if (first) play(first)
    } else if (message.say === 'told') {
      if (!playable(parts).some(one => one.id === message.part)) return
      keep(message.part, { ...message.data, seconds: message.data.seconds + (spent.get(message.part) ?? 0) })
    } else if (message.say === 'failed') {
      if (message.part === part.peek()?.id) standing.value = 'failed'
    } else {
      ended?.()
      const open = part.peek()
      if (message.part !== open?.id || message.go === 'nowhere') return
      const next = beside(parts, open, message.go === 'next' ? 1 : -1)
      if (next) play(next)
      else standing.value = 'ended'
    }
  }
  addEventListener('message', hear)
  const patience = setTimeout(() => {
    if (standing.peek() === 'opening') standing.value = 'silent'
  }, patienceMs)

  return {
    ...{ parts, part, standing, states, waiting, keptAt, failure, play },
    stop: () =>
      new Promise<void>(resolve => {
        ended = resolve
        setTimeout(resolve, standing.peek() === 'open' ? lastWordMs : 0)
        say({ say: 'stop' })
      }),
    end: () => {
      clearTimeout(patience)
      removeEventListener('message', hear)
    },
  }
}
