// Reactions as one person sees and changes them, before the server has answered. Pure.
import { type Reaction, reactionLimits } from '#protocol/channels.ts'

/** Whether somebody is among those who gave it, as far as it is told. */
export const isMine = (reaction: Reaction, meId: string): boolean => reaction.by.includes(meId)

/** The reactions once somebody has set or taken back one of theirs; what already is so is left alone. */
export function withReaction(
  reactions: readonly Reaction[],
  emoji: string,
  meId: string,
  set: 'on' | 'off',
): Reaction[] {
  const found = reactions.find(one => one.emoji === emoji)
  if (set === 'on') {
    if (!found) return [...reactions, { emoji, count: 1, by: [meId] }]
    if (isMine(found, meId)) return [...reactions]
    const by = found.by.length < reactionLimits.people ? [...found.by, meId] : found.by
    return reactions.map(one => (one === found ? { ...one, count: one.count + 1, by } : one))
  }
  if (!found || !isMine(found, meId)) return [...reactions]
  return reactions
    .map(one => (one === found ? { ...one, count: one.count - 1, by: one.by.filter(id => id !== meId) } : one))
    .filter(one => one.count > 0)
}
