// Where an upload goes that does not go to the files of its course, such as to what somebody hands in: the feature above
// that keeps the bytes says who may bring them and takes them when they are all there.
import type { CourseId } from '#protocol/courses.ts'
import type { FileForm, UploadRefused } from '#protocol/files.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'

/** Bytes that have come: `blobId` names them in the storage, `size` is in bytes. */
export interface Brought {
  readonly courseId: CourseId
  readonly blobId: string
  readonly name: string
  readonly form: FileForm
  /** As their content says. */
  readonly type: string
  readonly size: number
}

export interface Destination {
  /** Throws a Problem when the caller may bring nothing there now. */
  readonly demandMay: (ctx: Ctx, refId: string) => Promise<void>
  /** Takes the bytes and the room they have, or says why not: then both are given back. */
  readonly take: (ctx: WriteCtx, refId: string, brought: Brought) => Promise<UploadRefused | null>
  /** Whether bytes are kept there. One query. */
  readonly keeps: (ctx: Ctx, blobIds: readonly string[]) => Promise<ReadonlySet<string>>
}

const destinations = new Map<string, Destination>()

/** Adds a destination. Called once a kind, when a feature's index is loaded. */
export function registerUploads(kind: string, destination: Destination): void {
  if (destinations.has(kind)) throw new Error(`Two features take uploads for ${kind}`)
  destinations.set(kind, destination)
}

/** The destination of a kind. */
export function destinationOf(kind: string): Destination {
  const found = destinations.get(kind)
  if (!found) throw new Error(`Nobody takes uploads for ${kind}`)
  return found
}

/** Those of these bytes that are kept by a destination. */
export async function keptElsewhere(ctx: Ctx, blobIds: readonly string[]): Promise<ReadonlySet<string>> {
  const kept = new Set<string>()
  for (const one of destinations.values()) for (const id of await one.keeps(ctx, blobIds)) kept.add(id)
  return kept
}
