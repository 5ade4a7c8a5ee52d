// What hosts decide about words of learners, as pure steps: what is shown, hidden, banned or counted with another. Kept in
// the shared state, item by item; a ban holds for the whole delivery.
import type { Moderation } from '#protocol/activities/moderation.ts'
import type { Moderate } from '#protocol/activities/staged.ts'
import { partsOf, wordMark } from '#protocol/activities/words.ts'
import type { ItemId } from '#protocol/activities.ts'
import { demand } from '#protocol/base/problems.ts'
import type { ItemModeration, Plan, Shared } from './kind.ts'

/** Most decisions of one sort for an item. */
export const mostDecided = 500

const nothing: ItemModeration = { shown: [], hidden: [], merged: {} }

/** What hosts have decided in one item so far; empty where nothing was. */
export const decidedOf = (shared: Shared, itemId: string): ItemModeration => shared.moderation?.[itemId] ?? nothing

/** What was decided about an item, for hosts. */
export function moderationOf(shared: Shared, itemId: ItemId | null): Moderation {
  const { shown, hidden, merged } = itemId === null ? nothing : decidedOf(shared, itemId)
  return {
    shown: shown.map(one => one.mark),
    hidden: [...hidden],
    banned: [...(shared.banned ?? [])],
    merged: { ...merged },
  }
}

/** Whether a text has one of the banned words in it, whole words in a row. */
export function isBanned(banned: readonly string[], text: string): boolean {
  if (banned.length === 0) return false
  const parts = ` ${partsOf(wordMark(text)).join(' ')} `
  return banned.some(word => parts.includes(` ${partsOf(word).join(' ')} `))
}

const without = (list: readonly string[], one: string): readonly string[] => list.filter(each => each !== one)

/** Where a word is counted: its own or what it was merged into. Hosts make no circles: see `merge`. */
export const mergedInto = ({ merged }: ItemModeration, mark: string): string => merged[mark] ?? mark

function merge(before: ItemModeration, mark: string, wanted: string): ItemModeration {
  const into = mergedInto(before, wanted)
  demand(into !== mark, 'merged-with-itself')
  // What was counted with this one goes along.
  const along = Object.entries(before.merged).map(([from, to]) => [from, to === mark ? into : to] as const)
  return { ...before, merged: { ...Object.fromEntries(along), [mark]: into } }
}

function decide(before: ItemModeration, steer: Moderate, quoted: string): ItemModeration {
  const { mark } = steer
  const rest = before.shown.filter(one => one.mark !== mark)
  const { [mark]: _apart, ...merged } = before.merged
  switch (steer.do) {
    case 'show': {
      const known = before.shown.find(one => one.mark === mark)
      const number = known?.number ?? 1 + Math.max(0, before.last ?? 0, ...before.shown.map(one => one.number))
      const shown = known ? before.shown : [...rest, { mark, text: quoted, number }]
      return {
        ...before,
        shown,
        hidden: without(before.hidden, mark),
        merged,
        last: Math.max(number, before.last ?? 0),
      }
    }
    case 'hide':
      return { ...before, shown: rest, hidden: [...without(before.hidden, mark), mark] }
    case 'ban':
      return { ...before, shown: before.shown.filter(one => !isBanned([mark], one.text)) }
    case 'merge':
      return merge(before, mark, steer.into)
  }
}

/**
 * The state after an act of moderation. `quoted` is the text a mark stands for. Throws `not-found` for an item
 * that was not opened, `too-many` past `mostDecided`, `merged-with-itself` for a mark that would go into itself.
 */
export function moderate(plan: Plan, shared: Shared, steer: Moderate, quoted: string = steer.mark): Shared {
  const { itemId, mark } = steer
  demand(plan.items.some(one => one.id === itemId) && shared.opened.some(one => one === itemId), 'not-found')
  const after = decide(decidedOf(shared, itemId), steer, quoted)
  const banned = without(shared.banned ?? [], mark)
  const next: Shared = {
    ...shared,
    moderation: { ...shared.moderation, [itemId]: after },
    banned: steer.do === 'ban' ? [...banned, mark] : steer.do === 'show' ? banned : (shared.banned ?? []),
  }
  const most = Math.max(after.shown.length, after.hidden.length, Object.keys(after.merged).length, banned.length)
  demand(most <= mostDecided, 'too-many', { params: { most: mostDecided } })
  return next
}

/** Whether an act takes something from everybody's screen, so that what told it before must not be told again. */
export const takesAway = (steer: Moderate): boolean => steer.do === 'hide' || steer.do === 'ban'
