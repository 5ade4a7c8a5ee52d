// Accounts, sessions, invitations, setup links and settings as models. Only this feature's actions write them.
import { DataTypes } from 'sequelize'
import type { CustomRoleId } from '#protocol/access.ts'
import type { AvatarId, FieldKind, ProfileFieldId, SeenBy } from '#protocol/accounts/profile.ts'
import type { TokenId, TokenScope } from '#protocol/accounts/tokens.ts'
import type { BuiltInInvitedRole, DeviceKind, InvitationId } from '#protocol/accounts.ts'
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import { table } from '#server/platform/db/sequelize.ts'

export interface AccountRow {
  id: AccountId
  kind: 'member' | 'guest'
  email: string | null
  name: string
  passwordHash: string | null
  siteRole: SiteRole
  locale: string
  timeZone: string
  pronouns: string
  bio: string
  demo: 'staff' | 'assistant' | 'learner' | null
  /** Learners do not write to them alone, nor read what they say of themselves. */
  minor: boolean
  /** The version of the school's text that they, or a guardian for them, agreed to last. */
  agreed: number
  suspendedAt: Date | null
  erasedAt: Date | null
  mergedInto: AccountId | null
  /** The operation that made a guest: the same request again is the same guest. */
  guestOperation: string | null
  coursesChanged: number
  gradesChanged: number
  observedChanged: number
  version: number
  createdAt: Date
}

export const accounts = table<AccountRow>('accounts', {
  id: { type: DataTypes.UUID, primaryKey: true },
  kind: { type: DataTypes.TEXT, allowNull: false },
  email: DataTypes.TEXT,
  name: { type: DataTypes.TEXT, allowNull: false },
  passwordHash: DataTypes.TEXT,
  siteRole: { type: DataTypes.TEXT, allowNull: false },
  locale: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'en' },
  timeZone: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'UTC' },
  pronouns: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
  bio: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
  demo: DataTypes.TEXT,
  minor: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
  agreed: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  suspendedAt: DataTypes.DATE,
  erasedAt: DataTypes.DATE,
  mergedInto: DataTypes.UUID,
  guestOperation: DataTypes.UUID,
  coursesChanged: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  gradesChanged: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  observedChanged: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  createdAt: { type: DataTypes.DATE, allowNull: false },
})

export interface SessionRow {
  id: SessionId
  tokenHash: Buffer
  accountId: AccountId
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  userAgent: string
  address: string
  deviceKind: DeviceKind
  /** The guest this device was before its person signed in, while what they did then may be brought along. */
  guestId: AccountId | null
}

