// What the client knows and does about files beside uploading them. The only place that asks the files' routes.
import { request, requestOf } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { folderRoutes } from '#protocol/files/folders.ts'
import { type FileEntry, type FileForm, fileRoutes } from '#protocol/files.ts'

type FolderInput<V extends keyof typeof folderRoutes> = InputBefore<(typeof folderRoutes)[V]>
type FilesInput<V extends keyof typeof fileRoutes> = InputBefore<(typeof fileRoutes)[V]>

export const listFiles = (input: FilesInput<'list'>) => request(fileRoutes.list, input)
export const readFolder = (input: FolderInput<'folder'>) => request(folderRoutes.folder, input)
export const getFile = (fileId: string) => request(fileRoutes.get, { fileId })
export const listVersions = (fileId: string) => request(fileRoutes.versions, { fileId })
export const createFolder = (input: FilesInput<'createFolder'>) => request(fileRoutes.createFolder, input)
export const changeFile = (input: FilesInput<'change'>) => request(fileRoutes.change, input)
export const placeFile = (input: FilesInput<'place'>) => request(fileRoutes.place, input)
export const placeFolder = (input: FolderInput<'placeFolder'>) => request(folderRoutes.placeFolder, input)
export const restoreVersion = (fileId: string, number: number) => request(fileRoutes.restoreVersion, { fileId, number })

/** Gives a course another room for its files, in bytes. */
export const changeSpace = (courseId: string, limit: number) =>
  request(fileRoutes.changeSpace, { courseId, limit } as FilesInput<'changeSpace'>)

/** Whether something was refused because a course has no room left. */
export const foundNoRoom = (error: unknown): boolean => error instanceof ClientProblem && error.code === 'no-room'

/** Where the bytes of a file are: to be shown, or to be saved. */
export function contentUrl(fileId: string, as: 'inline' | 'attachment' = 'inline', number?: number): string {
  return requestOf(fileRoutes.content, { fileId, as, number }).url
}

/** Runs an act and shows its refusal as a notice. Answers whether it was done. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
    return false
  }
}

/** Renames or moves a file or folder. */
export const changeEntry = (entry: FileEntry, change: { name?: string; into?: string | null }) =>
  entry.kind === 'file'
    ? request(fileRoutes.change, { fileId: entry.id, version: entry.version, ...change })
    : request(fileRoutes.changeFolder, { folderId: entry.id, version: entry.version, ...change })

const remove = (entry: FileEntry) =>
  entry.kind === 'file'
    ? request(fileRoutes.remove, { fileId: entry.id })
    : request(fileRoutes.removeFolder, { folderId: entry.id })

/** Brings something back out of the bin. */
export const restoreEntry = (entry: FileEntry) =>
  attempt(() =>
    entry.kind === 'file'
      ? request(fileRoutes.restore, { fileId: entry.id })
      : request(fileRoutes.restoreFolder, { folderId: entry.id }),
  )

/** Puts something into the bin, with a notice that brings it back. Answers whether it was done. */
export async function removeEntry(entry: FileEntry, onChanged: () => void): Promise<boolean> {
  if (!(await attempt(() => remove(entry)))) return false
  onChanged()
  showToast({
    text: t('files.removed', { name: entry.name }),
    onUndo: () => void restoreEntry(entry).then(onChanged),
  })
  return true
}

/** Moves something, with a notice that moves it back. */
export async function moveEntry(
  entry: FileEntry,
  into: { readonly id: string | null; readonly name: string },
  onChanged: () => void,
): Promise<boolean> {
  const done = await attempt(() => changeEntry(entry, { into: into.id }))
  if (!done) return false
  onChanged()
  const back = { ...entry, version: entry.version + 1 }
  showToast({
    text: t('files.moved', { name: entry.name, folder: into.name }),
    onUndo: () => void attempt(() => changeEntry(back, { into: entry.folderId })).then(onChanged),
  })
  return true
}

/** What would be lost of the bin: of one entry, or all of it. */
export const getBin = (courseId: string, entry?: FileEntry) =>
  request(fileRoutes.bin, {
    courseId,
    ...(entry === undefined ? {} : entry.kind === 'file' ? { fileId: entry.id } : { folderId: entry.id }),
  })

/** Takes a file or folder out of the bin for good; answers how much of it is left, to go when it is asked again. */
export async function destroyEntry(entry: FileEntry): Promise<number> {
  if (entry.kind === 'folder') return (await request(fileRoutes.destroyFolder, { folderId: entry.id })).left
  await request(fileRoutes.destroy, { fileId: entry.id })
  return 0
}

/** Takes everything for good that came into the bin until then; answers how much is left, to go when it is asked again. */
export const emptyBin = async (courseId: string, until: string): Promise<number> =>
  (await request(fileRoutes.emptyBin, { courseId, until })).left

const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes in the reader's words: "1.4 MB". */
export function sizeWords(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.max(0, Math.min(units.length, Math.floor(Math.log10(bytes) / 3)) - 1)
  const value = bytes / 1000 ** (step + 1)
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'kilobyte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value)
}

const formTexts = {
  image: 'files.formImage',
  audio: 'files.formAudio',
  video: 'files.formVideo',
  pdf: 'files.formPdf',
  text: 'files.formText',
  other: 'files.formOther',
} as const satisfies Record<FileForm, string>

/** What a file is, as a word. */
export const formWord = (form: FileForm): string => t(formTexts[form])
