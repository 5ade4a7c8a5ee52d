// Takes out of a picture's bytes what says who made it, where and with what, before anybody else is given them.
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { formOf } from '../rules/files.ts'
import { readPicture } from '../rules/pictures.ts'

/** Pictures larger than this are left as they are, in bytes: they are read whole. */
const largestPicture = 40 * 1000 ** 2

export interface BarePicture {
  /** In dots, as it is shown. */
  readonly width: number
  readonly height: number
  /** Whether nothing of its maker is left in it. */
  readonly bare: boolean
}

/**
 * How large a picture is, and its bytes laid bare in place, as many as before: doing it again changes nothing. Undefined
 * for what is no picture, or none that can be read.
 */
export async function bareThePicture(
  ctx: WriteCtx,
  { blobId, type, size }: { readonly blobId: string; readonly type: string; readonly size: number },
): Promise<BarePicture | undefined> {
  if (formOf(type) !== 'image' || size > largestPicture) return undefined
  const bytes = await buffer((await ctx.blobs.get(blobId)).body)
  const found = readPicture(bytes, type)
  if (!found) return undefined
  const { width, height, bare } = found
  if (bare && Buffer.compare(bytes, bare) !== 0) {
    const piece = await ctx.blobs.receive(Readable.from([bare]), largestPicture)
    await piece.become(blobId)
  }
  return { width, height, bare: bare !== undefined }
}
