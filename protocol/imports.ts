// People and enrolments read in for the whole school, from CSV of our own or from OneRoster CSV: sent in pieces, tried,
// done as a job with progress, cancelled or undone as a batch. Every row is told what becomes of it.
import * as z from 'zod/mini'
import { namedRole } from './access.ts'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, idSchema, instant, line, nothing } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { day } from './organisation.ts'

export const importId = idSchema<'Import'>()
export type ImportId = z.infer<typeof importId>

/** Characters of one piece, and pieces and rows of one list, at most. */
export const mostOfImport = { pieceCharacters: 60_000, pieces: 200, rows: 50_000 } as const

/** `classes`: OneRoster's classes.csv, which says what the classes of enrolments are called. */
export const pieceSort = z.enum(['people', 'enrolments', 'classes'])
export type PieceSort = z.infer<typeof pieceSort>
export const rowSort = z.enum(['people', 'enrolments'])

/** What the file of each list was called, where whoever sent it says so. */
export const importFiles = z.strictObject({
  people: z.optional(line(200)),
  enrolments: z.optional(line(200)),
  classes: z.optional(line(200)),
})
export type ImportFiles = z.infer<typeof importFiles>

export const importState = z.enum(['filling', 'checked', 'running', 'done', 'cancelled', 'undoing', 'undone'])
export type ImportState = z.infer<typeof importState>

export const rowError = z.enum([
  'no-name',
  /** Longer than names are. */
  'long-name',
  'no-email',
  'bad-email',
  'bad-role',
  /** The same person, or the same person in the same course, whatever the list calls it, stands further up. */
  'twice',
  /** Neither in this import nor in the school. */
  'no-account',
  'no-course',
  /** It is over, or was over when its turn came. */
  'course-ended',
  /** It is a template: nobody learns in it. */
  'course-template',
  /** Several courses are called so. */
  'many-courses',
  'suspended',
  /** OneRoster says that it is to be deleted: an import takes nothing away. */
  'to-be-deleted',
  /** The address that somebody known by their id has by now is somebody else's. */
  'email-taken',
  /** No day such as 2027-01-31. */
  'bad-date',
  /** The enrolment begins on a later day, or was over when its turn came. */
  'begins-later',
  'over',
])
export type RowError = z.infer<typeof rowError>

const counts = z.object({
  /** Rows in all. */
  rows: z.int(),
  /** New ones: to be made before, made after. */
  made: z.int(),
  wasThere: z.int(),
  /** There already, and otherwise by the list: to be changed before, changed after. */
  changed: z._default(z.int(), 0),
  errors: z.int(),
  /** Rows that were worked on. */
  handled: z.int(),
  /** Made by it and gone again, or changed and as it was, since it was undone. */
  takenBack: z.int(),
})

/** Columns of a list that nothing is made of, as its head calls them. */
export const unusedColumns = z.object({ sort: pieceSort, columns: z.array(z.string()) })
export type UnusedColumns = z.infer<typeof unusedColumns>

export const siteImport = z.object({
  id: importId,
  state: importState,
  /** Who sent it. */
  author: z.string(),
  /** The names of the files that were read; forgotten with the names in the rows. */
  files: importFiles,
  unused: z._default(z.array(unusedColumns), []),
  createdAt: instant,
  finishedAt: z.nullable(instant),
  people: counts,
  enrolments: counts,
})
export type SiteImport = z.infer<typeof siteImport>

