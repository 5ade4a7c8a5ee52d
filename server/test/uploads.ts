// Uploads files in tests, piece by piece, as a client does.
import { randomUUID } from 'node:crypto'
import type { SubmissionFileId } from '#protocol/assignments/submissions.ts'
import { type AssignmentId, assignmentRoutes } from '#protocol/assignments.ts'
import { bytesType } from '#protocol/base/call.ts'
import { Problem, type ProblemCode } from '#protocol/base/problems.ts'
import { attachmentRoutes } from '#protocol/channels/attachment-routes.ts'
import type { AttachmentId } from '#protocol/channels/attachments.ts'
import type { ChannelId } from '#protocol/channels.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type File, fileRoutes, type UploadId, type UploadRefused } from '#protocol/files.ts'
import type { TestClient } from './test-client.ts'

interface Answer {
  readonly received: number
  readonly file: File | null
  readonly refused?: UploadRefused
  readonly refusedAt?: string
}

/** Sends one piece; a refusal is thrown as a Problem. */
export async function sendPiece(
  client: TestClient,
  uploadId: UploadId,
  offset: number,
  bytes: Uint8Array<ArrayBuffer>,
  operation = randomUUID(),
): Promise<Answer> {
  const response = await fetch(`${client.url}/api/v1/uploads/${uploadId}?offset=${offset}`, {
    method: 'PATCH',
    headers: { cookie: client.cookie(), 'content-type': bytesType, 'idempotency-key': operation },
    body: bytes,
  })
  const body: unknown = await response.json()
  if (response.ok) return body as Answer
  const { code, params } = body as { code: ProblemCode; params: Record<string, unknown> }
  throw new Problem(code, { params })
}

export interface NewFile {
  readonly courseId: string
  readonly folderId?: string | null
  readonly fileId?: string
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer> | string
}

/** Uploads a whole file and answers it. */
export async function uploadFile(client: TestClient, { bytes, ...given }: NewFile): Promise<File> {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  const input = { ...given, size: content.length, print: randomUUID() }
  const { upload } = await client.request(fileRoutes.startUpload, input as never)
  const { file } = await sendPiece(client, upload.id, 0, content)
  if (!file) throw new Error('The upload was not finished')
  return file
}

export interface DraftFile extends Pick<NewFile, 'name' | 'bytes'> {
  readonly courseId: CourseId
  readonly assignmentId: AssignmentId
}

/** Uploads a whole file into what the client is about to hand in, and answers its id; why it was refused is thrown. */
export async function uploadIntoDraft(
  client: TestClient,
  { name, bytes, ...of }: DraftFile,
): Promise<SubmissionFileId> {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  const begun = { ...of, name, size: content.length, print: randomUUID() }
  const { upload } = await client.request(assignmentRoutes.startUpload, begun)
  const { refused } = await sendPiece(client, upload.id, 0, content)
  if (refused) throw new Error(refused)
  const { own } = await client.request(assignmentRoutes.get, of)
  const id = own?.draft.files.at(-1)?.id
  if (!id) throw new Error('The upload was not finished')
  return id
}

interface NewAttachment {
  readonly channelId: ChannelId
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer> | string
}

/** Brings a file for a message that is to be sent, and answers its id there. */
export async function attachFile(client: TestClient, { bytes, ...given }: NewAttachment): Promise<AttachmentId> {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  const input = { ...given, size: content.length, print: randomUUID() }
  const { upload } = await client.request(attachmentRoutes.startAttachment, input)
  await sendPiece(client, upload.id, 0, content)
  return upload.id as string as AttachmentId
}

/** A picture of one dot. */
export const dot = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

/** Seconds of silence as a recording: PCM, 8 bits, 8 kHz (RIFF WAVE). */
export function silence(seconds: number): Buffer {
  const data = Buffer.alloc(seconds * 8_000, 128)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  for (const [at, value] of [
    [16, 16],
    [24, 8_000],
    [28, 8_000],
    [40, data.length],
  ] as const)
    head.writeUInt32LE(value, at)
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    head.writeUInt16LE(value, at)
  head.write('data', 36, 'latin1')
  return Buffer.concat([head, data])
}
