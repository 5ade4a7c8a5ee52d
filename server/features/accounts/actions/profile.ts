// What administrators ask of profiles, and what is filled in. A field that is removed keeps its values, so that it can
// be brought back.
import { mostFields, type ProfileFieldId, profileScope } from '#protocol/accounts/profile.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { fieldView, listFields, readProfile } from '../queries/profile.ts'
import { fitsField } from '../rules.ts'
import { type ProfileFieldRow, profileFields, profileValues } from '../tables.ts'
import { bumpUser } from './bump.ts'

type FieldInput = Pick<ProfileFieldRow, 'name' | 'options' | 'seenBy' | 'filledBy'>

// One change of the list of fields at a time, so that their number and order hold.
const lockFields = (ctx: WriteCtx) =>
  ctx.sql('select pg_advisory_xact_lock($1, $2)', [0x6c656374, 0x66696c64]).then(() => undefined)

/** A menu has something to choose from; nothing else has options. */
function optionsOf(kind: ProfileFieldRow['kind'], options: readonly string[]): string[] {
  const kept = kind === 'menu' ? [...new Set(options)] : []
  if (kind === 'menu' && kept.length < 2)
    throw new Problem('malformed', { errors: [{ path: 'options', code: 'too_small' }] })
  return kept
}

/** Asks everybody for one more thing. Throws `malformed`, `too-many` beyond `mostFields`. */
export async function createField(ctx: WriteCtx, input: FieldInput & { kind: ProfileFieldRow['kind'] }) {
  await lockFields(ctx)
  const standing = await listFields()
  demand(standing.length < mostFields, 'too-many', { params: { most: mostFields } })
  const id = newId<'ProfileField'>()
  const place = (standing.at(-1)?.place ?? 0) + 1
  const row = await profileFields.create({
    ...input,
    id,
    place,
    version: 0,
    options: optionsOf(input.kind, input.options),
  })
  await audit.record(ctx, {
    verb: 'profile-field.created',
    subject: { kind: 'profile-field', id },
    details: { ...input },
  })
  return fieldView(row)
}

async function lockedField(id: ProfileFieldId) {
  const row = await profileFields.findByPk(id, { lock: true })
  demand(row !== null, 'not-found')
  return row
}

/**
 * Changes a field; its kind stays, or what was filled in would mean nothing. Throws `malformed`, `not-found`,
 * `conflict` with the current one.
 */
export async function changeField(ctx: WriteCtx, input: FieldInput & { fieldId: ProfileFieldId; version: number }) {
  const row = await lockedField(input.fieldId)
  demand(row.removedAt === null, 'not-found')
  demand(row.version === input.version, 'conflict', { params: { current: fieldView(row) } })
  const before = fieldView(row)
  const { name, seenBy, filledBy } = input
  await row.update({ name, seenBy, filledBy, options: optionsOf(row.kind, input.options), version: row.version + 1 })
  const after = fieldView(row)
  await audit.record(ctx, {
    verb: 'profile-field.changed',
    subject: { kind: 'profile-field', id: row.id },
    details: { before, after },
  })
  return after
}

/** Puts a field one place up or down; at the end of the list nothing happens. Throws `not-found`. */
export async function moveField(ctx: WriteCtx, input: { fieldId: ProfileFieldId; to: 'up' | 'down' }): Promise<void> {
  await lockFields(ctx)
  const standing = await listFields()
  const at = standing.findIndex(one => one.id === input.fieldId)
  demand(at >= 0, 'not-found')
  const [mine, other] = [standing[at], standing[at + (input.to === 'up' ? -1 : 1)]]
  if (!mine || !other) return
  await profileFields.update({ place: other.place }, { where: { id: mine.id } })
  await profileFields.update({ place: mine.place }, { where: { id: other.id } })
}

async function setRemoved(ctx: WriteCtx, fieldId: ProfileFieldId, removedAt: Date | null): Promise<void> {
  const row = await lockedField(fieldId)
  if ((row.removedAt === null) === (removedAt === null)) return
  await row.update({ removedAt })
  const verb = removedAt === null ? 'profile-field.restored' : 'profile-field.removed'
  await audit.record(ctx, { verb, subject: { kind: 'profile-field', id: fieldId }, details: { name: row.name } })
}

/** Asks for it no more; what was filled in waits. Throws `not-found`. */
export const removeField = (ctx: WriteCtx, fieldId: ProfileFieldId): Promise<void> => setRemoved(ctx, fieldId, ctx.now)

/** Asks for it again, with all that was filled in. Throws `not-found`, `too-many`. */
export async function restoreField(ctx: WriteCtx, fieldId: ProfileFieldId): Promise<void> {
  await lockFields(ctx)
  demand((await listFields()).length < mostFields, 'too-many', { params: { most: mostFields } })
  await setRemoved(ctx, fieldId, null)
}

interface Filled {
  readonly fieldId: ProfileFieldId
  readonly value: string
}

/**
 * Fills fields of a profile in. Throws `malformed`, `not-found` for a stranger's, `not-allowed` for what is not the
 * caller's to fill.
 */
export async function fillProfile(ctx: WriteCtx, accountId: AccountId, values: readonly Filled[]) {
  const { fields } = await readProfile(ctx, accountId)
  const known = new Map(fields.map(one => [one.field.id, one]))
  const changes: { field: string; before: string; after: string }[] = []
  for (const { fieldId, value } of values) {
    const found = known.get(fieldId)
    demand(found?.mayFill ?? false)
    if (!found || found.value === value) continue
    if (!fitsField(found.field, value))
      throw new Problem('malformed', { errors: [{ path: fieldId, code: 'does_not_fit' }] })
    if (value === '') await profileValues.destroy({ where: { accountId, fieldId } })
    else await profileValues.upsert({ accountId, fieldId, value })
    changes.push({ field: found.field.name, before: found.value, after: value })
  }
  if (changes.length > 0) {
    await audit.record(ctx, {
      verb: 'account.profile-filled',
      subject: { kind: 'account', id: accountId },
      details: { changes },
    })
    ctx.announce(profileScope, accountId, { kind: 'changed', body: {} })
    // What a profile says may open things in the person's courses.
    await bumpUser(ctx, accountId, 'courses')
  }
  return readProfile(ctx, accountId)
}
