// The words of a message in parts: plain text, links, names. Nothing is ever read as markup; only http and https lead
// anywhere. Pure.
import type { Mention } from '#protocol/channels.ts'

export type Part =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'link'; readonly text: string; readonly href: string }
  | { readonly is: 'name'; readonly text: string; readonly accountId: string }

const linkForm = /https?:\/\/[^\s<>"'`\p{Cc}\p{Cf}]+/giu
const opens = { ')': '(', ']': '[', '}': '{' } as const

const count = (text: string, sign: string) => text.split(sign).length - 1

/** A link as people mean it: what ends the sentence, and a bracket that was opened before it, do not belong to it. */
function trimmed(found: string): string {
  let text = found
  for (;;) {
    const last = text.at(-1) ?? ''
    if (/[.,;:!?…]/u.test(last)) text = text.slice(0, -1)
    else if (last in opens && count(text, last) > count(text, opens[last as keyof typeof opens]))
      text = text.slice(0, -1)
    else return text
  }
}

/** The address a text leads to, or nothing when it is none: no names and passwords before the host. */
function hrefOf(text: string): string | undefined {
  try {
    const url = new URL(text)
    const plain = (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === ''
    return plain ? url.href : undefined
  } catch {
    return undefined
  }
}

function linksIn(text: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const found of text.matchAll(linkForm)) {
    const shown = trimmed(found[0])
    const href = hrefOf(shown)
    if (href === undefined) continue
    if (found.index > from) parts.push({ is: 'text', text: text.slice(from, found.index) })
    parts.push({ is: 'link', text: shown, href })
    from = found.index + shown.length
  }
  if (from < text.length) parts.push({ is: 'text', text: text.slice(from) })
  return parts
}

/** Puts the names into the plain parts: each where it stands as @Name, the longest that fits. */
function namesIn(text: string, mentions: readonly Mention[]): Part[] {
  const byLength = [...mentions].sort((a, b) => b.name.length - a.name.length)
  const parts: Part[] = []
  let from = 0
  let at = text.indexOf('@')
  while (at >= 0) {
    const named = byLength.find(one => one.name !== '' && text.startsWith(one.name, at + 1))
    if (named) {
      if (at > from) parts.push({ is: 'text', text: text.slice(from, at) })
      parts.push({ is: 'name', text: `@${named.name}`, accountId: named.accountId })
      from = at + 1 + named.name.length
    }
    at = text.indexOf('@', Math.max(from, at + 1))
  }
  if (from < text.length) parts.push({ is: 'text', text: text.slice(from) })
  return parts
}

/** A message's text in the order in which it is read. */
export const partsOf = (text: string, mentions: readonly Mention[]): Part[] =>
  linksIn(text).flatMap(part => (part.is === 'text' ? namesIn(part.text, mentions) : [part]))

/** Whether a name, or a later part of it, begins with what was typed. */
export function nameFits(name: string, q: string): boolean {
  const words = name.toLocaleLowerCase().split(' ')
  return words.some((_, from) => words.slice(from).join(' ').startsWith(q.toLocaleLowerCase()))
}

/** The name that is being typed just before the caret, after an @ that begins a word. */
export function nameBeingTyped(text: string, caret: number): { readonly from: number; readonly q: string } | undefined {
  const found = /(?:^|[\s(])@([\p{L}\p{M}\p{N}'’.-]*(?: [\p{L}\p{M}\p{N}'’.-]*)?)$/u.exec(text.slice(0, caret))
  const q = found?.[1]
  return q === undefined ? undefined : { from: caret - q.length - 1, q }
}
