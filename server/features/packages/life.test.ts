// What becomes of packages and of how learners got on: done as progress, held back, given back and erased with a person, taken
// along in an archive of the course, forgotten when it begins anew, played and not kept where the course is over.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { conditionRoutes } from '#protocol/conditions.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { courseScope } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import type { PartData } from '#protocol/packages/attempts.ts'
import { packageCalls, packageRoutes } from '#protocol/packages.ts'
import { writePreview } from '#protocol/preview.ts'
import { progressRoutes, progressScope } from '#protocol/progress.ts'
import {
  packed as archived,
  bringIn,
  entriesOf,
  make as makeOf,
  takeAway,
} from '#server/features/archives/archives.fixture.ts'
import { items } from '#server/features/courses/index.ts'
import { gradesFeature } from '#server/features/grades/index.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { bringPackage, leafFiles, type OfPackage, packed } from '#server/test/packages.ts'
import { handAttemptsOver } from './actions/account.ts'
import { packagesFeature } from './index.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const hooks = packagesFeature.account ?? assert.fail()

describe('the life of a package', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client
  let lena: Client
  let abel: Client
  beforeEach(async () => {
    node ??= await testNode()
    course = await makeCourse()
    const join = async (name: string) =>
      signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', name) })
    teacher = await signedInClient(node, { accountId: course.instructorId })
    ;[lena, abel] = [await join('Lena'), await join('Abel')]
  })

  const make = async (more: object = {}): Promise<OfPackage> => {
    const given = { courseId: course.courseId, title: 'The leaf', published: true, ...more }
    const { package: made } = await teacher.request(packageRoutes.create, given as never)
    const of = { courseId: course.courseId, packageId: made.id }
    assert.deepEqual(await bringPackage(teacher, of, packed(leafFiles)), {})
    return of
  }
  const play = async (client: Client, of: OfPackage, raw: number, more: Partial<PartData> = {}) => {
    const before = (await client.request(packageRoutes.get, of)).own?.attempts[0]
    const attempt = before?.over ? ('new' as const) : ('continue' as const)
    const { attemptId, sitting } = await client.request(packageRoutes.open, { ...of, attempt })
    const data: PartData = {
      ...{ completion: 'completed', success: 'unknown', score: { raw }, seconds: 5 },
      ...{ location: '4', suspend: 'their words', objectives: [], ...more },
    }
    return client.call(packageCalls.commit, { attemptId: attemptId ?? assert.fail(), sitting, part: 'one', data })
  }
  const own = async (client: Client, of: OfPackage) =>
    (await client.request(packageRoutes.get, of)).own ?? assert.fail()
  const itemOf = async ({ packageId }: OfPackage) =>
    (await items.findOne({ where: { refId: packageId }, raw: true })) ?? assert.fail()

  it('is done once it is passed and not before, and opens what waits for its score', async () => {
    const [of, waiting] = [await make(), await make({ title: 'Next' })]
    const { gradeItemId } = (await lena.request(packageRoutes.get, of)).package
    const { id: subjectId } = await itemOf(waiting)
    await teacher.request(conditionRoutes.change, {
      ...{ courseId: course.courseId, subject: 'item', subjectId, version: 0, from: null, until: null, hidden: false },
      tree: { op: 'all', of: [{ kind: 'score', gradeItemId, percent: 80 }] },
    } as never)
    const cell = async () => {
      const { items: all } = await lena.request(progressRoutes.mine, { courseId: course.courseId })
      const one = all.find(item => item.refId === of.packageId)
      return [one?.cell.state, one?.cell.how]
    }
    assert.deepEqual(await cell(), ['open', 'played'])
    const watching = await teacher.subscribe(progressScope, course.courseId)
    await play(lena, of, 20)
    assert.deepEqual(await cell(), ['open', 'played'], 'who failed it is not done')
    await assert.rejects(lena.request(packageRoutes.get, waiting), { code: 'locked' })
    await assert.rejects(lena.request(packageRoutes.open, waiting), { code: 'locked' })
    await play(lena, of, 90)
    assert.deepEqual(await cell(), ['done', 'played'])
    await waitFor(() => watching.fleeting.some(one => one.kind === 'moved'), 'word that somebody got on')
    assert.ok((await lena.request(packageRoutes.open, waiting)).attemptId)
  })

  it('tells its learner no score while the column is held back', async () => {
    const of = await make()
    const { gradeItemId } = (await teacher.request(packageRoutes.get, of)).package
    const held = await teacher.request(gradeRoutes.release, { gradeItemId, version: 0, held: true })
    const { own: told } = await play(lena, of, 90)
    assert.deepEqual([told.best, told.attempts.map(one => [one.status, one.score])], [null, [['completed', null]]])
    const copied = async () =>
      ((await hooks.export(testCtx(), lena.accountId)).attempts as { share: string | null }[])[0]
    assert.equal((await copied())?.share, null)
    await teacher.request(gradeRoutes.release, { gradeItemId, version: held.version, held: false })
    assert.deepEqual(
      (await own(lena, of)).attempts.map(one => [one.status, one.score]),
      [['passed', '9']],
    )
    assert.equal((await copied())?.share, '0.900000')
  })

  it('gives a person back how they got on, and keeps no word of theirs once they are erased', async () => {
    const of = await make()
    await play(lena, of, 90)
    const read = async () =>
      (await hooks.export(testCtx(), lena.accountId)).attempts as { title: string; parts: { one: PartData } }[]
    const [attempt] = await read()
    assert.deepEqual([attempt?.title, attempt?.parts.one.suspend], ['The leaf', 'their words'])
    await arrange(ctx => hooks.erase(ctx, lena.accountId))
    const [after] = await read()
    assert.deepEqual([after?.parts.one.suspend, after?.parts.one.location], ['', ''])
    const { items: rows } = await teacher.request(packageRoutes.list, of)
    assert.equal(rows.find(one => one.accountId === lena.accountId)?.score, '9')
  })

  it('has the attempts of both in their order where two accounts were one person, and the best counts', async () => {
    const of = await make()
    await play(lena, of, 30)
    await play(abel, of, 90)
    await play(lena, of, 50)
    await arrange(async ctx => {
      for (const one of [gradesFeature.account, hooks]) await one?.merge(ctx, abel.accountId, lena.accountId)
      for (const one of [gradesFeature.account, hooks]) await one?.merged?.(ctx, lena.accountId)
    })
    const { attempts, best } = await own(lena, of)
    assert.deepEqual(
      [attempts.map(one => [one.number, one.score]), best],
      [
        [
          [3, '5'],
          [2, '9'],
          [1, '3'],
        ],
        '9',
      ],
    )
    const { cells } = await lena.request(gradeRoutes.mine, { courseId: course.courseId })
    assert.deepEqual(
      cells.map(one => one.score),
      ['9'],
    )
  })

  it('hands attempts over without a word of them, and forgets all when the course begins anew', async () => {
    const of = await make()
    await play(lena, of, 90)
    const nobody = (await signedInClient(node)).accountId
    await arrange(ctx => handAttemptsOver(ctx, course.courseId, [{ from: lena.accountId, into: nobody }]))
    const [over] = (await hooks.export(testCtx(), nobody)).attempts as { parts: { one: PartData } }[]
    assert.equal(over?.parts.one.suspend, '')
    await play(abel, of, 40)
    const reset = { courseId: course.courseId, parts: ['work' as const], title: 'Cells' }
    const { counts } = await teacher.request(resetRoutes.reset, { ...reset, how: 'try' })
    assert.ok((counts.work ?? 0) >= 2)
    await teacher.request(resetRoutes.reset, { ...reset, how: 'make' })
    const list = await teacher.request(packageRoutes.list, of)
    assert.deepEqual([list.counts?.none, list.items.map(one => one.attempts)], [2, [0, 0]])
    assert.deepEqual((await own(abel, of)).best, null)
    await play(abel, of, 90)
  })

  it('comes along in an archive of the course, weighed anew, and one that is none lets the archive be refused', async () => {
    await make({ points: '7' })
    const admin = await signedInClient(node, { role: 'administrator' })
    const archive = await takeAway(admin, course.courseId)
    const done = await makeOf(admin, await bringIn(admin, archive), { title: 'Brought' })
    const there = done.courseId ?? assert.fail(JSON.stringify(done))
    const [line] = (await admin.subscribe(courseScope, there)).state().items
    const of = { courseId: there, packageId: line?.refId as never }
    const { package: shown } = await admin.request(packageRoutes.get, of)
    assert.deepEqual(
      [shown.title, shown.points, shown.content?.form, shown.content?.files],
      ['The leaf', '7', 'scorm12', 4],
    )
    const { address } = await admin.request(packageRoutes.open, of)
    assert.equal((await fetch(new URL('files/leaf/index.html', address))).status, 200)
    const { space } = await admin.request(fileRoutes.list, { courseId: there })
    assert.equal(space.used, shown.content?.size)
    const entries = entriesOf(archive)
    const name = Object.keys(entries).find(one => one.startsWith('bytes/')) ?? assert.fail()
    const none = Buffer.from(packed({ 'index.html': 'no manifest' }))
    const broken = { ...entries, [name]: none }
    const sumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
    const [sum, size] = [sumOf(none), none.length]
    const part = JSON.parse(String(broken['parts/packages.json']))
    part[0].content.size = size
    const changed = Buffer.from(JSON.stringify(part))
    broken['parts/packages.json'] = changed
    const partSum = sumOf(changed)
    const bad = archived(broken, manifest => ({
      ...manifest,
      parts: manifest.parts.map(one => (one.feature === 'packages' ? { ...one, sha256: partSum } : one)),
      bytes: manifest.bytes.map(one => ({ ...one, sha256: sum, size })),
    }))
    const refused = await makeOf(admin, await bringIn(admin, bad), { title: 'Bad' })
    assert.deepEqual([refused.state, refused.refusal?.code], ['refused', 'archive-unfit'])
  })

  it('is played and not kept where the course is over, and only looked at in a preview', async () => {
    const of = await make()
    await play(lena, of, 90)
    const preview = writePreview({ courseId: course.courseId, role: 'learner', groupIds: [] })
    const seen = await signedInClient(node, { accountId: course.instructorId, preview })
    const shown = await seen.request(packageRoutes.get, of)
    assert.deepEqual([shown.own?.attempts, shown.mayChange, shown.mayReadAll], [[], false, false])
    await assert.rejects(seen.request(packageRoutes.open, of), { code: 'previewing' })
    const { attemptId, sitting } = await lena.request(packageRoutes.open, of)
    await teacher.request(lifeRoutes.changeState, { courseId: course.courseId, state: 'concluded' })
    const data: PartData = {
      ...{ completion: 'completed', success: 'unknown', score: { raw: 100 }, seconds: 5 },
      ...{ location: '', suspend: '', objectives: [] },
    }
    await assert.rejects(
      lena.call(packageCalls.commit, { attemptId: attemptId ?? assert.fail(), sitting, part: 'one', data }),
      { code: 'concluded' },
    )
    const opened = await lena.request(packageRoutes.open, of)
    assert.equal(opened.attemptId, null)
    assert.equal((await fetch(opened.address)).status, 200)
    assert.equal((await lena.request(packageRoutes.get, of)).kept, false)
  })

  it('is played nowhere where there is no address for it, and says so', async () => {
    const of = await make()
    const publicUrl = 'http://learn.example.test'
    const fixed = await testNode({ databaseUrl: node.databaseUrl, config: { publicUrl } })
    const there = await signedInClient({ url: fixed.url }, { accountId: lena.accountId })
    const read = (headers: Record<string, string>, path: string, at = fixed) => fetch(`${at.url}${path}`, { headers })
    const { away } = (await (
      await read({ cookie: there.cookie() }, `/api/v1/courses/${of.courseId}/packages/${of.packageId}`)
    ).json()) as { away: string | null }
    assert.deepEqual([away, fixed.contentPort], ['not-set-up', null])
    await assert.rejects(there.request(packageRoutes.open, of), { code: 'packages-away' })
    // With one, it is another name on the same port.
    const contentUrl = 'http://content.example.test'
    const named = await testNode({ databaseUrl: node.databaseUrl, config: { publicUrl, contentUrl } })
    const theirs = await signedInClient({ url: named.url }, { accountId: lena.accountId })
    const { address } = await theirs.request(packageRoutes.open, of)
    assert.equal(new URL(address).origin, contentUrl)
    const ask = (path: string, host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const one = request({ port: named.port, path, headers: { host } }, answer => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        })
        one.on('error', reject).end()
      })
    const { pathname } = new URL(address)
    assert.equal(await ask(pathname, 'content.example.test'), 200)
    assert.equal(await ask(pathname, 'learn.example.test'), 200, 'a page of the app, whatever its path')
    assert.equal(await ask('/api/v1/me', 'content.example.test'), 404)
    assert.equal(await ask('/socket.io/?EIO=4&transport=polling', 'content.example.test'), 403)
    assert.equal(await ask(pathname.replace('play', 'files/leaf/index.html'), 'learn.example.test'), 404)
  })
})
