// Plays the topics of the forum into the timeline: posts, replies, votes, thumbs, accepted answers, and the long one.
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { TopicId } from '#protocol/channels/topics.ts'
import type { ChannelId, MessageId } from '#protocol/channels.ts'
import { reactToMessages, voteAll } from '#server/features/channels/index.ts'
import { newId } from '#server/platform/db/id.ts'
import { dice } from '../dice.ts'
import { daysBefore, later } from './calendar.ts'
import { type Cast, finder, firstNameOf } from './cast.ts'
import { favourites, remarks } from './favourites.ts'
import { type ForumReply, type ForumTopic, forumTopics } from './forum.ts'
import type { Person, Timeline } from './timeline.ts'

export interface ForumToPlay {
  readonly timeline: Timeline
  readonly cast: Cast
  readonly forumId: ChannelId
  readonly now: Date
  /** How many days ago each class was. */
  readonly classDays: readonly number[]
  readonly seed: string
  /** How many of the topics; the long one comes on top of them. */
  readonly topics: number
}

/** Notes every topic. */
export function noteForum(forum: ForumToPlay): void {
  for (const topic of [...forumTopics.slice(0, forum.topics), longTopic(forum)]) noteTopic(forum, topic)
}

/** Everybody names a living thing, and others have something to say about it: sixty replies. */
function longTopic({ cast, seed }: ForumToPlay): ForumTopic {
  const chance = dice(`${seed}/favourites`)
  const replies: ForumReply[] = []
  let hours = 0.4
  let left: string[] = []
  for (const [index, [who, text]] of favourites.entries()) {
    hours = awake(hours + chance.between(0.2, index < 12 ? 2.6 : 11))
    replies.push({ hours, who, text, thumbs: chance.chance(0.4) ? ['Miriam'] : [] })
    for (let more = 0; more < (index % 2 === 0 ? 2 : 1); more++) {
      const others = cast.learners
        .map(firstNameOf)
        .filter(one => one !== who && one !== replies.at(-1)?.who && !late.has(one))
      if (left.length === 0) left = [...remarks]
      const remark = left.splice(Math.floor(chance.next() * left.length), 1)[0] ?? ''
      hours = awake(hours + chance.between(0.05, 0.9))
      replies.push({ hours, who: chance.pick(others as [string, ...string[]]), text: remark.replace('{name}', who) })
    }
  }
  return {
    day: { after: 1, plus: -1 },
    hour: 16.5,
    who: 'Miriam',
    title: 'Say hello: which living thing do you like best?',
    body: 'One sentence is enough. I am curious, and it will help us to find examples.',
    votes: 10,
    replies,
  }
}

/** Nobody writes at night: what would be said then is said the next morning. The thread begins at half past four. */
function awake(hours: number): number {
  const clock = (16.5 + hours) % 24
  return clock < 7 ? hours + 7.4 - clock + (hours % 1) : hours
}

/** Those who came into the course later say nothing in its first week. */
const late = new Set(['Quentin', 'Tom'])

function noteTopic({ timeline, cast, forumId, now, classDays, seed }: ForumToPlay, topic: ForumTopic): void {
  const called = finder(cast)
  const { after, plus = 0 } = topic.day
  const at = daysBefore(now, (classDays[after - 1] ?? 0) - plus, topic.hour)
  if (at >= now) return
  const made: { topicId?: TopicId } = {}
  const as = (who: string, when: Date) => timeline.node.as(called(who), when)
  const topicId = () => {
    if (!made.topicId) throw new Error(`"${topic.title}" has not been posted`)
    return made.topicId
  }
  timeline.at(at, async () => {
    const { title, body } = topic
    made.topicId = (
      await as(topic.who, at).call(topicCalls.post, { channelId: forumId, title, body, anonymous: false })
    ).topicId
    if (topic.pinned) await as('Miriam', later(at, 60)).call(topicCalls.pin, { topicId: topicId(), on: true })
  })
  const voters = votersOf(cast, topic, seed)
  const voted = later(at, 7_000)
  timeline.at(voted, () =>
    as('Miriam', voted).act(ctx =>
      voteAll(
        ctx,
        voters.map(who => ({
          ctx: { ...ctx, who },
          operationId: newId() as never,
          input: { topicId: topicId(), on: true },
        })),
      ),
    ),
  )
  for (const reply of topic.replies) {
    const when = later(at, reply.hours * 3_600)
    if (when < now) timeline.at(when, () => play(reply, when))
  }
  async function play({ who, text, accepted, thumbs = [] }: ForumReply, when: Date): Promise<void> {
    const { messageId } = await as(who, when).call(topicCalls.reply, { topicId: topicId(), text, anonymous: false })
    const soon = later(when, 1_500)
    if (thumbs.length > 0) await thumb(thumbs.map(called), messageId, soon)
    // By whoever asked, else by staff: their word that it is right.
    const judge = topic.who === who ? 'Miriam' : topic.who
    if (accepted) await as(judge, soon).call(topicCalls.accept, { topicId: topicId(), messageId })
  }
  const thumb = (people: readonly Person[], messageId: MessageId, when: Date) =>
    as('Miriam', when).act(ctx =>
      reactToMessages(
        ctx,
        people.map(who => ({
          ctx: { ...ctx, who, now: when },
          operationId: newId() as never,
          input: { messageId, emoji: '👍', set: 'on' as const },
        })),
      ),
    )
}

function votersOf(cast: Cast, topic: ForumTopic, seed: string): Person[] {
  const chance = dice(`${seed}/${topic.title}/votes`)
  return cast.learners
    .filter(one => firstNameOf(one) !== topic.who && firstNameOf(one) !== 'Quentin')
    .map(person => ({ person, by: chance.next() }))
    .sort((a, b) => a.by - b.by)
    .slice(0, topic.votes)
    .map(one => one.person)
}
