// Pictures of people: whatever was uploaded is decoded and drawn anew as a small WebP, so that neither what a camera
// wrote into the file nor anything hidden in it is kept. The slow part runs before the transaction.
import sharp from 'sharp'
import { avatarEdge, profileScope } from '#protocol/accounts/profile.ts'
import { Problem } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import { type Ctx, demandAccount, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { avatars } from '../tables.ts'

/** A picture of more pixels than a large camera's is no portrait: decoding it would cost everybody else. */
const mostPixels = 50_000_000
const formats = ['jpeg', 'png', 'webp'] as const

/** Draws a picture anew, square, as WebP. What is no JPEG, PNG or WebP throws `malformed` at `image`. */
async function drawAnew(image: Buffer): Promise<Buffer> {
  try {
    const drawing = sharp(image, { limitInputPixels: mostPixels, pages: 1, failOn: 'error' })
    const { format } = await drawing.metadata()
    if (!formats.some(one => one === format)) throw new Error(`${format} is no picture for us`)
    return await drawing.rotate().resize(avatarEdge, avatarEdge, { fit: 'cover' }).webp({ quality: 82 }).toBuffer()
  } catch {
    // Whatever the decoder stumbled over: the file is what is wrong.
    throw new Problem('malformed', { errors: [{ path: 'image', code: 'not_a_picture' }] })
  }
}

/** Answers what keeps a new picture of the caller. Throws `malformed` for what is no picture. */
export async function prepareAvatar(ctx: Ctx, input: { image: string }) {
  const { accountId } = demandAccount(ctx.who)
  const image = await drawAnew(Buffer.from(input.image, 'base64'))
  return async (tx: WriteCtx) => {
    const id = newId<'Avatar'>()
    await avatars.upsert({ accountId, id, image, at: tx.now })
    await audit.record(tx, { verb: 'account.picture-changed', subject: { kind: 'account', id: accountId } })
    tx.announce(profileScope, accountId, { kind: 'changed', body: {} })
    return { avatarId: id }
  }
}

/** Takes the caller's picture away; one who has none is no error. */
export async function removeAvatar(ctx: WriteCtx): Promise<void> {
  const { accountId } = demandAccount(ctx.who)
  if ((await avatars.destroy({ where: { accountId } })) === 0) return
  await audit.record(ctx, { verb: 'account.picture-removed', subject: { kind: 'account', id: accountId } })
  ctx.announce(profileScope, accountId, { kind: 'changed', body: {} })
}
