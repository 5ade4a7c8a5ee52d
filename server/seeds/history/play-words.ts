// Plays what is said outside of classes and forum into the timeline: announcements, course chat, messages between people;
// and, at the end, how far each has read.
import type { AccountId } from '#protocol/base/ids.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls, topicRoutes } from '#protocol/channels/topic-calls.ts'
import { type ChannelId, channelCalls } from '#protocol/channels.ts'
import { dice } from '../dice.ts'
import { daysBefore, later } from './calendar.ts'
import { type Cast, finder, firstNameOf } from './cast.ts'
import type { Line, Person, Room, Timeline } from './timeline.ts'
import { type Conversation, conversations, type Said } from './words.ts'

export interface WordsToPlay {
  readonly timeline: Timeline
  readonly cast: Cast
  readonly now: Date
  /** How many days ago each class was. */
  readonly classDays: readonly number[]
}

const momentOf = ({ now, classDays }: WordsToPlay, { after, plus = 0, hour }: Said, index: number): Date =>
  later(daysBefore(now, (classDays[after - 1] ?? 0) - plus, hour), (index * 37) % 60)

/** Notes that all of it is said in a room. */
export function noteSaid(words: WordsToPlay, room: Room, said: readonly Said[]): Line[] {
  const called = finder(words.cast)
  return said.flatMap((one, index) => {
    const at = momentOf(words, one, index)
    if (at >= words.now) return []
    const reactions = (one.thumbs ?? []).map(who => ({ who: called(who), emoji: '👍' }))
    return [words.timeline.say({ at, who: called(one.who), room, text: one.text, title: one.title, reactions })]
  })
}

/** Notes the messages between people, each talk opened by the first of them. */
export function noteConversations(words: WordsToPlay): void {
  for (const conversation of conversations) noteConversation(words, conversation)
}

function noteConversation(words: WordsToPlay, { between, title, lines, readBy }: Conversation): void {
  const { timeline, cast } = words
  const called = finder(cast)
  const [first] = lines
  if (!first) return
  const room: Room = {}
  const opens = later(momentOf(words, first, 0), -40)
  if (opens >= words.now) return
  const [opener, ...others] = between
  const accountIds = others.map(name => called(name).accountId as AccountId)
  timeline.at(opens, async () => {
    const input = { accountIds, ...(title === undefined ? {} : { title }) }
    room.id = (await timeline.node.as(called(opener), opens).call(inboxRoutes.start, input)).channelId
  })
  const said = noteSaid(words, room, lines)
  const last = said.at(-1)
  if (!last) return
  for (const name of between) {
    // Whoever writes has read what was there; the rest of it may still wait.
    const own = said.findLastIndex(line => line.who === called(name)) + 1
    const number = readBy.includes(name) ? said.length : own
    const at = later(last.at, 600)
    if (number > 0 && at < words.now) timeline.at(at, () => read(timeline, called(name), room.id, number, at))
  }
}

const read = async (timeline: Timeline, person: Person, channelId: ChannelId | undefined, number: number, at: Date) => {
  if (channelId) await timeline.node.as(person, at).call(channelCalls.markRead, { channelId, number })
}

/** Whoever follows along has read nearly all of it; some have a little left, and a few a lot. */
export async function readAlong(words: WordsToPlay, seed: string): Promise<void> {
  const { timeline, cast, now } = words
  const talks = new Set(conversations.map(one => one.title ?? ''))
  for (const person of [cast.teacher, cast.assistant, ...cast.learners]) {
    const chance = dice(`${seed}/reads/${person.name}`)
    const as = timeline.node.as(person, now)
    const { items } = await as.call(inboxRoutes.list, { limit: 100 })
    for (const { channel, place } of items) {
      // What is between people was read, or not, when it was said.
      if (channel.form === 'direct' && talks.has(channel.title)) continue
      // A class's chat was read while it ran.
      const left = place?.kind === 'run' ? 0 : leftUnread(person, channel.form, chance)
      const number = channel.lastNumber - left
      if (number > 0) await as.call(channelCalls.markRead, { channelId: channel.id, number })
    }
    await readTopics(timeline, person, now, chance.chance(0.3) ? 2 : 0)
  }
}

function leftUnread(
  person: Person,
  form: string,
  chance: { chance(p: number): boolean; between(a: number, b: number): number },
): number {
  if (form === 'announcements') return firstNameOf(person) !== 'Miriam' && chance.chance(0.4) ? 1 : 0
  if (chance.chance(0.5)) return 0
  return Math.floor(chance.chance(0.1) ? chance.between(40, 160) : chance.between(1, 14))
}

/** The topics somebody follows: all read, but for the latest `left`. */
async function readTopics(timeline: Timeline, person: Person, now: Date, left: number): Promise<void> {
  const as = timeline.node.as(person, now)
  const { items } = await as.call(topicRoutes.unread, { limit: 100 })
  for (const { topic } of items.slice(left))
    await as.call(topicCalls.markRead, { topicId: topic.id, number: topic.lastNumber })
}
