// One learner who is not there: joins late or early, thinks, answers, changes their mind, loses the network, comes back
// and says a line now and then. Everything it decides comes from its seed; how long it takes, from the clock.
import type { ActivityMove } from '#protocol/activities/registry.ts'
import { activityCalls } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import { channelCalls } from '#protocol/channels.ts'
import type { Stage } from '#protocol/live/stage.ts'
import { liveRoutes, type Run, type RunId } from '#protocol/live.ts'
import { type Dice, dice } from '#server/seeds/dice.ts'
import { guessNumber, guessWord, someWords, thoughts } from './guesses.ts'
import { Link } from './link.ts'
import { lines, nameOf, type Occasion } from './words.ts'

export interface BotParts {
  readonly url: string
  readonly code: string
  readonly seed: string
  readonly index: number
  /** How many there are in all: the more, the longer they take to come and the less each of them talks. */
  readonly learners: number
  /** 1 is the pace of people; tests use less. */
  readonly pace: number
  readonly count: (what: 'joined' | 'answered' | 'late' | 'dropped' | 'said' | 'refused') => void
  /** Milliseconds from sending an answer until it was acknowledged, over a link that held. */
  readonly acked?: ((ms: number) => void) | undefined
  /** Signs in before joining, for bots that are members; guests give a name instead. */
  readonly signIn?: ((link: Link) => Promise<void>) | undefined
}

/** Milliseconds between two arrivals of a large class: a crowd before a door, not a race. */
const arrivalMs = 25
const comeAgain: readonly string[] = ['slow-down', 'busy']
const mostTries = 20
/** In a class of more than these, fewer speak: a chat that nobody can read is no class. */
const talkative = 60

type Item = NonNullable<Stage['view']['item']>
type Options = Extract<Item['asked'], { type: 'single' | 'multiple' | 'true-false' }>

/** Which options a bot chooses. It knows no key; like people, it trusts the longer option a little more. */
function choose(asked: Options, chance: Dice): ActivityMove {
  const options =
    asked.type === 'true-false'
      ? ['true', 'false'].map(id => ({ id, weight: id === 'true' ? 3 : 2 }))
      : asked.body.options.map(option => ({ id: option.id, weight: 2 + Math.min(6, option.text.length / 10) }))
  const draw = (from: typeof options): string => {
    let left = chance.next() * from.reduce((sum, one) => sum + one.weight, 0)
    for (const one of from) {
      left -= one.weight
      if (left < 0) return one.id
    }
    return from.at(-1)?.id ?? ''
  }
  const chosen = draw(options)
  if (asked.type !== 'multiple' || !chance.chance(0.6)) return { optionIds: [chosen] }
  return { optionIds: [chosen, draw(options.filter(one => one.id !== chosen))] }
}

/** What a bot answers, by what is asked. */
function give(view: Stage['view'], { asked }: Item, chance: Dice): ActivityMove {
  switch (asked.type) {
    case 'numeric':
      return { value: guessNumber(asked.body.prompt, chance) }
    case 'short-text':
      return { text: guessWord(asked.body.prompt, chance) }
    case 'open':
      return view.kind === 'word-cloud' ? { words: someWords(chance, view.words) } : { text: chance.pick(thoughts) }
    default:
      return choose(asked, chance)
  }
}

