// The only place that asks the routes of glossaries.
import { request, requestOf } from '#client/platform/call.ts'
import { useLoad } from '#client/platform/use-load.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import type { Page } from '#protocol/content.ts'
import { glossaryListRoutes } from '#protocol/glossaries/list.ts'
import { type GlossaryEntry, glossaryRoutes } from '#protocol/glossaries.ts'

type GlossariesInput<V extends keyof typeof glossaryRoutes> = InputBefore<(typeof glossaryRoutes)[V]>

/** Names the glossary a route is asked about. */
export interface OfGlossary {
  readonly courseId: string
  readonly glossaryId: string
}

/** Names an entry in it. */
export interface OfEntry extends OfGlossary {
  readonly entryId: string
}

export const createGlossary = (input: object) => request(glossaryRoutes.create, input as GlossariesInput<'create'>)
export const changeGlossary = (input: object) => request(glossaryRoutes.change, input as GlossariesInput<'change'>)
export const getGlossary = (of: OfGlossary) => request(glossaryRoutes.get, of as GlossariesInput<'get'>)
export const listEntries = (input: object) => request(glossaryRoutes.entries, input as GlossariesInput<'entries'>)
export const getEntry = (of: OfEntry) => request(glossaryRoutes.entry, of as GlossariesInput<'entry'>)
export const addEntry = (input: object) => request(glossaryRoutes.addEntry, input as GlossariesInput<'addEntry'>)
export const changeEntry = (input: object) =>
  request(glossaryRoutes.changeEntry, input as GlossariesInput<'changeEntry'>)
export const approveEntry = (of: OfEntry) => request(glossaryRoutes.approveEntry, of as GlossariesInput<'approveEntry'>)
export const removeEntry = (of: OfEntry) => request(glossaryRoutes.removeEntry, of as GlossariesInput<'removeEntry'>)
export const restoreEntry = (of: OfEntry) => request(glossaryRoutes.restoreEntry, of as GlossariesInput<'restoreEntry'>)

export const bringInWords = (input: object) =>
  request(glossaryListRoutes.bringIn, input as InputBefore<typeof glossaryListRoutes.bringIn>)
export const takeOutMany = (input: object) =>
  request(glossaryListRoutes.takeOutMany, input as InputBefore<typeof glossaryListRoutes.takeOutMany>)

/** Where its entries are as a file. */
export const entriesFile = (of: OfGlossary): string => requestOf(glossaryRoutes.csv, of as GlossariesInput<'csv'>).url

const none: readonly GlossaryEntry[] = []

/** What is explained in a page; nothing until it is known, and where it can't be read the page stands as it is. */
export function usePageEntries({ id: pageId, courseId, version }: Page): readonly GlossaryEntry[] {
  const { value } = useLoad(`${pageId} ${version}`, () =>
    request(glossaryRoutes.inPage, { courseId, pageId } as GlossariesInput<'inPage'>),
  )
  return value?.items ?? none
}
