// What the client knows and does about text pages. The only place that asks the content routes.

import { request } from '#client/platform/call.ts'
import { findDraft as findWords, keepDraft as keepWords } from '#client/platform/drafts.ts'
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

const placeOf = (pageId: string): string => `page ${pageId}`

/** Keeps what was not saved yet on this device, for its writer alone. */
export const keepDraft = (pageId: string, draft: LocalDraft): void => keepWords(placeOf(pageId), draft)

export const dropDraft = (pageId: string): void => keepWords(placeOf(pageId), undefined)

/** What this device kept of an earlier try of this person, or undefined. */
export function findDraft(pageId: string): LocalDraft | undefined {
  const kept = findWords(placeOf(pageId)) as Partial<LocalDraft> | undefined
  const document = readDocument(kept?.document)
  return kept && document && typeof kept.title === 'string' && typeof kept.version === 'number'
    ? { title: kept.title, document, version: kept.version }
    : undefined
}
