// Takes courses away and brings archives in, as a client does; and reads archives so that two can be compared.
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { activityRoutes } from '#protocol/activities.ts'
import { archiveRoutes, type CourseImport, courseExportsScope, courseImportsScope } from '#protocol/archives.ts'
import { bytesType } from '#protocol/base/call.ts'
import { calendarRoutes } from '#protocol/calendar.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { courseScope } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { groupsScope } from '#protocol/groups.ts'
import { linkRoutes } from '#protocol/links.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { makeZip } from '#server/platform/extract/zip.fixture.ts'
import { readZip } from '#server/platform/extract/zip.ts'
import type { signedInClient } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { dot, uploadFile } from '#server/test/uploads.ts'
import { type Manifest, manifestName } from './rules.ts'

export type Person = Awaited<ReturnType<typeof signedInClient>>
export type Entries = Record<string, Buffer>

/** Makes the archive of a course and fetches it. */
export async function takeAway(person: Person, courseId: string): Promise<Buffer> {
  const live = await person.subscribe(courseExportsScope, courseId)
  const { export: begun } = await person.request(archiveRoutes.startExport, { courseId: courseId as never })
  const stands = () => live.state().exports.find(one => one.id === begun.id)
  await waitFor(() => (stands()?.state ?? 'running') !== 'running', 'the archive', 30_000)
  assert.equal(stands()?.state, 'ready', JSON.stringify(stands()?.refusal))
  const response = await fetch(`${person.url}/api/v1/course-exports/${begun.id}/content`, {
    headers: { cookie: person.cookie() },
  })
  assert.equal(response.status, 200)
  return Buffer.from(await response.arrayBuffer())
}

/** Sends an archive and waits until it was looked through. */
export async function bringIn(person: Person, bytes: Uint8Array, name = 'course.zip'): Promise<CourseImport> {
  const live = await person.subscribe(courseImportsScope, person.accountId)
  const asked = { name, size: bytes.length, print: randomUUID() }
  const { import: begun } = await person.request(archiveRoutes.startImport, asked)
  for (let at = 0; at < bytes.length; at += 4_000_000) {
    const response = await fetch(`${person.url}/api/v1/course-imports/${begun.id}?offset=${at}`, {
      method: 'PATCH',
      headers: { cookie: person.cookie(), 'content-type': bytesType, 'idempotency-key': randomUUID() },
      body: Uint8Array.from(bytes.subarray(at, at + 4_000_000)),
    })
    assert.equal(response.status, 200, await response.text())
  }
  return past(live, begun.id, 'receiving', 'looking')
}

type Live = { state(): { imports: CourseImport[] } }

/** Waits until an import is past these states. */
async function past(live: Live, id: string, ...states: CourseImport['state'][]): Promise<CourseImport> {
  const stands = () => live.state().imports.find(one => one.id === id)
  await waitFor(() => !states.includes(stands()?.state ?? 'receiving'), `the end of ${states}`, 30_000)
  return stands() ?? assert.fail()
}

/** Makes the course of an archive that was looked through. */
export async function make(person: Person, { id, summary }: CourseImport, more: object = {}): Promise<CourseImport> {
  const live = await person.subscribe(courseImportsScope, person.accountId)
  const asked = { importId: id, how: 'make' as const, title: summary?.title ?? 'A course', shift: { days: 0 }, ...more }
  await person.request(archiveRoutes.make, asked as never)
  return past(live, id, 'receiving', 'looking', 'looked', 'making')
}

/** What is in an archive, by name. */
export const entriesOf = (archive: Buffer): Entries =>
  Object.fromEntries(readZip(archive).map(one => [one.name, one.read()]))

const jsonIn = (entries: Entries, name: string): unknown => JSON.parse(entries[name]?.toString() ?? assert.fail(name))

const sumOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** An archive again, with sums that fit what is in it now. */
export function packed(entries: Entries, change: (manifest: Manifest) => object = manifest => manifest): Uint8Array {
  const manifest = jsonIn(entries, manifestName) as Manifest
  for (const part of manifest.parts) part.sha256 = sumOf(entries[`parts/${part.feature}.json`] ?? Buffer.alloc(0))
  return makeZip({ ...entries, [manifestName]: JSON.stringify(change(manifest)) })
}

/** An archive with bytes that no part names, and every part that is among its entries. */
export function withBytes(entries: Entries): Uint8Array {
  const id = randomUUID()
  const bytes = Buffer.from('nobody names me')
  const features = Object.keys(entries).flatMap(one => /^parts\/(.*)\.json$/.exec(one)?.[1] ?? [])
  return packed({ ...entries, [`bytes/${id}`]: bytes }, manifest => ({
    ...manifest,
    parts: features.map(feature => ({ feature, sha256: sumOf(entries[`parts/${feature}.json`] ?? bytes) })),
    bytes: [...manifest.bytes, { id, size: bytes.length, sha256: sumOf(bytes) }],
  }))
}

/** An archive with one part changed. */
export const withPart = (entries: Entries, feature: string, change: (part: never) => unknown): Uint8Array =>
  packed({
    ...entries,
    [`parts/${feature}.json`]: Buffer.from(JSON.stringify(change(jsonIn(entries, `parts/${feature}.json`) as never))),
  })

