// A right of its own to invite people was offered and never asked: who invites to a course needs `course.enrol` there, and
// who invites to the school `account.manage`.
import type { Migration } from '#server/platform/db/migrate.ts'

export const noInviteRight: Migration = {
  name: '0138-no-invite-right',
  up: "DELETE FROM role_overrides WHERE capability = 'account.invite'",
}
