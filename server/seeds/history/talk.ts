// Three weeks of a busy chat: exchanges of a few lines about matters of the building, on workdays above all, with
// answers, reactions, second thoughts and things taken back. Pure but for the dice.
import type { Dice } from '../dice.ts'
import { daysBefore, isWeekend, later } from './calendar.ts'
import { type Matter, matters } from './phrases.ts'
import { nods, places, returns } from './small-talk.ts'
import type { Line, Person, Room } from './timeline.ts'

const workdays: readonly [string, ...string[]] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
const emojis: readonly [string, ...string[]] = ['👍', '👍', '👍', '❤️', '😄', '🎉', '🤔', '👀']

const two = (value: number) => String(value).padStart(2, '0')

/** Fills what stands in braces. */
function filled(text: string, chance: Dice, names: readonly [string, ...string[]]): string {
  const whole = (low: number, high: number) => Math.floor(chance.between(low, high + 1))
  const fillings: Readonly<Record<string, () => string>> = {
    place: () => chance.pick(places),
    n: () => String(whole(2, 9)),
    kilo: () => String(whole(14, 38)),
    size: () => chance.pick(['S', 'M', 'L', 'XL']),
    ticket: () => String(whole(1_040, 1_890)),
    clock: () => `${whole(7, 17)}:${two(5 * whole(0, 11))}`,
    day: () => chance.pick(workdays),
    name: () => chance.pick(names),
  }
  let now = text
  // A place may hold a number of its own.
  for (let turn = 0; turn < 2; turn++) now = now.replace(/\{(\w+)\}/g, (_, word: string) => fillings[word]?.() ?? '')
  return now
}

interface Company {
  readonly people: readonly [Person, ...Person[]]
  readonly room: Room
  readonly chance: Dice
}

const firstName = ({ name }: Person): string => name.split(' ')[0] ?? name

/** A moment of a workday: mornings, noon and late afternoons are the busiest. */
function moment(now: Date, daysAgo: number, chance: Dice): Date {
  const peak = chance.pick([8.2, 9.6, 11.5, 12.6, 14.2, 15.8, 17])
  return daysBefore(now, daysAgo, Math.min(21, Math.max(6.4, peak + (chance.next() + chance.next() - 1) * 1.6)))
}

/** One exchange: who begins, some who answer, perhaps the first one again. Seconds to minutes apart. */
function exchange(
  { people, room, chance }: Company,
  matter: Matter,
  at: Date,
  many: number,
  said: Set<string>,
): Line[] {
  const lines: Line[] = []
  const asker = chance.pick(people)
  let when = at
  for (let place = 0; place < many; place++) {
    const last = place === many - 1
    const others = people.filter(one => one !== lines.at(-1)?.who && one !== asker)
    const who = place === 0 || (last && many > 2) ? asker : chance.pick(others as unknown as typeof people)
    const names = people.filter(one => one !== who).map(firstName) as [string, ...string[]]
    const from = place === 0 ? matter.opens : who === asker ? matter.ends : chance.chance(0.16) ? nods : matter.follows
    let text = filled(chance.pick(from), chance, names)
    for (let tries = 0; said.has(text) && tries < 12; tries++) text = filled(chance.pick(from), chance, names)
    said.add(text)
    lines.push({ at: when, who, room, text, ...extras({ people, room, chance }, who, text) })
    when = later(when, 6 + 170 * chance.next() ** 2.2)
  }
  return lines
}

function extras({ people, chance }: Company, who: Person, text: string): Pick<Line, 'reactions' | 'fate'> {
  const first = chance.chance(0.09) ? chance.pick(people) : undefined
  const second = first && chance.chance(0.4) ? chance.pick(people) : undefined
  const emoji = chance.pick(emojis)
  const reactions = [...new Set([first, second])].flatMap(one => (one && one !== who ? [{ who: one, emoji }] : []))
  const luck = chance.next()
  const fate =
    luck < 0.003
      ? ('removed' as const)
      : luck < 0.008
        ? { edited: `${text} (${chance.pick(['so it says', 'I checked', 'as of today'])})` }
        : undefined
  return { reactions, fate }
}

/** `many` lines over the `days` days before `now` and what there is of today, in order. */
export function chatter(company: Company, now: Date, days: number, many: number): Line[] {
  const { chance, people, room } = company
  const all = Array.from({ length: days + 1 }, (_, index) => days - index) as [number, ...number[]]
  const open = all.filter(daysAgo => !isWeekend(now, daysAgo)) as [number, ...number[]]
  const latest = later(now, -240)
  const drawn: Line[] = []
  let lines: Line[] = []
  for (let wanted = many * 1.05; lines.length < many; wanted *= 1.1) {
    while (drawn.length < wanted) {
      const daysAgo = chance.chance(0.012) ? chance.pick(all) : chance.pick(open)
      const size = 2 + Math.floor(5 * chance.next() ** 1.3)
      const said = exchange(company, chance.pick(matters), moment(now, daysAgo, chance), size, new Set())
      drawn.push(...said.filter(line => line.at < latest))
    }
    drawn.sort((a, b) => a.at.getTime() - b.at.getTime())
    lines = spread(drawn)
  }
  return withReturns(thinned(lines, many), people, room, chance)
}

/** Exactly `many` of the lines, what is left out spread over all of them. */
const thinned = (lines: readonly Line[], many: number): Line[] =>
  lines.filter(
    (_, index) => Math.floor(((index + 1) * many) / lines.length) > Math.floor((index * many) / lines.length),
  )

/** Nothing is said twice within what a screen shows, and nobody answers themselves with the same word. */
function spread(lines: readonly Line[]): Line[] {
  const lately: string[] = []
  return lines.filter(({ text }) => {
    if (lately.includes(text)) return false
    lately.push(text)
    if (lately.length > 120) lately.shift()
    return true
  })
}

/** Some lines become answers to what somebody else said hours before. */
function withReturns(lines: readonly Line[], people: Company['people'], room: Room, chance: Dice): Line[] {
  const names = people.map(firstName) as [string, ...string[]]
  let before = ''
  return lines.map((line, index) => {
    if (index < 400 || !chance.chance(0.05)) return line
    const answers = lines[index - 310 - Math.floor(80 * chance.next())]
    const text = filled(chance.pick(returns), chance, names)
    if (!answers || answers.who === line.who || answers.fate || text === before) return line
    before = text
    return { at: line.at, who: line.who, room, text, answers, reactions: line.reactions }
  })
}