export class Bot {
  readonly #link: Link
  readonly #timers = new Set<NodeJS.Timeout>()
  /** Items it has seen open, and those whose result it has seen: each is met once, also after a return. */
  readonly #met = new Set<string>()
  #run: Run | undefined
  #stage: Stage | null = null
  #stopped = false
  #losses = 0
  #answering: Promise<void> = Promise.resolve()
  #finish: () => void = () => undefined
  readonly #over = new Promise<void>(resolve => {
    this.#finish = resolve
  })

  constructor(private readonly parts: BotParts) {
    this.#link = new Link(parts.url)
  }

  /** Joins after a while of its own and takes part until the class ends. */
  async live(): Promise<void> {
    const chance = this.#dice('arrival')
    await Promise.race([this.#wait(chance.between(200, Math.max(12_000, this.parts.learners * arrivalMs))), this.#over])
    if (this.#stopped) return
    const runId = await this.#join()
    if (runId === undefined) return
    this.parts.count('joined')
    this.#listen(runId)
    if (chance.chance(0.2)) this.#say('arrival', chance, chance.between(1_000, 6_000))
    await this.#over
    this.#link.close()
  }

  /** Takes a seat; where too many come at once, the server says when to come again. Undefined once told to stop. */
  async #join(): Promise<RunId | undefined> {
    const { code, index, signIn } = this.parts
    await signIn?.(this.#link)
    const chance = this.#dice('queue')
    for (let tries = 0; !this.#stopped; tries++) {
      try {
        const name = signIn ? {} : { name: nameOf(index) }
        return (await this.#link.request(liveRoutes.join, { code, ...name })).runId
      } catch (error) {
        if (tries >= mostTries || !(error instanceof Problem) || !comeAgain.includes(error.code)) throw error
        const seconds = Number(error.params.retryAfter ?? 2)
        await Promise.race([this.#wait(1_000 * (seconds + chance.between(0, 2 + tries))), this.#over])
      }
    }
    return undefined
  }

  /** Leaves for good. */
  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#link.close()
    this.#finish()
  }

  #listen(runId: RunId): void {
    this.#link.open(runId, {
      run: run => {
        this.#run = run
      },
      stage: stage => this.#meet(stage),
      ended: () => this.stop(),
    })
  }

  #dice(purpose: string): Dice {
    return dice(`${this.parts.seed}/bot ${this.parts.index}/${purpose}`)
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (!this.#stopped) run()
    }, ms * this.parts.pace)
    this.#timers.add(timer)
  }

  #wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      setTimeout(resolve, ms * this.parts.pace)
    })
  }

  #meet(stage: Stage | null): void {
    this.#stage = stage
    const item = stage?.view.item
    if (!stage || !item) return
    const { phase, openedAt, number } = stage.view
    const key = `${stage.deliveryId}/${item.id}/${openedAt}`
    // The number, not the id: ids differ from class to class, and a seed should not.
    const purpose = `${stage.title}/item ${number}`
    if (phase === 'open' && !this.#met.has(key)) {
      this.#met.add(key)
      this.#think(stage, item, this.#dice(purpose))
    }
    if (phase === 'revealed' && !this.#met.has(`${key}/revealed`)) {
      this.#met.add(`${key}/revealed`)
      const chance = this.#dice(`${purpose}/revealed`)
      if (chance.chance(0.07)) this.#say('revealed', chance, chance.between(1_500, 9_000))
    }
  }

  /** Decides everything about one item at once, so that the order of the network changes nothing. */
  #think(stage: Stage, item: Item, chance: Dice): void {
    const takesPart = chance.chance(0.95)
    const limitMs = (stage.view.limitSeconds ?? 25) * 1_000
    // Most are quick, some need all the time there is, a few tap a blink after the bell.
    const late = chance.chance(0.05) ? chance.between(50, 400) : null
    const at = late === null ? (0.1 + 0.8 * chance.next() ** 1.6) * limitMs : limitMs + late
    const move = give(stage.view, item, chance)
    const again = chance.chance(0.12)
      ? { at: at + chance.between(1_500, 5_000), move: give(stage.view, item, chance) }
      : null
    const drop = chance.chance(0.08) ? { at: chance.between(0, at), back: chance.between(2_000, 9_000) } : null
    const speaks = chance.chance(0.04)
    if (drop) this.#lose(drop.at, drop.back)
    if (speaks) this.#say('open', chance, chance.between(2_000, limitMs))
    if (!takesPart) return
    this.#later(at, () => this.#answer(stage, item, move))
    if (again) this.#later(again.at, () => this.#answer(stage, item, again.move))
  }

  #lose(at: number, back: number): void {
    this.#later(at, () => {
      this.parts.count('dropped')
      this.#losses++
      this.#link.drop()
      this.#later(back, () => this.#link.comeBack())
    })
  }

  // One after the other, so that a change of mind never overtakes the answer it changes.
  #answer(stage: Stage, item: Item, move: ActivityMove): void {
    this.#answering = this.#answering.then(() => this.#send(stage, item, move))
  }

  async #send(stage: Stage, item: Item, move: ActivityMove): Promise<void> {
    // Whoever sees that it is over does not try; whoever is just too late finds out from the server.
    const now = this.#stage
    const gone = now?.deliveryId !== stage.deliveryId || now.view.item?.id !== item.id || now.view.phase !== 'open'
    if (gone && now?.view.phase !== 'closing') return
    const { up } = this.#link
    const losses = this.#losses
    const sent = performance.now()
    try {
      await this.#link.call(activityCalls.answer, { deliveryId: stage.deliveryId, itemId: item.id as never, move })
      if (up && losses === this.#losses) this.parts.acked?.(performance.now() - sent)
      this.parts.count('answered')
    } catch (error) {
      this.parts.count(error instanceof Problem && error.code === 'late' ? 'late' : 'refused')
    }
  }

  #say(occasion: Occasion, chance: Dice, at: number): void {
    const text = chance.pick(lines[occasion])
    if (!chance.chance(talkative / this.parts.learners)) return
    this.#later(at, () => {
      const channelId = this.#run?.channelId
      if (channelId === undefined) return
      this.#link.call(channelCalls.send, { channelId: channelId as never, text }).then(
        () => this.parts.count('said'),
        () => this.parts.count('refused'),
      )
    })
  }
}
