// A list of topics out of what was read and what has been heard since, in the order that was asked for. Pure.
import type { ListedTopic, OwnMarks, Topic, TopicFilter, TopicSort } from '#protocol/channels/topics.ts'

/** What a topic is to somebody who has just heard of it. */
const newMarks = (topic: Topic): OwnMarks => ({
  topicId: topic.id,
  voted: false,
  following: false,
  mine: false,
  aliasId: null,
  readNumber: 0,
  unread: 1 + topic.replies,
})

const keys: Readonly<Record<TopicSort, (topic: Topic) => number>> = {
  active: topic => topic.lastNumber,
  newest: topic => topic.firstNumber,
  unanswered: topic => topic.firstNumber,
  votes: topic => topic.votes,
}

/** The newer of two tellings of one topic; votes move without a version. */
const newer = (known: Topic, heard: Topic | undefined): Topic =>
  heard && (heard.version >= known.version || heard.lastNumber > known.lastNumber) ? heard : known

/** What was read of a topic with what came since; replies that came are unread. */
function current({ topic, own }: ListedTopic, heard: Topic | undefined): ListedTopic {
  const now = newer(topic, heard)
  return { topic: now, own: { ...own, unread: own.unread + Math.max(0, now.replies - topic.replies) } }
}

/**
 * What was read, put right by what was heard. Topics nobody has read yet come in where they are certain to belong: not
 * into a search or a person's own choice. Hidden and merged ones go.
 */
export function merged(
  read: readonly ListedTopic[],
  heard: readonly Topic[],
  wanted: { readonly sort: TopicSort; readonly filter: TopicFilter; readonly words: string },
): ListedTopic[] {
  const latest = new Map(heard.map(topic => [topic.id, topic]))
  const all = new Map(read.map(one => [one.topic.id, current(one, latest.get(one.topic.id))]))
  if (wanted.filter === 'all' && wanted.words === '')
    for (const topic of heard) if (!all.has(topic.id)) all.set(topic.id, { topic, own: newMarks(topic) })
  const key = keys[wanted.sort]
  const pinnedFirst = wanted.sort !== 'unanswered' && wanted.filter === 'all' && wanted.words === ''
  return [...all.values()]
    .filter(({ topic }) => topic.standing === 'shown' && (wanted.sort !== 'unanswered' || topic.outcome === 'open'))
    .sort(({ topic: a }, { topic: b }) => {
      if (pinnedFirst && a.pinned !== b.pinned) return a.pinned ? -1 : 1
      return key(b) - key(a) || b.firstNumber - a.firstNumber
    })
}

/** The questions of a class: the one on the stage, then what is open by votes, then what is answered. */
export function forClass(topics: readonly Topic[], votesOf: (topic: Topic) => number): Topic[] {
  const rank = (topic: Topic) => (topic.pinned ? 0 : topic.outcome === 'open' ? 1 : 2)
  return topics
    .filter(topic => topic.standing === 'shown')
    .sort((a, b) => rank(a) - rank(b) || votesOf(b) - votesOf(a) || b.firstNumber - a.firstNumber)
}
