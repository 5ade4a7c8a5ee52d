// What somebody typed as an address, as a browser would take it.
import { address } from '#protocol/links.ts'

/** The whole address, without a scheme of https; undefined for what is no address of the web. */
export function webAddress(typed: string): string | undefined {
  const trimmed = typed.trim()
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/:]+:\d/.test(trimmed)
  const whole = hasScheme ? trimmed : `https://${trimmed}`
  if (!URL.canParse(whole)) return undefined
  const read = address.safeParse(new URL(whole).href)
  return read.success ? read.data : undefined
}
