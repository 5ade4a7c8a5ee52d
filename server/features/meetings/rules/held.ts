// What the ways into meetings on servers of the school have in common.
import type { AccountId } from '#protocol/base/ids.ts'
import type { ServerKind } from '#protocol/meetings/servers.ts'

/** A meeting on a server, with what only the server and we know. */
export interface Held {
  readonly server: {
    readonly kind: ServerKind
    readonly address: string
    readonly appId: string
    readonly secret: string
  }
  /** What the meeting is called there; nobody can guess it. */
  readonly room: string
  readonly title: string
}

/** Who comes, and what they may do there. */
export interface Comer {
  readonly accountId: AccountId
  readonly name: string
  readonly as: 'moderator' | 'viewer'
}
