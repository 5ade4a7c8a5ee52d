// When it is looked whether anything is left of somebody, and when what is too old goes. Pure.

/** How often it is looked whether anything is left, and how long is waited between, in milliseconds. */
export const mostLooks = 8
export const lookAfterMs = (looks: number): number => Math.min(60_000, 500 * 2 ** looks)

/** Whether what is too old may go now: in the hour after two, by UTC. */
export const isNight = (now: Date): boolean => now.getUTCHours() === 2

/** So many months ago; where that month has no such day, its last one. */
export function monthsBefore(now: Date, months: number): Date {
  const then = new Date(now)
  then.setUTCDate(1)
  then.setUTCMonth(then.getUTCMonth() - months)
  const lastDay = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate()
  then.setUTCDate(Math.min(now.getUTCDate(), lastDay))
  return then
}
