// Whose a thing is and what a request says to each owner. Pure; what a finding is, protocol/accessibility/findings.ts says.
import { lexer } from 'marked'
import { type Finding, fileFindings, findingsOf, gravityOf } from '#protocol/accessibility/findings.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import { type MarkdownToken, treeOfMarkdown } from '#protocol/content/markdown.ts'

/** What is found in a text as it is kept: a tree, or Markdown in its place. */
export const textFindings = (page: { readonly document: PageDocument | null; readonly body: string }): Finding[] =>
  findingsOf(page.document ?? treeOfMarkdown(lexer(page.body, { gfm: true }) as readonly MarkdownToken[]))

/** What a file is, from how it is kept. `why`: why its bytes have no words; null where they have, or were not read. */
export const findingsOfFile = (file: {
  readonly form: string
  readonly captions: number
  readonly why: string | null
}): Finding[] => fileFindings({ ...file, textless: file.why === 'no text' })

/** How many of each gravity. */
export function weighed(findings: readonly Finding[]): { barriers: number; hurdles: number } {
  const barriers = findings.filter(one => gravityOf[one.rule] === 'barrier').length
  return { barriers, hurdles: findings.length - barriers }
}

export interface OwnedThing {
  readonly courseId: string
  readonly kind: string
  readonly refId: string
  /** Who made or changed it last; null when nobody is known. */
  readonly by: AccountId | null
}

/** Whose a thing is: who changed it last, if they may still change it, else the instructors who may. */
export function ownersOf<T extends OwnedThing>(
  thing: T,
  mayChange: (accountId: AccountId, thing: T) => boolean,
  instructors: ReadonlyMap<string, readonly AccountId[]>,
): readonly AccountId[] {
  if (thing.by !== null && mayChange(thing.by, thing)) return [thing.by]
  return (instructors.get(thing.courseId) ?? []).filter(id => mayChange(id, thing))
}

/** "Biology, Chemistry +3": what a request is about, in words of no language. */
export const courseNames = (titles: readonly string[]): string =>
  titles.slice(0, 2).join(', ') + (titles.length > 2 ? ` +${titles.length - 2}` : '')
