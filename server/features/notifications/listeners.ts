// What happens elsewhere and concerns somebody: heard from the log, told by jobs. Nothing of what an event says is kept
// but ids; words and rights are read when the list is.
import * as z from 'zod/mini'
import { userScope } from '#protocol/accounts.ts'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { forumScope, topic as topicSchema, topicScope } from '#protocol/channels/topics.ts'
import { channelScope, message } from '#protocol/channels.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseItem, courseScope } from '#protocol/courses.ts'
import { assignmentKind, listAsked } from '#server/features/assignments/index.ts'
import { channelPlace, followersOf, readersIn, topicPlace } from '#server/features/channels/index.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import { listMemberIds, ownCourses } from '#server/features/courses/index.ts'
import { heldBack, recentResults } from '#server/features/grades/index.ts'
import { homeworkKind, learnersFor } from '#server/features/quizzes/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { Listener } from '#server/platform/feature.ts'
import { planReminder } from './actions/remind.ts'
import { planAssignment } from './actions/remind-of-assignments.ts'
import { takeResultsBack, tellAll, tellOne } from './actions/tell.ts'
import { authorOf, listBrought, listNamed, listUnreadResults } from './queries/people.ts'

const sent = z.object({ message })
const accepted = z.object({ accepted: z.nullable(message) })
const posted = z.object({ topic: topicSchema })
const placed = z.object({ item: courseItem })
// Until the release after this one, nodes of the release before name accounts.
const came = z.object({ brought: z.optional(z.array(z.string())), accountIds: z.optional(z.array(accountId)) })

const namedIn = (one: z.infer<typeof message>, but: AccountId | undefined): AccountId[] =>
  one.mentions.map(mention => mention.accountId as AccountId).filter(id => id !== but)

/** A message in a chat, an announcement or a talk. Most of what is said names nobody: it is passed over. */
const inChannels: Listener = {
  name: 'notifications.channel',
  scope: channelScope,
  kinds: ['messageSent', 'messageEdited'],
  sieve: async (ctx, channelId) => {
    const form = (await channelPlace(ctx, channelId))?.form
    return ({ body }) => {
      const one = z.parse(sent, body).message
      return one.mentions.length > 0 || (form === 'announcements' && one.replyTo === null)
    }
  },
  run: async (ctx, { scopeId: channelId, kind, body, at }) => {
    const one = z.parse(sent, body).message
    const place = await channelPlace(ctx, channelId)
    if (!place || one.removedAt !== null) return
    const { courseId } = place
    const about = { refId: channelId, courseId, messageId: one.id, at: at.toISOString() }
    const { id: author } = await authorOf(ctx, one.id)
    const named = namedIn(one, author)
    await tellAll(ctx, named, { kind: 'mention', source: `mention ${one.id}`, ...about })
    const announced = place.form === 'announcements' && place.contextKind === 'course' && kind === 'messageSent'
    if (!announced || one.replyTo !== null || courseId === null) return
    const readers = await readersIn(ctx, channelId, await listMemberIds(ctx, courseId))
    const others = readers.filter(id => id !== author && !named.includes(id))
    await tellAll(ctx, others, { kind: 'announcement', source: `announcement ${one.id}`, ...about, refId: one.id })
  },
}

/** A post in a topic: whoever is named hears that, whoever asked that there is an answer, others who follow a reply. */
const inTopics: Listener = {
  name: 'notifications.topic',
  scope: topicScope,
  kinds: ['messageSent', 'messageEdited', 'answerAccepted'],
  run: async (ctx, { scopeId: topicId, kind, body, at }) => {
    const place = await topicPlace(ctx, topicId)
    if (!place) return
    const of = { refId: topicId, courseId: place.courseId, at: at.toISOString() }
    if (kind === 'answerAccepted') {
      const one = z.parse(accepted, body).accepted
      const author = one && (await authorOf(ctx, one.id)).id
      // Who asked has accepted it, or sees at once that somebody did.
      if (!one || !author || author === place.authorId) return
      await tellAll(ctx, [author], { kind: 'accepted', source: `accepted ${one.id}`, ...of, messageId: one.id })
      return
    }
    const one = z.parse(sent, body).message
    if (one.removedAt !== null) return
    const { id: author, unsigned } = await authorOf(ctx, one.id)
    const about = { ...of, messageId: one.id, unsigned }
    const named = namedIn(one, author)
    await tellAll(ctx, named, { kind: 'mention', source: `mention ${one.id}`, ...about })
    if (kind === 'messageEdited') return
    const followers = await readersIn(ctx, place.channelId, (await followersOf(ctx, topicId)) as AccountId[])
    const rest = followers.filter(id => id !== author && !named.includes(id))
    const [asked, others] = [rest.filter(id => id === place.authorId), rest.filter(id => id !== place.authorId)]
    await tellAll(ctx, asked, { kind: 'answer', source: `reply ${one.id}`, ...about })
    await tellAll(ctx, others, { kind: 'reply', source: `reply ${one.id}`, ...about })
  },
}

