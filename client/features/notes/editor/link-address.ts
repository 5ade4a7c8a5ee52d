// What a person types as the address of a link, as the address itself. Pure.
import { safeLink } from '#client/features/content/links.ts'

/** "example.org" is a site, "/courses" a page of ours. Undefined for what may not be a link (see content/links.ts). */
export function linkAddress(typed: string): string | undefined {
  const trimmed = typed.trim()
  if (/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#:].*)?$/u.test(trimmed)) return safeLink(`https://${trimmed}`)
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(trimmed)) return safeLink(`mailto:${trimmed}`)
  return safeLink(trimmed)
}
