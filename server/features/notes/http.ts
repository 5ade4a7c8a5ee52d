// The HTTP door of notes: asks for the right, then calls the action or query.
import { demand } from '#protocol/base/problems.ts'
import type { NoteId, noteRoutes } from '#protocol/notes.ts'
import { demandMay, demandNotOver } from '#server/features/access/index.ts'
import { courseContext, getCourse } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { changeNote, createNote, removeNote, restoreNote } from './actions.ts'
import { getNote, listNotes, noteOf, savedMarkdown } from './queries.ts'

async function demandManage(ctx: Ctx, noteId: NoteId, which: 'standing' | 'removed too' = 'standing'): Promise<void> {
  const { row, rights } = await getNote(ctx, noteId, which)
  // Where the course is over, that is the reason.
  if (!rights.mayManage) await demandNotOver(ctx, courseContext(row.courseId))
  demand(rights.mayManage, 'not-allowed')
}

/** A title as the name of a file: no sign that a file system or a header takes for its own. */
const fileName = (title: string): string => {
  const plain = title.replace(/[\p{Cc}\s\\/:*?"<>|]+/gu, ' ').trim()
  return `${plain.slice(0, 80) || 'note'}.md`
}

export const httpHandlers: Handlers<typeof noteRoutes> = {
  list: async (ctx, input) => {
    await getCourse(ctx, input.courseId)
    const { items, ...rest } = await listNotes(ctx, input)
    return {
      ...rest,
      items: items.map(({ note, rights, written_at: writtenAt, excerpt }) => ({
        ...note,
        ...rights,
        writtenAt: writtenAt && new Date(writtenAt).toISOString(),
        excerpt: excerpt.trim(),
      })),
    }
  },
  get: async (ctx, { noteId }) => {
    const { row, rights } = await getNote(ctx, noteId)
    return { note: noteOf(row), ...rights }
  },
  create: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { note: await createNote(ctx, input) }
  },
  change: async (ctx, input) => {
    await demandManage(ctx, input.noteId)
    return { note: await changeNote(ctx, input) }
  },
  remove: async (ctx, { noteId }) => {
    await demandManage(ctx, noteId, 'removed too')
    await removeNote(ctx, noteId)
    return {}
  },
  restore: async (ctx, { noteId }) => {
    await demandManage(ctx, noteId, 'removed too')
    await restoreNote(ctx, noteId)
    return {}
  },
  text: async (ctx, { noteId }) => {
    await getNote(ctx, noteId)
    return savedMarkdown(ctx, noteId)
  },
  markdown: async (ctx, { noteId }) => {
    const { row } = await getNote(ctx, noteId)
    const { markdown } = await savedMarkdown(ctx, noteId)
    return new FileAnswer(fileName(row.title), 'text/markdown; charset=utf-8', markdown)
  },
}
