// When a class should be looked at, and which first. Pure: plain data and the time.
import type { Attention, Room } from '#protocol/overview.ts'

/** From what on the figures of a class mean trouble. Few people say nothing about a class. */
export const limits = {
  /** People here, before the share of answers says anything. */
  people: 5,
  /** A question that has just opened is not a silent class: milliseconds. */
  openMs: 20_000,
  /** Below this share of those here the class is silent. */
  answeredShare: 0.3,
  /** This many lost connections, and this share of the class, is trouble with the network. */
  lost: 3,
  lostShare: 0.1,
} as const

type Measured = Pick<Room, 'connected' | 'reconnecting' | 'question'>

/** Why somebody should look; null when all is well. Lost connections explain silence, so they come first. */
export function attentionOf(room: Measured, openedAt: Date | null, now: Date): Attention | null {
  const everybody = room.connected + room.reconnecting
  if (room.reconnecting >= limits.lost && room.reconnecting / everybody >= limits.lostShare) return 'reconnecting'
  const { question } = room
  if (!question?.open || !openedAt || now.getTime() - openedAt.getTime() < limits.openMs) return null
  const silent = room.connected >= limits.people && question.answered / room.connected < limits.answeredShare
  return silent ? 'silent' : null
}

const shareOf = ({ question, connected }: Measured): number =>
  question?.open && connected > 0 ? question.answered / connected : 1

/** Those that want attention first, then the lowest share of answers, then by name. */
export const byAttention = (a: Room, b: Room): number =>
  Number(b.attention !== null) - Number(a.attention !== null) ||
  shareOf(a) - shareOf(b) ||
  (a.courseTitle < b.courseTitle ? -1 : a.courseTitle > b.courseTitle ? 1 : a.runId < b.runId ? -1 : 1)
