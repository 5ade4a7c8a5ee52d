// The door of the gradebook: the table, a person's own grades, why a grade is what it is, and the table as a file.
import type { ItemId } from '#protocol/activities.ts'
import type { Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { type Scale, shownWords } from '#protocol/grades/scale.ts'
import { scoredTotal } from '#protocol/grades/total.ts'
import type { EmptyCell, GradeItemId, gradeRoutes } from '#protocol/grades.ts'
import type { Texts } from '#protocol/texts/en/index.ts'
import { demandMay, may } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { demandActivity, getCorrection, getItemPlace, type ItemPlace } from '#server/features/activities/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { correctItem } from './actions/correct.ts'
import { changeGrading } from './actions/grading.ts'
import { changeGradeItem } from './actions/items.ts'
import { changeBook, releaseColumn } from './actions/release.ts'
import { hiddenColumns } from './queries/conditions.ts'
import { namesOf, upAndDown, whoChanges } from './queries/correction.ts'
import { explainGrade } from './queries/explain.ts'
import { cellsOf, getGradeItem, gradeTable, listGraded, listGradeItems, type TableRow } from './queries/gradebook.ts'
import { findGrading, toldTotal } from './queries/grading.ts'
import { ownCells } from './queries/held.ts'
import { lateMarks, type OtherGrade } from './queries/marked.ts'
import { emptyCells } from './queries/measured.ts'
import { changesOf } from './queries/other.ts'

/** The word of the gradebook for why a cell is empty; nothing where nothing was given. */
const emptyWord = (why: EmptyCell['why'], { grades }: Texts): string => {
  if (why === 'not-given') return ''
  return why === 'held-back' ? grades.notReleased : grades[why === 'absent' ? 'missed' : why]
}

/** What stands in a cell of the file, and beside it how the course shows it where that is not as points. */
function cellsOfFile(row: TableRow, id: GradeItemId, scale: Scale, texts: Texts): string[] {
  const cell = row.cells.find(one => one.gradeItemId === id)
  const why = row.empty.find(one => one.gradeItemId === id)?.why
  const shown = scale.shows === 'points' ? [] : [cell ? shownWords(scale, cell) : '']
  return [cell?.score ?? (why ? emptyWord(why, texts) : ''), ...shown]
}

/** The total in percent, and as it is shown where that is not as points. */
const totalOfFile = ({ total }: TableRow, scale: Scale): string[] => [
  total?.percent ?? '',
  ...(scale.shows === 'points' ? [] : [total ? shownWords(scale, scoredTotal(total)) : '']),
]

async function tableAsCsv(ctx: Ctx, courseId: string): Promise<string> {
  const items = await listGradeItems(ctx, courseId)
  const { scale } = await findGrading(courseId)
  const texts = await readersTexts(ctx)
  const headed = (title: string, unit: string): string[] =>
    scale.shows === 'points' ? [`${title} (${unit})`] : [`${title} (${unit})`, `${title} (${texts.grades.asShown})`]
  const heads = items.flatMap(item => headed(item.title, item.points))
  const lines = [[texts.grades.learner, ...heads, ...headed(texts.grades.total, '%')]]
  let after: string | undefined
  do {
    const page = await gradeTable(ctx, { courseId, after, limit: 200 })
    for (const row of page.items) {
      const { name, kind } = row
      const scores = items.flatMap(({ id }) => cellsOfFile(row, id, scale, texts))
      const person = kind === 'guest' ? `${name} (${texts.courses.peopleGuest})` : name
      lines.push([person, ...scores, ...totalOfFile(row, scale)])
    }
    after = page.next
  } while (after !== undefined)
  return csvFile(lines)
}

/** The item, for somebody who may change its key and the grades that come of it. */
async function correctable(ctx: Ctx, itemId: ItemId): Promise<ItemPlace> {
  const place = await getItemPlace(ctx, itemId)
  await demandMay(ctx, 'grade.change', courseContext(place.courseId))
  await demandActivity(ctx, { courseId: place.courseId, id: place.activityId })
  return place
}

/** How many people a preview names; it counts all of them. */
const mostNamed = 200

/** What somebody reads of their own grades in a course; asks whether they may. Throws what `demandMay` throws. */
export async function readOwnGrades(ctx: Ctx, courseId: string): Promise<Output<typeof gradeRoutes.mine>> {
  await demandMay(ctx, 'activity.view', courseContext(courseId))
  const accountId = accountOf(ctx.who)
  const staff = await may(ctx, 'grade.view-all', courseContext(courseId))
  const cells = staff
    ? ((await cellsOf(ctx, courseId, [accountId])).get(accountId) ?? [])
    : await ownCells(ctx, courseId, accountId)
  const hidden = staff ? new Set() : await hiddenColumns(ctx, courseId, accountId)
  const gradeItems = (await listGradeItems(ctx, courseId)).filter(one => !hidden.has(one.id))
  const without = gradeItems.map(one => one.id).filter(id => !cells.some(cell => cell.gradeItemId === id))
  const whyEmpty = await emptyCells(ctx, courseId, without, [accountId])
  const back = new Set(staff ? [] : gradeItems.filter(one => one.held).map(one => one.id))
  const empty = without.map(id =>
    back.has(id) ? { gradeItemId: id, why: 'held-back' as const } : whyEmpty(id, accountId),
  )
  const shown = cells.filter(cell => !hidden.has(cell.gradeItemId))
  return { gradeItems, cells: shown, empty, total: toldTotal(await findGrading(courseId), shown) }
}

export const httpHandlers: Handlers<typeof gradeRoutes> = {
  table: async (ctx, input) => {
    await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
    const gradeItems = input.after === undefined ? await listGradeItems(ctx, input.courseId) : []
    return { gradeItems, ...(await gradeTable(ctx, input)) }
  },
  mine: (ctx, { courseId }) => readOwnGrades(ctx, courseId),
  explain: async (ctx, input) => {
    const item = await getGradeItem(ctx, input.gradeItemId)
    const course = courseContext(item.courseId)
    const accountId = input.accountId as AccountId
    if (await may(ctx, 'grade.view-all', course)) return explainGrade(ctx, item, accountId, 'staff')
    await demandMay(ctx, 'activity.view', course)
    demand(ctx.who.kind === 'account' && ctx.who.accountId === accountId)
    demand(!(await hiddenColumns(ctx, item.courseId, accountId)).has(item.id), 'not-found')
    return explainGrade(ctx, item, accountId, 'self')
  },
  changeItem: async (ctx, input) => {
    const item = await getGradeItem(ctx, input.gradeItemId)
    await demandMay(ctx, 'grade.change', courseContext(item.courseId))
    return changeGradeItem(ctx, input)
  },
  previewRelease: async (ctx, { gradeItemId }) => {
    const item = await getGradeItem(ctx, gradeItemId)
    await demandMay(ctx, 'grade.release', courseContext(item.courseId))
    return { people: (await listGraded(ctx, item.id)).length }
  },
  release: async (ctx, input) => {
    const item = await getGradeItem(ctx, input.gradeItemId)
    await demandMay(ctx, 'grade.release', courseContext(item.courseId))
    return releaseColumn(ctx, input)
  },
  changeBook: async (ctx, input) => {
    await demandMay(ctx, 'grade.release', courseContext(input.courseId))
    return changeBook(ctx, input)
  },
  scale: async (ctx, { courseId }) => {
    await demandMay(ctx, 'activity.view', courseContext(courseId))
    return (await findGrading(courseId)).scale
  },
  grading: async (ctx, { courseId }) => {
    await demandMay(ctx, 'grade.view-all', courseContext(courseId))
    return findGrading(courseId)
  },
  previewGrading: async (ctx, { courseId, late }) => {
    await demandMay(ctx, 'grade.change', courseContext(courseId))
    const found: OtherGrade[] = []
    for (const one of lateMarks()) found.push(...(await one.preview(ctx, courseId, late)))
    return changesOf(ctx, found)
  },
  changeGrading: async (ctx, input) => {
    await demandMay(ctx, 'grade.change', courseContext(input.courseId))
    return changeGrading(ctx, input)
  },
  previewCorrection: async (ctx, input) => {
    const place = await correctable(ctx, input.itemId)
    const changes = await whoChanges(ctx, place, input)
    const { up, down } = upAndDown(changes)
    const names = await namesOf(ctx, [...up, ...down].slice(0, mostNamed))
    const listed = changes.flatMap(one => {
      const name = names.get(one.accountId)
      return name === undefined ? [] : [{ ...one, name }]
    })
    return { up: up.size, down: down.size, changes: listed }
  },
  correct: async (ctx, input) => {
    await correctable(ctx, input.itemId)
    return correctItem(ctx, input)
  },
  correction: async (ctx, { correctionId }) => {
    const correction = await getCorrection(ctx, correctionId)
    await demandMay(ctx, 'grade.change', courseContext(correction.courseId))
    return correction
  },
  csv: async (ctx, { courseId }) => {
    await demandMay(ctx, 'grade.view-all', courseContext(courseId))
    return new FileAnswer('grades.csv', 'text/csv; charset=utf-8', await tableAsCsv(ctx, courseId))
  },
}