export const importedRow = z.object({
  sort: rowSort,
  /** The line of its list, the head being line 1. */
  line: z.int(),
  name: z.string(),
  email: z.string(),
  /** The role that the list names; of one made here, in `custom`, the least there is. */
  role: z.nullable(z.string()),
  custom: z._default(z.nullable(namedRole), null),
  course: z.string(),
  error: z.nullable(rowError),
  /**
   * For whoever is there already: the name of the account, or the role in the course. It stays as it is, whatever the list
   * says. Null for what is new, for people who are changed, and for what is not taken.
   */
  there: z.nullable(z.string()),
  /** The role made here that they have in the course; `there` then says as what it counts. */
  thereCustom: z._default(z.nullable(namedRole), null),
  /** The last day of an enrolment by the clocks of its course, as the list says; null where it says nothing. */
  endsOn: z._default(z.nullable(day), null),
  /** What is changed, as it was: of people known by the id of another system name and address, of enrolments the end. */
  was: z._default(
    z.nullable(
      z.object({
        name: z.optional(z.string()),
        email: z.optional(z.string()),
        endsOn: z.optional(z.nullable(day)),
      }),
    ),
    null,
  ),
})
export type ImportedRow = z.infer<typeof importedRow>

/** How many rows with the same fault stand together at least. */
export const manyAlike = 5

/** Rows with the same fault: of one about a course, those that name the same one. */
export const errorGroup = z.object({
  sort: rowSort,
  error: rowError,
  /** As the list calls it; empty where the fault is not about a course. */
  course: z.string(),
  rows: z.int(),
})
export type ErrorGroup = z.infer<typeof errorGroup>

const one = z.strictObject({ importId })
const answer = z.object({ import: siteImport })

export const siteImportRoutes = defineRoutes('imports', {
  create: route('POST', '/imports', write(z.strictObject({ files: z.optional(importFiles) }), answer)),
  /** One piece of a list, in order of `place`; sent again it replaces itself. */
  addPiece: route(
    'PUT',
    '/imports/:importId/pieces',
    write(
      z.strictObject({
        importId,
        sort: pieceSort,
        place: z.int().check(z.minimum(0), z.maximum(mostOfImport.pieces - 1)),
        text: z.string().check(z.maxLength(mostOfImport.pieceCharacters)),
      }),
      nothing,
    ),
  ),
  /** Reads the lists and judges every row; nobody is made. A list that can not be read is `malformed` with its line. */
  check: route(
    'POST',
    '/imports/:importId/check',
    write(one, z.object({ import: siteImport, unused: z.array(unusedColumns) })),
  ),
  run: route('POST', '/imports/:importId/run', write(one, answer)),
  /** Stops after the batch that is under way; what was done stays, and can be undone. */
  cancel: route('POST', '/imports/:importId/cancel', write(one, answer)),
  /** Ends the enrolments it made, puts back what it changed, and takes back the accounts it made that nobody has used. */
  undo: route('POST', '/imports/:importId/undo', write(one, answer)),
  get: route('GET', '/imports/:importId', read(one, answer)),
  /**
   * Rows of one list that are taken, as they were understood; with `only`
   * those of which something stays that the list says otherwise (`differing`), or is changed (`changing`).
   */
  rows: route(
    'GET',
    '/imports/:importId/rows',
    read(
      z.strictObject({ importId, sort: rowSort, only: z.optional(z.enum(['differing', 'changing'])), ...pageInput }),
      pageOf(importedRow),
    ),
  ),
  list: route('GET', '/imports', read(z.strictObject({ ...pageInput }), pageOf(siteImport))),
  /** The people of one import who have nothing to sign in with yet, in the order of their list. */
  waiting: route(
    'GET',
    '/imports/:importId/waiting',
    read(
      z.strictObject({ importId, ...pageInput }),
      pageOf(z.object({ accountId, name: z.string(), email: z.nullable(z.string()) })),
    ),
  ),
  /** Rows that are not taken, by list and line. `few`: but for those of the groups; with a fault, those of one group. */
  errors: route(
    'GET',
    '/imports/:importId/errors',
    read(
      z.strictObject({
        importId,
        few: z._default(z.stringbool(), false),
        sort: z.optional(rowSort),
        error: z.optional(rowError),
        course: z.optional(z.string().check(z.maxLength(200))),
        ...pageInput,
      }),
      pageOf(importedRow),
    ),
  ),
  /** Faults that many rows have alike, the most frequent first; a hundred at most. */
  errorGroups: route('GET', '/imports/:importId/error-groups', read(one, z.object({ items: z.array(errorGroup) }))),
})
