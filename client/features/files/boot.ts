// Tells the course home about files: how they look, where they lead, how they come in. Called once by main.
import { File, Folder, FolderOpen } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { registerFrameTool } from '#client/app/frame-tools.ts'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseLink, registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { fileForm } from '#protocol/files.ts'
import { formWord, sizeWords } from './store.ts'
import { UploadTray } from './UploadTray.tsx'

export function startFiles(): void {
  registerItemKind('file', {
    icon: File,
    label: 'files.file',
    path: ({ courseId, refId }) => pathTo('file', { courseId, fileId: refId }),
    detail: ({ detail: { form, size } }) => {
      const read = fileForm.safeParse(form)
      return read.success && typeof size === 'number' ? `${formWord(read.data)}, ${sizeWords(size)}` : undefined
    },
  })
  registerItemAdder({
    kind: 'file',
    label: 'files.file',
    icon: File,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewFileDialog.tsx')).NewFileDialog),
  })
  registerItemKind('folder', {
    icon: Folder,
    label: 'files.folder',
    path: ({ courseId, refId }) => pathTo('folder', { courseId, folderId: refId }),
    detail: ({ detail: { files } }) => (typeof files === 'number' ? t('files.count', { count: files }) : undefined),
  })
  registerItemAdder({
    kind: 'folder',
    label: 'files.folder',
    icon: Folder,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewFolderDialog.tsx')).NewFolderDialog),
  })
  registerCourseLink({
    name: 'files',
    order: 6,
    label: 'files.title',
    icon: FolderOpen,
    capability: 'content.change',
    path: courseId => pathTo('files', { courseId }),
  })
  registerFrameTool({ name: 'uploads', Over: UploadTray })
}
