// Whether something is open, from plain data: a tree of conditions, a window, an outline. Also what would wait for itself.
// Pure: no database, clock or socket.
import {
  type Condition,
  type ConditionGroup,
  type ConditionNode,
  type ConditionOf,
  conditionsIn,
  isGroup,
  type LockSubject,
} from '#protocol/conditions.ts'
import { foldCase } from '#protocol/question-types/typed.ts'

/**
 * What is known of a condition. unknown: nobody can say yet, as of a score that nobody has given; what is not unknown is
 * unknown too, so that "not 60 %" does not open before there is a result. gone: what it was about was removed; it asks
 * for nothing any more, and the rest of the tree decides.
 */
export type Truth = 'yes' | 'no' | 'unknown' | 'gone'

/** What a tree comes to; `gone` where nothing of it is left. */
export function evaluate(node: ConditionNode, truthOf: (condition: Condition) => Truth): Truth {
  if (!isGroup(node)) return truthOf(node)
  const found = node.of.map(one => evaluate(one, truthOf)).filter(one => one !== 'gone')
  if (found.length === 0) return 'gone'
  const [settles, otherwise]: [Truth, Truth] = node.op === 'all' ? ['no', 'yes'] : ['yes', 'no']
  const plain = found.includes(settles) ? settles : found.includes('unknown') ? 'unknown' : otherwise
  if (node.op !== 'not' || plain === 'unknown') return plain
  return plain === 'yes' ? 'no' : 'yes'
}

/** A release as far as it decides. */
export interface Gate {
  readonly opensAt: Date | null
  readonly closesAt: Date | null
  readonly tree: ConditionGroup | null
}

/** waiting: it will open. over: its time has passed, whatever else holds. */
export type Standing = 'open' | 'waiting' | 'over'

/** How one release stands; what is not known keeps it shut, what is gone does not. */
export function standingOf(gate: Gate, truthOf: (condition: Condition) => Truth, now: Date): Standing {
  if (gate.closesAt !== null && now >= gate.closesAt) return 'over'
  if (gate.opensAt !== null && now < gate.opensAt) return 'waiting'
  const truth = gate.tree === null ? 'gone' : evaluate(gate.tree, truthOf)
  return truth === 'yes' || truth === 'gone' ? 'open' : 'waiting'
}

/** Whether a date holds. */
export const dateTruth = (one: Extract<Condition, { kind: 'date' }>, now: Date): Truth =>
  now.getTime() >= Date.parse(one.at) === (one.is === 'from') ? 'yes' : 'no'

/** Whether what somebody filled in fits, without regard to case; what is not filled in fits nothing. */
export function profileHolds({ is, value }: ConditionOf<'profile'>, filled: string | undefined): boolean {
  if (filled === undefined) return false
  const [have, want] = [foldCase(filled), foldCase(value)]
  return is === 'equals' ? have === want : have.includes(want)
}

/** The next moment at which a window or a date of these may open or shut something; null when none is to come. */
export function nextMoment(gates: readonly Gate[], now: Date): Date | null {
  const moments = gates.flatMap(({ opensAt, closesAt, tree }) => [
    ...[opensAt, closesAt].flatMap(at => at?.getTime() ?? []),
    ...conditionsIn(tree).flatMap(one => (one.kind === 'date' ? Date.parse(one.at) : [])),
  ])
  const next = Math.min(...moments.filter(at => at > now.getTime()))
  return Number.isFinite(next) ? new Date(next) : null
}

/** What stands in a course, as far as something may wait for it. */
export interface Outline {
  readonly items: readonly { readonly id: string; readonly moduleId: string | null; readonly title: string }[]
  readonly modules: readonly { readonly id: string; readonly title: string }[]
  readonly gates: readonly {
    readonly subject: LockSubject
    readonly subjectId: string
    readonly tree: ConditionGroup | null
  }[]
  /** The items a column of the gradebook is computed from, and the like of other kinds. */
  readonly behind: ReadonlyMap<string, readonly string[]>
}

/** What one tree waits for. That something is *not* done holds from the start: it waits for nothing. */
function awaited(node: ConditionNode | null, behind: Outline['behind'], turned = 0): string[] {
  if (node === null) return []
  if (isGroup(node)) return node.of.flatMap(one => awaited(one, behind, turned + (node.op === 'not' ? 1 : 0)))
  const not = turned % 2 === 1
  switch (node.kind) {
    case 'completion':
      return not === (node.is === 'done') ? [] : [`item ${node.itemId}`]
    case 'module':
      return not ? [] : [`done ${node.moduleId}`]
    case 'score':
      return (behind.get(node.gradeItemId) ?? []).map(id => `item ${id}`)
    default:
      return []
  }
}

/**
 * The titles on the way round where something waits for itself, its first one once more at the end; null where nothing
 * does. An item waits for its module to open; that a module is done waits for all in it.
 */
export function circleIn(outline: Outline): string[] | null {
  const tree = new Map(outline.gates.map(one => [`${one.subject} ${one.subjectId}`, one.tree]))
  const titles = new Map<string, string>()
  const next = new Map<string, string[]>()
  for (const { id, title } of outline.modules) {
    titles.set(`module ${id}`, title).set(`done ${id}`, title)
    next.set(`module ${id}`, awaited(tree.get(`module ${id}`) ?? null, outline.behind))
    next.set(`done ${id}`, [`module ${id}`])
  }
  for (const { id, moduleId, title } of outline.items) {
    titles.set(`item ${id}`, title)
    const own = awaited(tree.get(`item ${id}`) ?? null, outline.behind)
    next.set(`item ${id}`, [...own, ...(moduleId === null ? [] : [`module ${moduleId}`])])
    if (moduleId !== null) next.get(`done ${moduleId}`)?.push(`item ${id}`)
  }
  const finished = new Set<string>()
  const way: string[] = []
  const walk = (node: string): string[] | null => {
    if (finished.has(node) || !next.has(node)) return null
    const at = way.indexOf(node)
    if (at >= 0) return [...way.slice(at), node]
    way.push(node)
    for (const one of next.get(node) ?? []) {
      const found = walk(one)
      if (found) return found
    }
    way.pop()
    finished.add(node)
    return null
  }
  for (const node of next.keys()) {
    const found = walk(node)
    // A module that is done and that is open is told once where one leads to the other.
    const told = found?.filter(
      (one, place) => !one.startsWith('module ') || found[place - 1] !== one.replace('module', 'done'),
    )
    if (told) return told.map(one => titles.get(one) ?? '')
  }
  return null
}
