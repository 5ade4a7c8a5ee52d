// What an invitation into a course does: who may make one, whether it still stands, and the enrolment at its end.
import type { CustomRoleId } from '#protocol/access.ts'
import { Problem } from '#protocol/base/problems.ts'
import { accountMay, demandMay, demandMayGive, enrolmentWith, mayGive } from '#server/features/access/index.ts'
import type { InvitationEffect } from '#server/features/accounts/index.ts'
import { courseContext, getCourse } from '../queries/course.ts'
import { enrol } from './people.ts'
import { demandTakes } from './templates.ts'

/** Whether people can still be enrolled with it: a role made here may be gone since. */
async function roleStands(role: CustomRoleId): Promise<boolean> {
  try {
    await enrolmentWith(role)
    return true
  } catch (error) {
    if (error instanceof Problem && (error.code === 'not-found' || error.code === 'not-here')) return false
    throw error
  }
}

export const invitationIntoCourse: InvitationEffect = {
  demandMayInvite: async (ctx, courseId, role) => {
    const context = courseContext(courseId)
    await demandMay(ctx, 'course.enrol', context)
    await getCourse(ctx, courseId)
    if (role !== undefined) {
      await demandMayGive(ctx, [role], context)
      await demandTakes(ctx, courseId, (await enrolmentWith(role)).role)
    }
  },

  stillMay: async (ctx, inviter, { courseId, role }) => {
    const context = courseContext(courseId)
    return (await accountMay(ctx, inviter, 'course.enrol', context)) && (await mayGive(ctx, inviter, role, context))
  },

  stands: roleStands,

  titleOf: async (ctx, courseId) => {
    try {
      return (await getCourse(ctx, courseId)).title
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return undefined
      throw error
    }
  },

  admit: async (ctx, accountId, { courseId, role, invitedAt }) =>
    (await enrol(ctx, { courseId, accountId, role, how: 'invitation', invitedAt })) === 'enrolled' ? 'came' : 'was in',
}
