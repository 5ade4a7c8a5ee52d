// What the staff of a course see beside the course itself: drafts and the head count. The join code, which lets people
// in, travels in no scope: assistants hear this one, and only those who may enrol may know the code.
import * as z from 'zod/mini'
import { idSchema } from '../base/ids.ts'
import { defineScope, type EventMeta, type EventOf } from '../base/scope.ts'
import { courseItem, itemId, moduleId, withAll, withOne, without } from '../courses.ts'

const enrolmentId = idSchema<'Enrolment'>()
export type EnrolmentId = z.infer<typeof enrolmentId>

const courseStaffState = z.object({
  /** Items that not everybody sees, in modules that are not removed: those not published, and those for some. */
  drafts: z.array(courseItem),
  people: z.int(),
})
export type CourseStaffState = z.infer<typeof courseStaffState>

const courseStaffFeeds = {
  draftPlaced: z.object({ item: courseItem }),
  draftChanged: z.object({ item: courseItem }),
  /** Removed, or released into the course scope. */
  draftRemoved: z.object({ id: itemId }),
  draftsOfModuleRemoved: z.object({ moduleId }),
  draftsOfModuleRestored: z.object({ items: z.array(courseItem) }),
  /** People came (1) or went (-1); a number to add, so that nobody counts a large course at each arrival. */
  peopleChanged: z.object({
    by: z.int(),
    /** The enrolments of those whom somebody brought; who they are, those may ask who may see the people. */
    brought: z.optional(z.array(enrolmentId)),
    /** The enrolment of somebody who came by themselves, and those that ended. */
    joined: z.optional(z.array(enrolmentId)),
    ended: z.optional(z.array(enrolmentId)),
  }),
  /** Somebody has another role: a list of people on screen is read again. */
  roleChanged: z.object({}),
  /** A mark only: those who may know the code ask for it. */
  joinCodeChanged: z.object({}),
  /** The same of how people come in by themselves. */
  openingChanged: z.object({}),
}

/** Folds one event into what the course's staff see beside the course. Pure. */
export function applyToCourseStaff(
  state: CourseStaffState,
  event: EventOf<typeof courseStaffFeeds> & EventMeta,
): CourseStaffState {
  switch (event.kind) {
    case 'draftPlaced':
    case 'draftChanged':
      return { ...state, drafts: withOne(state.drafts, event.body.item) }
    case 'draftRemoved':
      return { ...state, drafts: without(state.drafts, event.body.id) }
    case 'draftsOfModuleRemoved': {
      const gone = event.body.moduleId
      return { ...state, drafts: state.drafts.filter(item => item.moduleId !== gone) }
    }
    case 'draftsOfModuleRestored':
      return { ...state, drafts: withAll(state.drafts, event.body.items) }
    case 'peopleChanged':
      return { ...state, people: state.people + event.body.by }
    case 'roleChanged':
    case 'joinCodeChanged':
    case 'openingChanged':
      return state
  }
}

/** Those who may change the course's content. Not each of them may see its people: nothing here says who came, went or became what. */
export const courseStaffScope = defineScope({
  name: 'course-staff',
  unsignedFeeds: ['peopleChanged', 'roleChanged'],
  state: courseStaffState,
  feeds: courseStaffFeeds,
  fleeting: {},
  apply: applyToCourseStaff,
})