interface Named {
  readonly id: string
  readonly title?: string
  readonly name?: string
  readonly current?: string
  readonly versions?: readonly { id: string; question: { body: { prompt: string } } }[]
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const moment = /\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?/g

/** What archives of equal courses have in common: things by what they are called, no dates, lists in one order. */
export function comparable(archive: Buffer): unknown {
  const entries = entriesOf(archive)
  const manifest = jsonIn(entries, manifestName) as Manifest
  const names = new Map<string, string>(manifest.bytes.map(one => [one.id, `bytes ${one.sha256}`]))
  const parts = Object.fromEntries(
    manifest.parts.map(({ feature }) => [feature, jsonIn(entries, `parts/${feature}.json`)]),
  )
  const walk = (feature: string, value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(feature, one)
    else if (typeof value === 'object' && value !== null) {
      const one = value as Named
      const prompt = one.versions?.map(version => version.question.body.prompt).join()
      if (typeof one.id === 'string' && !names.has(one.id))
        names.set(one.id, `${feature} ${one.title ?? one.name ?? prompt ?? ''}`)
      for (const version of one.versions ?? []) names.set(version.id, `version ${version.question.body.prompt}`)
      for (const inner of Object.values(value)) walk(feature, inner)
    }
  }
  for (const [feature, part] of Object.entries(parts)) walk(feature, part)
  const inOrder = (_key: string, value: unknown): unknown =>
    Array.isArray(value) ? [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value
  const plain = JSON.stringify({ course: manifest.course, parts })
    .replace(uuid, id => names.get(id) ?? id)
    .replace(moment, 'a moment')
  return JSON.parse(plain, inOrder)
}

const inSomeDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** Adds to the demo course what it has not: files, a film with captions, a page that shows one, links, rules, dates. */
export async function enrich(teacher: Person, id: string): Promise<void> {
  const courseId = id as never
  await teacher.request(calendarRoutes.createEvent, {
    ...{ courseId, title: 'Lecture', kind: 'session', weeklyUntil: '2041-11-04' },
    ...{ startsAt: '2041-10-07T08:00:00.000Z', endsAt: '2041-10-07T09:00:00.000Z' },
  })
  const { modules, items } = (await teacher.subscribe(courseScope, id)).state()
  const moduleId = modules[0]?.id ?? assert.fail()
  const { folder } = await teacher.request(fileRoutes.createFolder, { courseId, name: 'Pictures' } as never)
  const picture = await uploadFile(teacher, { courseId: id, folderId: folder.id, name: 'A cell.png', bytes: dot })
  await uploadFile(teacher, { courseId: id, name: 'Notes.txt', bytes: 'Words of a file that are found' })
  const film = await uploadFile(teacher, { courseId: id, name: 'Film.webm', bytes: webm })
  const captions = await fetch(`${teacher.url}/api/v1/files/${film.id}/captions/en`, {
    method: 'PUT',
    headers: {
      cookie: teacher.cookie(),
      'content-type': 'application/octet-stream',
      'idempotency-key': crypto.randomUUID(),
    },
    body: 'WEBVTT\n\n00:00.000 --> 00:02.000\nThis is a cell\n',
  })
  assert.equal(captions.status, 200, await captions.text())
  await teacher.request(fileRoutes.place, { fileId: film.id, moduleId, published: true })
  const { page } = await teacher.request(contentRoutes.createPage, {
    courseId,
    moduleId,
    title: 'Seen',
    published: true,
  })
  const image = { type: 'image', attrs: { fileId: picture.id, alt: 'A cell', decorative: false } }
  await teacher.request(contentRoutes.changePage, {
    ...{ courseId, pageId: page.id, version: 0, document: { schema: 1, content: [image] } },
  })
  await teacher.request(linkRoutes.create, {
    ...{
      courseId,
      moduleId,
      title: 'Elsewhere',
      address: 'https://example.org/cells?a=1',
      note: 'Look',
      published: true,
    },
  })
  const { items: activities } = await teacher.request(activityRoutes.list, { courseId })
  await teacher.request(quizRoutes.assign, {
    activityId: activities.find(one => one.kind === 'quiz')?.id ?? assert.fail(),
    opensAt: inSomeDays(1),
    dueAt: inSomeDays(3),
    grade: { points: '7.5', participation: 30, correctness: 70 },
  })
  const homework = (await teacher.subscribe(courseScope, id)).state().items.find(one => one.kind === 'homework')
  const { groups } = (await teacher.subscribe(groupsScope, id)).state()
  await teacher.request(conditionRoutes.change, {
    ...{ courseId, subject: 'module', subjectId: moduleId, version: 0, hidden: true },
    ...{ from: inSomeDays(1), until: inSomeDays(90) },
    tree: { op: 'any', of: [{ kind: 'group', groupId: groups[0]?.id ?? assert.fail() }] },
  })
  const asked = items.find(one => one.kind === 'page') ?? assert.fail()
  await teacher.request(progressRoutes.changeRule, {
    ...{ courseId, itemId: asked.id, asks: 'by-hand', percent: null, version: 0 },
  } as never)
  await teacher.request(progressRoutes.changeRule, {
    ...{ courseId, itemId: homework?.id ?? assert.fail(), asks: 'score', percent: 60, version: 0 },
  } as never)
}

/** The head of a film: what it is is read from it. */
const webm = Uint8Array.from(
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853', 'hex'),
)