async function given(ctx: WriteCtx, courseId: string, body: unknown, at: Date): Promise<void> {
  const { item } = z.parse(placed, body)
  if (!item.published || item.badge === 'ended') return
  const isAssignment = item.kind === assignmentKind
  if (!isAssignment && item.kind !== homeworkKind) return
  // What is hidden from somebody has no name for them.
  const learners = isAssignment
    ? (await listAsked(ctx, item.refId)).flatMap(one => (one.done ? [] : one.accountId))
    : await learnersFor(ctx, item.refId)
  const shut = await shutFor(ctx, [courseId], learners)
  const people = learners.filter(id => shut(id, item) !== 'hidden')
  const about = { source: `homework ${item.refId}`, refId: item.refId, courseId, messageId: null, at: at.toISOString() }
  await tellAll(ctx, people, { kind: 'homework', ...about })
  const dueAt = typeof item.detail.dueAt === 'string' ? new Date(item.detail.dueAt) : null
  await (isAssignment ? planAssignment : planReminder)(ctx, item.refId, dueAt)
}

const homework: Listener = {
  name: 'notifications.homework',
  scope: courseScope,
  kinds: ['itemPlaced'],
  run: (ctx, { scopeId, body, at }) => given(ctx, scopeId, body, at),
}

/** A topic that begins and names people: its opening is no reply, so it is heard in the list of its forum. */
const topicsPosted: Listener = {
  name: 'notifications.forum',
  scope: forumScope,
  kinds: ['topicPosted'],
  run: async (ctx, { body, at }) => {
    const { topic } = z.parse(posted, body)
    const place = await topicPlace(ctx, topic.id)
    if (!place) return
    const named = await listNamed(ctx, topic.id, topic.firstNumber)
    const [first] = named
    if (!first) return
    const { messageId, unsigned } = first
    const about = { refId: topic.id, courseId: place.courseId, messageId, unsigned, at: at.toISOString() }
    const people = named.map(one => one.accountId)
    await tellAll(ctx, people, { kind: 'mention', source: `mention ${messageId}`, ...about })
  },
}

/** What is for some stands in the staff's scope, and that people were brought into the course. */
const backstage: Listener = {
  name: 'notifications.backstage',
  scope: courseStaffScope,
  kinds: ['draftPlaced', 'peopleChanged'],
  run: async (ctx, { scopeId: courseId, kind, body, actor, seq, at }) => {
    if (kind === 'draftPlaced') return given(ctx, courseId, body, at)
    const { brought = [], accountIds = [] } = z.parse(came, body)
    const people = [...(await listBrought(ctx, brought)), ...accountIds.filter(id => id !== actor)]
    const about = {
      source: `enrolled ${courseId} ${seq}`,
      refId: courseId,
      courseId,
      messageId: null,
      at: at.toISOString(),
    }
    await tellAll(ctx, people, { kind: 'enrolled', ...about })
  },
}

/** Grades tell a person as soon as they may read them, and only then; one that is held back again is told no more. */
const results: Listener = {
  name: 'notifications.results',
  scope: userScope,
  kinds: ['gradesChanged'],
  run: async (ctx, { scopeId }) => {
    const person = scopeId as AccountId
    const unread = await listUnreadResults(ctx, person)
    await takeResultsBack(ctx, person, [...(await heldBack(ctx, unread))])
    for (const one of await recentResults(ctx, person, await ownCourses(ctx, person)))
      await tellOne(ctx, person, {
        kind: 'result',
        source: `result ${one.item.refId} ${String(one.detail.score)}/${String(one.detail.of)}`,
        refId: one.item.refId,
        courseId: one.courseId,
        messageId: null,
        ...(one.at ? { at: one.at } : {}),
      })
  },
}

export const listeners: readonly Listener[] = [inChannels, inTopics, topicsPosted, homework, backstage, results]
