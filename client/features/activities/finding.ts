// What every board of a delivery needs to know of its view. Pure.
import type { ActivityView } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'

/** Whether no more answers come to what is shown. */
export const isOver = ({ phase }: Pick<ActivityView, 'phase'>): boolean => phase === 'revealed' || phase === 'done'

/** The tally of nobody. */
export const emptyTally: Tally = { answered: 0, counts: {} }
