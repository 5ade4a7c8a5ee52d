// Films as they are watched: captions in either form, told to open pages and found by what is said; seconds that count once.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { bytesType } from '#protocol/base/call.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { largestCaptions, watchingRoutes } from '#protocol/files/watching.ts'
import { fileRoutes } from '#protocol/files.ts'
import { searchRoutes } from '#protocol/search.ts'
import { eraseAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { enrol } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { arrange, makeAccount, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { uploadFile } from '#server/test/uploads.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

// What a film begins with: its type is known by that.
const film = Uint8Array.from(Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'latin1'))
const subRip = '1\r\n00:00:01,000 --> 00:00:02,000\r\nThe chlorophyll is green.\r\n'

describe('watching', () => {
  let node: TestNode
  let teacher: Person
  let learner: Person
  let courseId: string
  let fileId: string

  before(async () => {
    node = await testNode()
    teacher = await signedInClient(node, { role: 'administrator' })
    learner = await signedInClient(node, { name: 'Lena' })
    courseId = (await teacher.request(courseRoutes.create, { title: 'Biology' })).course.id
    await arrange(ctx => enrol(ctx, { courseId, accountId: learner.accountId, role: 'learner', how: 'by hand' }))
    fileId = (await uploadFile(teacher, { courseId, name: 'leaf.mp4', bytes: film })).id
    await teacher.request(fileRoutes.place, { fileId, published: true } as never)
  })

  const bring = async (
    who: Person,
    language: string,
    body: string | Uint8Array<ArrayBuffer>,
    id = fileId,
    operation = randomUUID(),
  ) => {
    const response = await fetch(`${node.url}/api/v1/files/${id}/captions/${language}`, {
      method: 'PUT',
      headers: { cookie: who.cookie(), 'content-type': bytesType, 'idempotency-key': operation },
      body,
    })
    const { code = 'taken', errors = [] } = (await response.json()) as { code?: string; errors?: { code: string }[] }
    return errors[0]?.code ?? code
  }

  it('shows captions to whoever reads the film, tells open pages, and is found by what is said', async () => {
    const { until } = await learner.subscribe(courseScope, courseId)
    assert.equal(await bring(teacher, 'en', subRip), 'taken')
    await until(({ items }) => JSON.stringify(items[0]?.detail.captions)?.startsWith('["en '))
    const read = await fetch(`${node.url}/api/v1/files/${fileId}/captions/en`, {
      headers: { cookie: learner.cookie() },
    })
    assert.match(read.headers.get('content-type') ?? '', /^text\/vtt/)
    assert.equal(await read.text(), 'WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nThe chlorophyll is green.\n')
    const found = await learner.request(searchRoutes.everything, { words: 'chlorophyll' } as never)
    assert.match(JSON.stringify(found), new RegExp(fileId))
    // A copy of the course brings them along.
    const { course } = await teacher.request(copyRoutes.copy, {
      courseId,
      how: 'make',
      title: 'Again',
      shift: { days: 7 },
    } as never)
    const copied = (await teacher.request(fileRoutes.list, { courseId: course?.id } as never)).items[0]
    assert.deepEqual(
      (await teacher.request(watchingRoutes.captions, { fileId: copied?.id } as never)).items.map(one => one.language),
      ['en'],
    )
    await teacher.request(watchingRoutes.removeCaptions, { fileId, language: 'en' } as never)
    assert.deepEqual((await learner.request(watchingRoutes.captions, { fileId } as never)).items, [])
  })

  it('refuses what is none, too large, or brought by who may not, and leaves what was there', async () => {
    const operation = randomUUID()
    for (const code of ['taken', 'taken']) assert.equal(await bring(teacher, 'de', subRip, fileId, operation), code)
    // The same words again are the same act; others under its name are not.
    assert.equal(await bring(teacher, 'de', subRip.replace('green', 'red'), fileId, operation), 'operation-reused')
    assert.equal(await bring(teacher, 'de', 'A letter'), 'not_captions')
    assert.equal(await bring(teacher, 'de', Uint8Array.of(0xff, 0xfe, 0xff)), 'not_captions')
    assert.equal(await bring(teacher, 'de', 'x'.repeat(largestCaptions + 1)), 'too-large')
    assert.equal(await bring(teacher, '../x', subRip), 'unknown-call')
    assert.equal(await bring(teacher, 'Deutsch!', subRip), 'invalid_format')
    assert.equal(await bring(learner, 'de', subRip), 'not-allowed')
    assert.equal(await bring(await signedInClient(node), 'de', subRip), 'not-found')
    const { id } = await uploadFile(teacher, { courseId, name: 'words.txt', bytes: 'words' })
    assert.equal(await bring(teacher, 'de', subRip, id), 'not-found')
    const { items } = await teacher.request(watchingRoutes.captions, { fileId } as never)
    assert.deepEqual(
      items.map(one => [one.language, one.cues]),
      [['de', 1]],
    )
    // The address of what was there is never that of something else.
    const address = (version: number) =>
      fetch(`${node.url}/api/v1/files/${fileId}/captions/de?version=${version}`, {
        headers: { cookie: teacher.cookie() },
      })
    const [before] = items
    await teacher.request(watchingRoutes.removeCaptions, { fileId, language: 'de' } as never)
    assert.equal(await bring(teacher, 'de', subRip), 'taken')
    const [now] = (await teacher.request(watchingRoutes.captions, { fileId } as never)).items
    assert.ok((now?.version ?? 0) > (before?.version ?? 0))
    assert.match((await address(now?.version ?? 0)).headers.get('cache-control') ?? '', /max-age=3600/)
    assert.match((await address(before?.version ?? 0)).headers.get('cache-control') ?? '', /no-store/)
  })

  it('counts a second once, whoever tells it how often, and shows staff who is how far', async () => {
    const watch = (who: Person, place: number, ...spans: [number, number][]) =>
      who.request(watchingRoutes.watch, { fileId, place, length: 100, spans } as never)
    assert.deepEqual((await watch(learner, 30, [0, 20], [10, 30])).watched, { place: 30, seconds: 30, length: 100 })
    assert.deepEqual((await watch(learner, 95, [20, 40], [90, 500])).watched, { place: 95, seconds: 50, length: 100 })
    assert.deepEqual((await learner.request(watchingRoutes.ownWatch, { fileId } as never)).watched.seconds, 50)
    // A shorter cut of it: nobody has watched more than there is.
    const cut = { fileId, place: 1, length: 25, spans: [] }
    assert.deepEqual((await learner.request(watchingRoutes.watch, cut as never)).watched, {
      place: 1,
      seconds: 25,
      length: 25,
    })
    assert.deepEqual((await watch(learner, 95, [25, 40], [90, 100])).watched, { place: 95, seconds: 50, length: 100 })
    await assert.rejects(watch(learner, -1), { code: 'malformed' })
    await assert.rejects(watch(learner, 1, [5, 90_000]), { code: 'malformed' })
    const other = await makeAccount({ name: 'Olga' })
    await arrange(ctx => enrol(ctx, { courseId: courseId as never, accountId: other, role: 'learner', how: 'by hand' }))
    await watch(await signedInClient(node, { accountId: other }), 60, [30, 60])
    const first = await teacher.request(watchingRoutes.watchers, { fileId, limit: 1 } as never)
    const rest = await teacher.request(watchingRoutes.watchers, { fileId, after: first.next } as never)
    assert.deepEqual(
      [...first.items, ...rest.items].map(one => [one.name, one.seconds]),
      [
        ['Lena', 50],
        ['Olga', 30],
      ],
    )
    await assert.rejects(teacher.request(watchingRoutes.watchers, { fileId, after: 'WyJ4IiwieSJd' } as never), {
      code: 'malformed',
    })
    await assert.rejects(learner.request(watchingRoutes.watchers, { fileId } as never), { code: 'not-allowed' })
    // Two accounts of one person: what both have watched, each second once.
    await arrange(ctx => mergeAccounts(ctx, other, learner.accountId))
    await waitFor(
      async () => (await sql('select 1 from watches where account_id = $1', [other])).length === 0,
      'the merge',
    )
    assert.equal((await learner.request(watchingRoutes.ownWatch, { fileId } as never)).watched.seconds, 70)
    await arrange(ctx => eraseAccount(ctx, learner.accountId))
    assert.deepEqual(await sql('select 1 from watches where file_id = $1', [fileId]), [])
  })
})
