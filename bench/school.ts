// A school read in the way its people would: lists sent in pieces, judged, and done as a job; courses made through the doors.
import { setTimeout as pause } from 'node:timers/promises'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type ImportId, mostOfImport, type PieceSort, type SiteImport, siteImportRoutes } from '#protocol/imports.ts'
import type { TestClient } from '#server/test/test-client.ts'

export const emailOf = (person: number): string => `person${person}@measured.example`

/** A list of people; `count` rows under a head. */
export const peopleList = (count: number): string =>
  ['name,email', ...Array.from({ length: count }, (_, person) => `Person ${person},${emailOf(person)}`)].join('\n')

/** Reads lists in and answers what became of them, with the seconds until the dry run was there and until all was done. */
export async function readIn(
  boss: TestClient,
  lists: Partial<Record<PieceSort, string>>,
): Promise<{ done: SiteImport; checked: number; seconds: number }> {
  const began = performance.now()
  const since = () => (performance.now() - began) / 1000
  const { id: importId } = (await boss.request(siteImportRoutes.create)).import
  for (const [sort, text] of Object.entries(lists) as [PieceSort, string][])
    for (let at = 0, place = 0; at < text.length; at += mostOfImport.pieceCharacters, place++)
      await boss.request(siteImportRoutes.addPiece, {
        ...{ importId, sort, place },
        text: text.slice(at, at + mostOfImport.pieceCharacters),
      })
  await boss.request(siteImportRoutes.check, { importId })
  const checked = since()
  await boss.request(siteImportRoutes.run, { importId })
  return { done: await reaches(boss, importId, 'done'), checked, seconds: since() }
}

async function reaches(boss: TestClient, importId: ImportId, state: 'done' | 'undone'): Promise<SiteImport> {
  for (;;) {
    const one = (await boss.request(siteImportRoutes.get, { importId })).import
    if (one.state === state) return one
    await pause(100)
  }
}

/** Takes an import back and answers the seconds until all of it is. */
export async function takeBack(boss: TestClient, importId: ImportId): Promise<number> {
  const began = performance.now()
  await boss.request(siteImportRoutes.undo, { importId })
  await reaches(boss, importId, 'undone')
  return (performance.now() - began) / 1000
}

/** Fills a course with modules of ten published pages each. */
export async function fillCourse(host: TestClient, courseId: CourseId, pages: number): Promise<void> {
  for (let made = 0; made < pages; ) {
    const { module } = await host.request(outlineRoutes.createModule, { courseId, title: `Week ${made / 10 + 1}` })
    for (const end = Math.min(pages, made + 10); made < end; made++)
      await host.request(contentRoutes.createPage, {
        ...{ courseId, moduleId: module.id, title: `Page ${made + 1}`, published: true },
        body: 'What is read here takes a minute. '.repeat(20),
      })
  }
}
