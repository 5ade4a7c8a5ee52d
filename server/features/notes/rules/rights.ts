// Who may do what with a note, decided from plain data. Pure.
import type { NoteRights, NoteWriters } from '#protocol/notes.ts'

/** How one person stands to a note: what their roles in the course allow, and their seat in its class, if it has one. */
export interface NoteStanding {
  readonly views: boolean
  readonly writes: boolean
  readonly manages: boolean
  readonly inClass: ClassStanding
}

/** What a class gives those who are in it without being in its course. */
export interface ClassStanding {
  readonly reads: boolean
  readonly writes: boolean
}

export const notInClass: ClassStanding = { reads: false, writes: false }

/** Everybody of the course reads, and the guests of the class the note belongs to. */
export const mayRead = ({ views, manages, inClass }: NoteStanding): boolean => views || manages || inClass.reads

/** Staff always; others where the note is everybody's. Who may not read may not write. */
export function noteRights(standing: NoteStanding, writers: NoteWriters): NoteRights {
  const { views, writes, manages, inClass } = standing
  const belongs = (views && writes) || (inClass.reads && inClass.writes)
  return { mayWrite: manages || (belongs && writers === 'everybody'), mayManage: manages }
}
