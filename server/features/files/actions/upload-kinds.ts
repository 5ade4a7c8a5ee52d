// What uploads become: a file of a course here, something of theirs for later features. How bytes come, whose room they
// take and what they are is the same for all.
import type { File, UploadRefused } from '#protocol/files.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import type { UploadRow } from '../tables.ts'

/** All of it has come; its bytes stand under its id and its room is taken. `type`: what its content says. */
export type Arrived = Omit<UploadRow, 'size'> & { readonly size: number; readonly type: string }

/** Why it is not taken; `at`: the name in the archive that it is about. */
export interface Refused {
  readonly refused: UploadRefused
  readonly at?: string
}

export interface UploadKind {
  /** Throws where whoever asks may not bring it, or no longer. Asked before each piece and once more as it counts. */
  readonly demand: (ctx: Ctx, upload: UploadRow) => Promise<void>
  /**
   * Makes of it what it is to be: a file of a course, or something else; or says why it is not taken, and its bytes and
   * room are given back. What it throws leaves the upload as it was.
   */
  readonly finish: (ctx: WriteCtx, upload: Arrived) => Promise<File | null | Refused>
}

const kinds = new Map<string, UploadKind>()

/** Says what uploads of one kind become: once a kind, when a feature loads. */
export function registerUploadKind(name: string, kind: UploadKind): void {
  if (kinds.has(name)) throw new Error(`Two features take uploads of the kind ${name}`)
  kinds.set(name, kind)
}

/** Who takes an upload. */
export function kindOfUpload({ kind }: Pick<UploadRow, 'kind'>): UploadKind {
  const found = kinds.get(kind)
  if (!found) throw new Error(`Nobody takes uploads of the kind ${kind}`)
  return found
}
