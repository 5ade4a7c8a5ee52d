// The only place that asks the routes of assignments; and the words on this device that the server has not got yet.
import { request, requestOf } from '#client/platform/call.ts'
import { findDraft, keepDraft } from '#client/platform/drafts.ts'
import type { SubmissionFileId } from '#protocol/assignments/submissions.ts'
import { assignmentRoutes } from '#protocol/assignments.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import type { PageDocument } from '#protocol/content/document.ts'

type AssignmentsInput<V extends keyof typeof assignmentRoutes> = InputBefore<(typeof assignmentRoutes)[V]>

/** Names the assignment a route is asked about. */
export interface OfAssignment {
  readonly courseId: string
  readonly assignmentId: string
}

export type Shown = Output<typeof assignmentRoutes.get>
export type Read = Output<typeof assignmentRoutes.submission>

export const createAssignment = (input: object) => request(assignmentRoutes.create, input as AssignmentsInput<'create'>)
export const changeAssignment = (input: object) => request(assignmentRoutes.change, input as AssignmentsInput<'change'>)
export const previewLate = (input: object) =>
  request(assignmentRoutes.previewLate, input as AssignmentsInput<'previewLate'>)
export const getAssignment = (of: OfAssignment) => request(assignmentRoutes.get, of as AssignmentsInput<'get'>)
export const saveDraft = (input: OfAssignment & { readonly version: number; readonly text: string }) =>
  request(assignmentRoutes.saveDraft, input as AssignmentsInput<'saveDraft'>)
export const handIn = (input: OfAssignment & { readonly version: number; readonly text: string }) =>
  request(assignmentRoutes.handIn, input as AssignmentsInput<'handIn'>)
export const startUpload = (
  input: OfAssignment & { readonly name: string; readonly size: number; readonly print: string },
) => request(assignmentRoutes.startUpload, input as AssignmentsInput<'startUpload'>)
export const removeFile = (of: OfAssignment, fileId: SubmissionFileId) =>
  request(assignmentRoutes.removeFile, { ...of, fileId } as AssignmentsInput<'removeFile'>)
export const restoreFile = (of: OfAssignment, fileId: SubmissionFileId) =>
  request(assignmentRoutes.restoreFile, { ...of, fileId } as AssignmentsInput<'restoreFile'>)
export const listSubmissions = (input: object) => request(assignmentRoutes.list, input as AssignmentsInput<'list'>)
export const getSubmission = (input: object) =>
  request(assignmentRoutes.submission, input as AssignmentsInput<'submission'>)
export const giveMark = (input: object) => request(assignmentRoutes.mark, input as AssignmentsInput<'mark'>)

/** Where the list is as a file. */
export const submissionsFile = (of: OfAssignment): string =>
  requestOf(assignmentRoutes.csv, of as AssignmentsInput<'csv'>).url

/** Where the bytes of a file that was handed in are. */
export const fileUrl = (fileId: SubmissionFileId, as: 'inline' | 'attachment'): string =>
  requestOf(assignmentRoutes.fileContent, { fileId, as }).url

/** A tree as it travels. */
export const plainly = ({ schema, content }: PageDocument) => ({ schema, content: [...content] })

interface Kept {
  /** The draft's, over which it was written. */
  readonly version: number
  readonly text: string
}

const placeOf = (assignmentId: string): string => `hand-in ${assignmentId}`

/** Keeps a text that was not saved yet on this device, for its writer alone. */
export const keepText = (assignmentId: string, kept: Kept): void => keepDraft(placeOf(assignmentId), kept)

export const dropText = (assignmentId: string): void => keepDraft(placeOf(assignmentId), undefined)

/** What this device kept of an earlier try of this person, or undefined. */
export function findText(assignmentId: string): Kept | undefined {
  const kept = findDraft(placeOf(assignmentId)) as Partial<Kept> | undefined
  return kept && typeof kept.text === 'string' && typeof kept.version === 'number'
    ? { text: kept.text, version: kept.version }
    : undefined
}
