// What people show of themselves: picture, pronouns, a few lines, and fields that administrators define. Who sees a
// field is said by the field; the picture and the rest are for all who share a course.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '../base/call.ts'
import { accountId, idSchema, line, nothing, text, uuid, version } from '../base/ids.ts'
import { defineScope } from '../base/scope.ts'

export const avatarId = idSchema<'Avatar'>()
export type AvatarId = z.infer<typeof avatarId>
export const profileFieldId = idSchema<'ProfileField'>()
export type ProfileFieldId = z.infer<typeof profileFieldId>

/** Edge of a stored picture, in pixels, and the most characters of one on its way in (base64). */
export const avatarEdge = 256
export const longestAvatar = 200_000

/** Most fields of a school, and options of a menu. */
export const mostFields = 30
export const mostOptions = 50

export const fieldKind = z.enum(['text', 'long-text', 'menu', 'date', 'checkbox', 'link'])
export type FieldKind = z.infer<typeof fieldKind>
export const seenBy = z.enum(['fellows', 'teachers', 'administrators'])
export type SeenBy = z.infer<typeof seenBy>
export const filledBy = z.enum(['person', 'administrators'])

const options = z.array(line(80)).check(z.maxLength(mostOptions))

export const profileField = z.object({
  id: profileFieldId,
  name: z.string(),
  kind: fieldKind,
  options: z.array(z.string()),
  seenBy,
  filledBy,
  version,
})
export type ProfileField = z.infer<typeof profileField>

/** Characters of a value at most: of several lines, of an address, and of everything else. */
export const mostOfValue = { 'long-text': 4_000, link: 2_000, other: 300 } as const
/** How many a value of this kind has at most. */
export const mostOfKind = (kind: FieldKind): number =>
  kind === 'long-text' || kind === 'link' ? mostOfValue[kind] : mostOfValue.other

/** A value as text: what was typed, an option, a day (2026-11-24), an address of the web, or `yes`. Empty: none. */
export const fieldValue = text(mostOfValue['long-text'])

const webPage = z.url({ protocol: /^https?$/ }).check(z.regex(/^https?:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/i))

/**
 * Whether it is the address of a page on the web, which may be linked: http or https with a host, and nobody's name or password
 * before it, which would pass one host for another.
 */
export const isWebPage = (value: string): boolean => webPage.safeParse(value).success

/** Somebody's profile, for those who may see it: that something of it changed, and nothing of what it says. */
export const profileScope = defineScope({
  name: 'profile',
  state: z.object({}),
  feeds: { changed: z.object({}) },
  fleeting: {},
  apply: state => state,
})

export const profile = z.object({
  accountId,
  name: z.string(),
  kind: z.enum(['member', 'guest']),
  pronouns: z.string(),
  bio: z.string(),
  timeZone: z.string(),
  avatarId: z.nullable(avatarId),
  /** Those the reader may see, filled or (for those who may fill them) empty. */
  fields: z.array(z.object({ field: profileField, value: z.string(), mayFill: z.boolean() })),
  /** For the person and for administrators. */
  email: z.nullable(z.string()),
})
export type Profile = z.infer<typeof profile>

/** The field that was meant as `text` with a name, or a menu with at least two options. */
const newField = { name: line(60), options, seenBy, filledBy }

export const profileRoutes = defineRoutes('accounts', {
  profile: route('GET', '/accounts/:accountId/profile', read(z.strictObject({ accountId }), z.object({ profile }))),
  /** Fields of a profile, by the person or, for all fields, by administrators. Only what is named changes. */
  fillProfile: route(
    'PUT',
    '/accounts/:accountId/profile',
    write(
      z.strictObject({
        accountId,
        values: z.array(z.strictObject({ fieldId: profileFieldId, value: fieldValue })).check(z.maxLength(mostFields)),
      }),
      z.object({ profile }),
    ),
  ),
  /** A square picture as base64 of JPEG, PNG or WebP; it is drawn anew, so that nothing else of the file is kept. */
  changeAvatar: route(
    'PUT',
    '/me/avatar',
    write(z.strictObject({ image: z.string().check(z.maxLength(longestAvatar)) }), z.object({ avatarId })),
  ),
  removeAvatar: route('DELETE', '/me/avatar', write(nothing, nothing)),
  /** The picture itself, as WebP. Another picture is another id, so that it may be kept. */
  avatar: route('GET', '/avatars/:avatarId', read(z.strictObject({ avatarId }), nothing)),
  /** Which of these people have a picture that the reader may see. A body, because the list is long. */
  avatars: route(
    'POST',
    '/avatars/find',
    read(
      z.strictObject({ accountIds: z.array(uuid()).check(z.maxLength(200)) }),
      z.object({ items: z.array(z.object({ accountId, avatarId })) }),
    ),
  ),
  listFields: route('GET', '/profile-fields', read(nothing, z.object({ items: z.array(profileField) }))),
  createField: route(
    'POST',
    '/profile-fields',
    write(z.strictObject({ kind: fieldKind, ...newField }), z.object({ field: profileField })),
  ),
  changeField: route(
    'PATCH',
    '/profile-fields/:fieldId',
    write(z.strictObject({ fieldId: profileFieldId, version, ...newField }), z.object({ field: profileField })),
  ),
  /** Puts a field one place up or down. */
  moveField: route(
    'POST',
    '/profile-fields/:fieldId/move',
    write(z.strictObject({ fieldId: profileFieldId, to: z.enum(['up', 'down']) }), nothing),
  ),
  /** What people filled in stays until it is brought back. */
  removeField: route('DELETE', '/profile-fields/:fieldId', write(z.strictObject({ fieldId: profileFieldId }), nothing)),
  restoreField: route(
    'POST',
    '/profile-fields/:fieldId/restore',
    write(z.strictObject({ fieldId: profileFieldId }), nothing),
  ),
})