export const sessions = table<SessionRow>('sessions', {
  id: { type: DataTypes.UUID, primaryKey: true },
  tokenHash: { type: DataTypes.BLOB, allowNull: false },
  accountId: { type: DataTypes.UUID, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  lastSeenAt: { type: DataTypes.DATE, allowNull: false },
  expiresAt: { type: DataTypes.DATE, allowNull: false },
  userAgent: { type: DataTypes.TEXT, allowNull: false },
  address: { type: DataTypes.TEXT, allowNull: false },
  deviceKind: { type: DataTypes.TEXT, allowNull: false },
  guestId: DataTypes.UUID,
})

export interface EndedSessionRow {
  tokenHash: Buffer
  /** When the session would have run out. */
  expiresAt: Date
  why: 'signed-out' | 'erased'
}

/** Sessions that an administrator ended, or that ended with their account; of whom is not kept. */
export const endedSessions = table<EndedSessionRow>('ended_sessions', {
  tokenHash: { type: DataTypes.BLOB, primaryKey: true },
  expiresAt: { type: DataTypes.DATE, allowNull: false },
  why: { type: DataTypes.TEXT, allowNull: false },
})

export interface AccessTokenRow {
  id: TokenId
  accountId: AccountId
  tokenHash: Buffer
  name: string
  scopes: TokenScope[]
  createdAt: Date
  lastUsedAt: Date | null
  expiresAt: Date | null
}

export const accessTokens = table<AccessTokenRow>('access_tokens', {
  id: { type: DataTypes.UUID, primaryKey: true },
  accountId: { type: DataTypes.UUID, allowNull: false },
  tokenHash: { type: DataTypes.BLOB, allowNull: false },
  name: { type: DataTypes.TEXT, allowNull: false },
  scopes: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  lastUsedAt: DataTypes.DATE,
  expiresAt: DataTypes.DATE,
})

export interface InvitationRow {
  id: InvitationId
  tokenHash: Buffer
  email: string | null
  siteRole: 'administrator' | 'member'
  courseId: string | null
  /** What the person is to be in the course: a learner, as far as a node of the version before knows, where `custom` is set. */
  role: BuiltInInvitedRole | null
  custom: CustomRoleId | null
  /** Whose password it sets; null where it makes an account. */
  accountId: AccountId | null
  invitedBy: AccountId
  createdAt: Date
  expiresAt: Date
  usedAt: Date | null
  usedBy: AccountId | null
  revokedAt: Date | null
}

export const invitations = table<InvitationRow>('invitations', {
  id: { type: DataTypes.UUID, primaryKey: true },
  tokenHash: { type: DataTypes.BLOB, allowNull: false },
  email: DataTypes.TEXT,
  siteRole: { type: DataTypes.TEXT, allowNull: false },
  courseId: DataTypes.UUID,
  role: DataTypes.TEXT,
  custom: DataTypes.UUID,
  accountId: DataTypes.UUID,
  invitedBy: { type: DataTypes.UUID, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  expiresAt: { type: DataTypes.DATE, allowNull: false },
  usedAt: DataTypes.DATE,
  usedBy: DataTypes.UUID,
  revokedAt: DataTypes.DATE,
})

export interface SetupTokenRow {
  id: string
  tokenHash: Buffer
  createdAt: Date
  expiresAt: Date
  usedAt: Date | null
}

export const setupTokens = table<SetupTokenRow>('setup_tokens', {
  id: { type: DataTypes.UUID, primaryKey: true },
  tokenHash: { type: DataTypes.BLOB, allowNull: false },
  createdAt: { type: DataTypes.DATE, allowNull: false },
  expiresAt: { type: DataTypes.DATE, allowNull: false },
  usedAt: DataTypes.DATE,
})

export interface SettingRow {
  key: string
  value: unknown
  changedAt: Date
}

export const settings = table<SettingRow>('settings', {
  key: { type: DataTypes.TEXT, primaryKey: true },
  value: { type: DataTypes.JSONB, allowNull: false },
  changedAt: { type: DataTypes.DATE, allowNull: false },
})

export interface AvatarRow {
  accountId: AccountId
  /** Another picture has another id. */
  id: AvatarId
  /** WebP, `avatarEdge` pixels square. */
  image: Buffer
  at: Date
}

export const avatars = table<AvatarRow>('avatars', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  id: { type: DataTypes.UUID, allowNull: false },
  image: { type: DataTypes.BLOB, allowNull: false },
  at: { type: DataTypes.DATE, allowNull: false },
})

export interface ProfileFieldRow {
  id: ProfileFieldId
  name: string
  kind: FieldKind
  options: string[]
  seenBy: SeenBy
  filledBy: 'person' | 'administrators'
  place: number
  version: number
  removedAt: Date | null
}

export const profileFields = table<ProfileFieldRow>('profile_fields', {
  id: { type: DataTypes.UUID, primaryKey: true },
  name: { type: DataTypes.TEXT, allowNull: false },
  kind: { type: DataTypes.TEXT, allowNull: false },
  options: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
  seenBy: { type: DataTypes.TEXT, allowNull: false },
  filledBy: { type: DataTypes.TEXT, allowNull: false },
  place: { type: DataTypes.INTEGER, allowNull: false },
  version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
  removedAt: DataTypes.DATE,
})

export interface ProfileValueRow {
  accountId: AccountId
  fieldId: ProfileFieldId
  value: string
}

export const profileValues = table<ProfileValueRow>('profile_values', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  fieldId: { type: DataTypes.UUID, primaryKey: true },
  value: { type: DataTypes.TEXT, allowNull: false },
})

/** How many addresses somebody asked about in a day. */
export interface PeopleLookupRow {
  accountId: AccountId
  day: string
  addresses: number
}

export const peopleLookups = table<PeopleLookupRow>('people_lookups', {
  accountId: { type: DataTypes.UUID, primaryKey: true },
  day: { type: DataTypes.DATEONLY, primaryKey: true },
  addresses: { type: DataTypes.INTEGER, allowNull: false },
})
