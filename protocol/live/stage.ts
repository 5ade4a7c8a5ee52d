// What stands on the stage of a class, as everybody hears it and as hosts do, and the agenda it is taken from.
import * as z from 'zod/mini'
import { activityHostView, activityKindName, activityView } from '../activities/registry.ts'
import { activityId, deliveryId, itemId } from '../activities.ts'

const onStage = <V extends z.core.$ZodType>(view: V) =>
  z.object({
    deliveryId,
    activityId,
    title: z.string(),
    /** Counts the steers of this delivery; a steer names the step it saw, so that nothing is started twice. */
    step: z.int(),
    view,
  })
export const stage = onStage(activityView)
export type Stage = z.infer<typeof stage>
export const hostStage = z.extend(onStage(activityHostView), {
  /** One for each entry of the plan, in order; the mark changes with the entry. */
  marks: z.array(z.object({ itemId, mark: z.string() })),
})
export type HostStage = z.infer<typeof hostStage>

/**
 * The whole plan of what was told with a part of it: what is left out stands as it was known. Throws when that is not
 * known, so that whoever folds asks for the state.
 */
export function withWholePlan(told: HostStage, known: HostStage | null): HostStage {
  const before = known?.deliveryId === told.deliveryId ? known : null
  const plan = told.marks.map(({ itemId, mark }) => {
    const same = before?.marks.some(one => one.itemId === itemId && one.mark === mark) ? before.view.plan : []
    const entry = [...told.view.plan, ...same].find(one => one.itemId === itemId)
    if (!entry) throw new Error('An entry of the plan is neither told nor known')
    return entry
  })
  return { ...told, view: { ...told.view, plan } } as HostStage
}

export const agendaEntry = z.object({
  deliveryId,
  activityId,
  kind: activityKindName,
  title: z.string(),
  items: z.int(),
  asked: z.int(),
  done: z.boolean(),
})
export type AgendaEntry = z.infer<typeof agendaEntry>
