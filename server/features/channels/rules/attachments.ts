// What may be sent as a file in a message, what it is called where nobody is named, and who may read it. Pure.
import type { AccountId } from '#protocol/base/ids.ts'
import type { ProblemCode } from '#protocol/base/problems.ts'
import type { ChannelId } from '#protocol/channels.ts'
import type { ChannelRights } from './messages.ts'
import { maySeeTopic } from './topics.ts'

// What a machine runs at a tap, by its content and, where content says nothing, by its ending.
const programs = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/java-vm',
  'application/x-apple-diskimage',
  'application/x-ms-shortcut',
  'application/vnd.android.package-archive',
  'application/wasm',
])
const programEndings = new Set(
  'exe com scr msi msix bat cmd ps1 vbs vbe js jse wsf wsh hta lnk pif cpl jar apk app dmg pkg sh command'.split(' '),
)

/** Whether something is a program, as its name says and, once it is there, its content. */
export function isProgram({ name, type }: { readonly name: string; readonly type?: string }): boolean {
  const ending = name.trim().split('.').at(-1)?.toLowerCase() ?? ''
  return programEndings.has(ending) || (type !== undefined && programs.has(type))
}

const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
}

/** What a picture beside a post without a name is called: its place and its kind, in no language. */
export const namelessName = (place: number, type: string): string => `${place + 1}.${endings[type] ?? 'image'}`

interface AttachedTo {
  /** Who brought it. */
  readonly accountId: AccountId
  /** Undefined before it is sent. A post that waits or was refused has no number. */
  readonly message?: { readonly number: number | null; readonly topic: Parameters<typeof maySeeTopic>[1] | null }
}

/**
 * Whoever may read a message may read its files. Before it is sent they are of whoever brought them; what waits for
 * approval is read by its author and by those who moderate.
 */
export function mayReadAttachment(rights: ChannelRights, { accountId, message }: AttachedTo, who: AccountId): boolean {
  if (!rights.read) return false
  if (!message) return accountId === who
  if (message.number === null) return accountId === who || rights.moderate
  return message.topic === null || maySeeTopic(rights, message.topic)
}

/** How a file that somebody names beside a message stands; undefined where none of theirs has this id. */
export type Named = { readonly channelId: ChannelId } | 'on its way' | 'sent' | undefined

/** Why one's own file is not sent in a channel, or nothing. Somebody else's is not there. */
export function whyNotSent(file: Named, channelId: ChannelId): ProblemCode | undefined {
  if (file === undefined) return 'attachment-gone'
  if (file === 'on its way') return 'attachment-unfinished'
  if (file === 'sent') return 'attachment-sent'
  return file.channelId === channelId ? undefined : 'attachment-elsewhere'
}
