// What is played, and what the page of the app and the player on the content origin say to each other. The player is as much the
// package's as ours: what comes from it is heard in this shape alone.
import * as z from 'zod/mini'
import { partData, partState } from './attempts.ts'

export const packageForm = z.enum(['scorm12', 'scorm2004', 'h5p'])
export type PackageForm = z.infer<typeof packageForm>
export type ScormForm = Exclude<PackageForm, 'h5p'>

/** A line of what a package holds. `page`: it reports nothing and is done once it was opened. `heading`: it holds others. */
export const packagePart = z.object({
  /** As the package calls it. */
  id: z.string(),
  title: z.string(),
  /** How deep it lies; 0 at the top. */
  depth: z.int(),
  kind: z.enum(['sco', 'page', 'heading']),
})
export type PackagePart = z.infer<typeof packagePart>

/** A part as the player begins it. */
export const playedPart = z.extend(packagePart, {
  /** Below the files of the package; empty for a heading. */
  href: z.string(),
  /** From which share of all points on it is passed; null where it says so itself. */
  mastery: z.nullable(z.number()),
  launchData: z.string(),
})
export type PlayedPart = z.infer<typeof playedPart>

/** What the page of the app says to the player, which stands on another origin. */
export const toPlayer = z.discriminatedUnion('say', [
  z.object({
    say: z.literal('play'),
    form: packageForm,
    part: playedPart,
    state: z.nullable(partState),
    learner: z.object({ id: z.string(), name: z.string() }),
  }),
  /** Lets go of the part that is open, which then tells its last. */
  z.object({ say: z.literal('stop') }),
])
export type ToPlayer = z.infer<typeof toPlayer>

/** What the player says to the page of the app. Anything else that comes is not heard. */
export const fromPlayer = z.discriminatedUnion('say', [
  z.strictObject({ say: z.literal('ready') }),
  z.strictObject({ say: z.literal('told'), part: z.string().check(z.minLength(1), z.maxLength(255)), data: partData }),
  /** The part was ended, by itself or because it was asked to; `go`: where it wants to go on to. */
  z.strictObject({
    say: z.literal('ended'),
    part: z.string().check(z.minLength(1), z.maxLength(255)),
    go: z.enum(['next', 'previous', 'nowhere']),
  }),
  /** The part could not be begun. */
  z.strictObject({ say: z.literal('failed'), part: z.string().check(z.minLength(1), z.maxLength(255)) }),
])
export type FromPlayer = z.infer<typeof fromPlayer>
