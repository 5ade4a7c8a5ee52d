// The icon of a file, by what it is.
import { File, FileAudio, FileImage, FileText, FileType, FileVideo, Folder, type LucideIcon } from 'lucide-preact'
import type { FileEntry, FileForm } from '#protocol/files.ts'

const icons: Readonly<Record<FileForm, LucideIcon>> = {
  image: FileImage,
  audio: FileAudio,
  video: FileVideo,
  pdf: FileType,
  text: FileText,
  other: File,
}

export const formIcon = (form: FileForm): LucideIcon => icons[form]

export const entryIcon = (entry: FileEntry): LucideIcon => (entry.kind === 'folder' ? Folder : icons[entry.form])
