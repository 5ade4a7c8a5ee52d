// One schedule of the simulator: nodes, people and faults from one seed, then quiet, then the question whether everybody
// has what the log has. The same seed gives the same schedule, event by event.
import { isDeepStrictEqual } from 'node:util'
import { Buses } from './buses.ts'
import { type SimNode, startNode } from './node.ts'
import { Person } from './person.ts'
import type { SimPlant } from './plants.ts'
import { Store } from './store.ts'
import { VirtualTime } from './time.ts'

const ragesMs = 2_500
/** Longer than anything may take to be found out: heads every 2.5 s, rights every second, retries up to 15 s apart. */
const patienceMs = 45_000
const never = 1e9

export interface Outcome {
  readonly seed: string
  readonly violations: readonly string[]
  readonly events: number
  /** Virtual milliseconds from the last fault until everybody was served. */
  readonly settledMs: number
}

interface Place {
  node: SimNode | undefined
  bus: ReturnType<Buses['join']>
}

/** Plays one schedule. `say` hears what is done, in virtual milliseconds. */
export async function playSchedule(seed: string, plant?: SimPlant, say?: (line: string) => void): Promise<Outcome> {
  const time = new VirtualTime(seed)
  const restore = time.install()
  const mend = plant?.break?.()
  try {
    return await play(seed, time, plant, line => say?.(`${time.now.toFixed(1).padStart(8)}  ${line}`))
  } finally {
    mend?.()
    restore()
  }
}

async function play(
  seed: string,
  time: VirtualTime,
  plant: SimPlant | undefined,
  say: (line: string) => void,
): Promise<Outcome> {
  const chance = time.dice
  const whole = (least: number, most: number) => Math.floor(chance.between(least, most + 1))
  const some = <T>(from: readonly T[]): T | undefined => from[Math.floor(chance.next() * from.length)]
  const violations: string[] = []
  const violation = (what: string) => {
    if (violations.length < 20) violations.push(`${what} (at ${time.now.toFixed(1)} ms)`)
    say(`VIOLATION ${what}`)
  }
  const store = new Store(time)
  const buses = new Buses(time)
  store.trouble.fails = chance.pick([0, 0, 0.03])
  const rhythm = Object.fromEntries((plant?.blind ?? []).map(look => [look, never]))
  const places: Place[] = []
  const living = () => places.flatMap(({ node }) => (node?.alive ? [node] : []))

  async function start(place: Place): Promise<void> {
    for (;;) {
      const bus = buses.join()
      const node = await startNode({ time, store, bus: bus.bus, rhythm }).catch(() => undefined)
      if (node) {
        place.bus = bus
        place.node = node
        return
      }
      // As a process that can't reach its database: it is started again.
      bus.leave()
      await time.wait(100, 200)
    }
  }
  for (let count = whole(1, 3); count > 0; count--) {
    const place: Place = {
      node: undefined,
      bus: { bus: undefined as never, cut: () => undefined, leave: () => undefined },
    }
    places.push(place)
    void start(place)
  }
  const people = Array.from({ length: whole(2, 5) }, (_, index) => {
    const { distort } = plant ?? {}
    const parts = { name: `p${index}`, time, store, pick: () => some(living()), violation }
    return new Person(distort ? { ...parts, distort } : parts)
  })

  let made = 0
  const publish = (place: Place | undefined, kind: 'added' | 'removed', ids: readonly string[]) => {
    const node = place?.node
    if (!node?.alive) return
    const events = store.commit(kind, ids)
    say(`${kind} ${ids.join()} as ${events.map(event => event.seq).join()} on node ${places.indexOf(place as Place)}`)
    // Between the commit and the publish a node may die, or another's commit may be told first.
    time.after(chance.between(0, chance.chance(0.1) ? 80 : 3), () => {
      if (node.alive && !chance.chance(0.04)) node.realtime.publish(events)
      else say(`${events.map(event => event.seq).join()} is told by nobody`)
    })
  }
  const add = () =>
    publish(
      some(places),
      'added',
      Array.from({ length: whole(1, 4) }, () => `i${made++}`),
    )
  const change = (person: Person | undefined, may: boolean) => {
    if (!person) return
    say(`${person.name} ${may ? 'may hear' : 'is removed'}`)
    store.allow(person.name, may)
    const node = some(living())
    if (node && !plant?.quiet && !chance.chance(0.2)) time.after(1, () => node.realtime.rightsChanged([person.name]))
  }
  const fell = (place: Place | undefined) => {
    if (!place?.node?.alive) return
    say(`node ${places.indexOf(place)} dies`)
    place.node.kill()
    place.bus.leave()
    time.after(chance.between(50, 1_200), () => void start(place))
  }
  const acts: readonly [number, () => void][] = [
    [40, add],
    [8, () => publish(some(places), 'removed', [some(store.state.ids) ?? 'nothing'])],
    [14, () => some(people)?.cut(chance.chance(0.3) ? chance.between(1, 1_500) : 0)],
    [3, () => fell(some(places))],
    [4, () => some(places)?.bus.cut(chance.between(100, 1_500))],
    [6, () => change(some(people), false)],
    [6, () => change(some(people), true)],
    [3, () => some(people)?.stall(chance.between(50, 900))],
    [4, () => some(people)?.lookAway()],
    [2, () => store.prune(store.head - whole(0, 20))],
  ]
  const weights = acts.reduce((sum, [weight]) => sum + weight, 0)
  const act = () => {
    let left = chance.next() * weights
    for (const [weight, run] of acts) {
      left -= weight
      if (left <= 0) return run()
    }
  }
  for (let count = whole(10, 80); count > 0; count--) time.after(chance.between(0, ragesMs), act)
  // People go on trying what was refused, and come back to what they looked away from.
  let over = false
  const nudge = () => {
    for (const person of people) {
      const refused = person.view.status.value === 'closed' && store.deniedSince(person.name) === undefined
      if (refused && person.looking) person.lookAway()
      else if (!person.looking && (refused || chance.chance(0.3))) person.look()
    }
    if (!over) time.after(chance.between(100, 400), nudge)
  }
  nudge()
  await time.runUntil(ragesMs)

  buses.trouble = { lost: 0, doubled: 0, slowest: 8 }
  store.trouble.fails = 0
  say('quiet')
  const quiet = time.now
  const wrong = () => people.flatMap(person => unserved(person, store))
  // What is said in the quiet is for those who may hear, and for nobody who was removed long before.
  for (const wait of [400, 6_000, 7_000]) time.after(wait, add)
  await time.runUntil(quiet + 7_500)
  while (wrong().length > 0 && time.now < quiet + patienceMs) await time.runUntil(time.now + 250)
  for (const what of wrong()) violation(what)
  const settledMs = time.now - quiet
  over = true
  for (const { node } of places) node?.kill()
  for (const person of people) person.end()
  return { seed, violations, events: store.head, settledMs }
}

function unserved(person: Person, store: Store): string[] {
  const { status, head, state } = person.view
  const denied = store.deniedSince(person.name) !== undefined
  if (denied)
    return status.value === 'closed' || !person.looking ? [] : [`${person.name} was removed and is ${status.value}`]
  if (!person.looking) return [`${person.name} does not look`]
  if (status.value !== 'live') return [`${person.name} is ${status.value}`]
  if (head.value !== store.head) return [`${person.name} stands at ${head.value}, the log at ${store.head}`]
  return isDeepStrictEqual(state.value, store.state) ? [] : [`${person.name} has folded something else than the log`]
}
