// What somebody did with messages that are there, as long as the outbox holds it: edits, removals and reactions, laid over
// the messages that are shown. Pure.
import type { OutboxEntry } from '#client/platform/outbox.ts'
import { inputOf } from '#client/platform/outbox-shapes.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { channelCalls, type Message, type MessageChange, withChange } from '#protocol/channels.ts'
import { withReaction } from './reactions.ts'

type Calls = typeof channelCalls

/** What somebody did with one message. */
export type Change =
  | ({ readonly does: 'edit' } & InputBefore<Calls['edit']>)
  | ({ readonly does: 'remove' } & InputBefore<Calls['remove']>)
  | ({ readonly does: 'react' } & InputBefore<Calls['react']>)

/** With the moment in which they did it (ISO). */
export type MadeChange = Change & { readonly at: string }

/** The change an entry of the outbox keeps; undefined for every other write. */
export function changeOf(entry: Pick<OutboxEntry, 'call' | 'input' | 'at'>): MadeChange | undefined {
  const at = new Date(entry.at).toISOString()
  const edit = inputOf(channelCalls.edit, entry)
  if (edit) return { does: 'edit', at, ...edit }
  const remove = inputOf(channelCalls.remove, entry)
  if (remove) return { does: 'remove', at, ...remove }
  const react = inputOf(channelCalls.react, entry)
  return react && { does: 'react', at, ...react }
}

/** What the channel will tell of a change to this message; undefined where it has been told, or came too late. */
function toldOf(message: Message, change: MadeChange, meId: string): MessageChange | undefined {
  if (message.removedAt !== null) return undefined
  if (change.does === 'react') {
    const reactions = withReaction(message.reactions, change.emoji, meId, change.set)
    return { kind: 'reactionsChanged', body: { messageId: message.id, reactions } }
  }
  const version = message.version + 1
  if (change.does === 'edit') {
    // Of another version than it was written over: done already, or to be refused.
    if (change.version !== message.version) return undefined
    return { kind: 'messageEdited', body: { message: { ...message, text: change.text, editedAt: change.at, version } } }
  }
  const { files: _gone, ...kept } = message
  const removedBy = message.authorId === meId ? ('author' as const) : ('moderator' as const)
  const gone = { title: null, text: null, mentions: [], reactions: [], removedAt: change.at, removedBy, version }
  return { kind: 'messageRemoved', body: { message: { ...kept, ...gone } } }
}

/**
 * The messages as they will be once the server has taken the changes of `meId`, in the order in which they were made. A
 * message counts its versions on with them, so that the next edit is one of the words it stands over.
 */
export const laidOver = (
  messages: readonly Message[],
  changes: readonly MadeChange[],
  meId: string,
): readonly Message[] =>
  changes.reduce<readonly Message[]>((now, change) => {
    const message = now.find(one => one.id === change.messageId)
    const told = message && toldOf(message, change, meId)
    return told ? withChange(now, told) : now
  }, messages)
