// Which addresses a page may point to. Everything else stays text: no script, no data, no foreign picture. Pure.

const outer = new Set(['http:', 'https:', 'mailto:'])

/**
 * The address of a link, or undefined when it may not be one. Allowed are http, https and mailto, addresses within
 * this site, and places on the page (`#part`). A control character anywhere refuses the whole.
 */
export function safeLink(href: string): string | undefined {
  const trimmed = href.trim()
  if (trimmed === '' || hasControl(trimmed)) return undefined
  if (trimmed.startsWith('#')) return trimmed
  if (isInner(trimmed)) return trimmed
  try {
    return outer.has(new URL(trimmed).protocol) ? trimmed : undefined
  } catch {
    return undefined
  }
}

/** The address of a picture, which may only come from this site. */
export function safeImage(src: string): string | undefined {
  const trimmed = src.trim()
  return !hasControl(trimmed) && isInner(trimmed) ? trimmed : undefined
}

/** `/path`, but neither `//host` nor `/\host`, which browsers read as another site. */
const isInner = (address: string): boolean => /^\/(?![/\\])/.test(address)

const hasControl = (address: string): boolean =>
  [...address].some(letter => letter.charCodeAt(0) < 0x20 || letter.charCodeAt(0) === 0x7f)

/** Whether a link leaves this site, so that it opens beside the course. */
export const leavesSite = (href: string): boolean => /^https?:/i.test(href)
