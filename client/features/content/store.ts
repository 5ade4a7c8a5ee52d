// What the client knows and does about text pages. The only place that asks the content routes.

import { request } from '#client/platform/call.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { type PageDocument, readDocument } from '#protocol/content/document.ts'
import { contentRoutes } from '#protocol/content.ts'

type ContentInput<V extends keyof typeof contentRoutes> = InputBefore<(typeof contentRoutes)[V]>

export const createPage = (input: ContentInput<'createPage'>) => request(contentRoutes.createPage, input)
export const getPage = (input: ContentInput<'getPage'>) => request(contentRoutes.getPage, input)
export const listVersions = (courseId: string, pageId: string) =>
  request(contentRoutes.pageVersions, { courseId, pageId })
export const getVersion = (courseId: string, pageId: string, number: number) =>
  request(contentRoutes.pageVersion, { courseId, pageId, number })
export const changePage = (input: ContentInput<'changePage'>) => request(contentRoutes.changePage, input)

export interface LocalDraft {
  /** The version it was written over. */
  readonly version: number
  readonly title: string
  readonly document: PageDocument
}

const keyOf = (pageId: string): string => `lectern:page-draft:${pageId}`

/** Keeps what was not saved yet on this device; a full or closed store loses nothing that was saved. */
export function keepDraft(pageId: string, draft: LocalDraft): void {
  try {
    localStorage.setItem(keyOf(pageId), JSON.stringify(draft))
  } catch {
    // Without a local store the text lives as long as the page; the line beside it says "Not saved yet".
  }
}

export function dropDraft(pageId: string): void {
  try {
    localStorage.removeItem(keyOf(pageId))
  } catch {
    // There was none then.
  }
}

/** What this device kept of an earlier try, or undefined. */
export function findDraft(pageId: string): LocalDraft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(pageId)) ?? 'null') as Partial<LocalDraft> | null
    const document = readDocument(kept?.document)
    return kept && document && typeof kept.title === 'string' && typeof kept.version === 'number'
      ? { title: kept.title, document, version: kept.version }
      : undefined
  } catch {
    return undefined
  }
}
