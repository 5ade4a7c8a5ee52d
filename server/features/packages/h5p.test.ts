// A package of H5P from its archive to the gradebook: what is taken and what is not, what it is played by, and what holds where
// the school has no player for it.
import assert from 'node:assert/strict'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { courseScope } from '#protocol/courses.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { packageCalls, packageRoutes } from '#protocol/packages.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { bringPackage, buttonFiles, disguised, leafFiles, type OfPackage, packed } from '#server/test/packages.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>
type Files = Parameters<typeof packed>[0]

describe('a package of H5P', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client
  let lena: Client
  beforeEach(async () => {
    node ??= await testNode()
    course = await makeCourse()
    teacher = await signedInClient(node, { accountId: course.instructorId })
    lena = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
  })

  const make = async (): Promise<OfPackage> => {
    const given = { courseId: course.courseId, title: 'The root', published: true }
    const { package: made } = await teacher.request(packageRoutes.create, given)
    return { courseId: course.courseId, packageId: made.id }
  }
  const brought = async (): Promise<OfPackage> => {
    const of = await make()
    assert.deepEqual(await bringPackage(teacher, of, packed(buttonFiles)), {})
    return of
  }
  const read = (path: string): Record<string, unknown> => JSON.parse(String(buttonFiles[path]))
  const without = (path: string): Files => {
    const { [path]: _, ...rest } = buttonFiles
    return rest
  }
  const changed = (path: string, change: object): Files => ({
    ...buttonFiles,
    [path]: JSON.stringify({ ...read(path), ...change }),
  })
  const button = 'H5P.LecternButton-1.0/library.json'

  it('is one part, played by a page of ours that begins the player of the school, without plugins or forms', async () => {
    const of = await brought()
    const { package: shown, away } = await lena.request(packageRoutes.get, of)
    assert.deepEqual(
      [away, shown.content?.form, shown.content?.title, shown.content?.files],
      [null, 'h5p', 'What a root drinks', 6],
    )
    const { address, form, parts } = await lena.request(packageRoutes.open, of)
    assert.deepEqual([form, parts.length, parts[0]?.kind], ['h5p', 1, 'sco'])
    const page = await fetch(address)
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.match(
      policy,
      /connect-src 'self' data: blob:; worker-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'/,
    )
    assert.match(policy, new RegExp(`frame-ancestors 'self' ${node.url}$`))
    assert.equal(page.headers.get('set-cookie'), null)
    assert.match(await page.text(), /src="\/players\/h5p\.js"/)
    const got = async (path: string) => {
      const answer = await fetch(new URL(path, address), { redirect: 'error' })
      return [answer.status, answer.headers.get('content-type')]
    }
    assert.deepEqual(await got('/players/h5p/main.bundle.js'), [200, 'text/javascript; charset=utf-8'])
    assert.deepEqual(await got('/players/h5p/styles/h5p.css'), [200, 'text/css; charset=utf-8'])
    assert.deepEqual(await got('files/H5P.LecternButton-1.0/scripts/button.js'), [200, 'text/javascript'])
    assert.deepEqual(await got('files/content/content.json'), [200, 'application/json'])
    for (const path of ['/players/h5p/../package.json', '/players/h5p/%2e%2e/package.json', '/players/h5p/h5p.d.ts'])
      assert.equal((await got(path))[0], 404, path)
    for (const path of ['/players/h5p/', '/players/h5p/..%2f..%2fmain.bundle.js', '/players/other/main.bundle.js'])
      assert.equal((await got(path))[0], 404, path)
    // On the app's own origin none of it is.
    assert.equal((await fetch(new URL('/players/h5p/main.bundle.js', node.url))).status, 404)
  })

  it('is not taken where something that belongs to it is not in it, and says what by its name', async () => {
    const of = await make()
    const bring = async (files: Files) => {
      const { refused, refusedAt } = await bringPackage(teacher, of, packed(files))
      return [refused, refusedAt]
    }
    assert.deepEqual(await bring(without('h5p.json')), ['no-manifest', undefined])
    assert.deepEqual(await bring(without('content/content.json')), ['part-missing', 'content/content.json'])
    assert.deepEqual(await bring(without('LecternStyle-2.3/library.json')), ['library-missing', 'LecternStyle-2.3'])
    assert.deepEqual(await bring(without(button)), ['library-missing', 'H5P.LecternButton-1.0'])
    const css = 'LecternStyle-2.3/style.css'
    assert.deepEqual(await bring(without(css)), ['part-missing', css])
    const deeper = { preloadedDependencies: [{ machineName: 'Deeper', majorVersion: 1, minorVersion: 9 }] }
    assert.deepEqual(await bring(changed('LecternStyle-2.3/library.json', deeper)), ['library-missing', 'Deeper-1.9'])
    assert.deepEqual(await bring(changed('h5p.json', { mainLibrary: 'H5P.Other' })), ['library-missing', 'H5P.Other'])
    assert.deepEqual(await bring(changed('h5p.json', { mainLibrary: '../../etc' })), ['file-unread', 'h5p.json'])
    assert.deepEqual(await bring({ ...buttonFiles, 'h5p.json': '{"title":' }), ['file-unread', 'h5p.json'])
    assert.deepEqual(await bring({ ...buttonFiles, [button]: '[[' }), ['file-unread', button])
    assert.deepEqual(await bring({ ...buttonFiles, 'content/content.json': '<p>' }), [
      'file-unread',
      'content/content.json',
    ])
    assert.deepEqual(await bring(changed(button, { runnable: 0 })), ['nothing-to-play', undefined])
    const script = (path: string) => changed(button, { preloadedJs: [{ path }] })
    assert.deepEqual(await bring(script('https://other.example/a.js')), [
      'part-elsewhere',
      'https://other.example/a.js',
    ])
    assert.deepEqual(await bring(script('../../../etc/passwd')), [
      'part-missing',
      'H5P.LecternButton-1.0/../../../etc/passwd',
    ])
    // Nothing of it stands.
    assert.equal((await teacher.request(packageRoutes.get, of)).package.content, null)
  })

  it('is weighed as every archive is', async () => {
    const of = await make()
    const refused = async (bytes: Uint8Array<ArrayBuffer>) => (await bringPackage(teacher, of, bytes)).refused
    assert.equal(await refused(packed({ ...buttonFiles, '../out.js': '1' })), 'unsafe-name')
    assert.equal(await refused(packed({ ...buttonFiles, 'content/a.png': '1', 'Content/A.png': '2' })), 'unsafe-name')
    assert.equal(await refused(disguised(packed(buttonFiles), 'link')), 'unsafe-name')
    assert.equal(await refused(disguised(packed(buttonFiles), 'encrypted')), 'encrypted')
    assert.equal(await refused(packed({ ...buttonFiles, 'content/much.txt': Buffer.alloc(30_000_000) })), 'grows')
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`content/${at}.txt`, '']))
    assert.equal(await refused(packed({ ...buttonFiles, ...many })), 'too-much')
    const large = { ...buttonFiles, [button]: JSON.stringify({ ...read(button), more: noise(1_100_000) }) }
    assert.deepEqual(await bringPackage(teacher, of, packed(large)), { refused: 'file-unread', refusedAt: button })
    const libraries = Array.from({ length: 301 }, (_, at) => `L${at}`)
    const chain = Object.fromEntries(
      libraries.map((name, at) => [
        `${name}-1.0/library.json`,
        JSON.stringify({ preloadedDependencies: [{ machineName: `L${at + 1}`, majorVersion: 1, minorVersion: 0 }] }),
      ]),
    )
    const first = [{ machineName: 'L0', majorVersion: 1, minorVersion: 0 }]
    const long = { ...changed('LecternStyle-2.3/library.json', { preloadedDependencies: first }), ...chain }
    assert.equal(await refused(packed({ ...long, 'L301-1.0/library.json': '{}' })), 'too-much')
  })

  it('is taken with folders without versions, as older tools pack them', async () => {
    const of = await make()
    const older = Object.fromEntries(
      Object.entries(buttonFiles).map(([path, bytes]) => [path.replace(/^(\w[\w.]*?)-\d+\.\d+\//, '$1/'), bytes]),
    )
    assert.ok('LecternStyle/style.css' in older)
    assert.deepEqual(await bringPackage(teacher, of, packed(older)), {})
  })

  it('fills its column with the best, and is copied and versioned like every package', async () => {
    const of = await brought()
    const sitting = await lena.request(packageRoutes.open, of)
    const tell = (scaled: number, success: 'passed' | 'failed') =>
      lena.call(packageCalls.commit, {
        ...{ attemptId: sitting.attemptId ?? assert.fail(), sitting: sitting.sitting, part: 'content' },
        data: {
          ...{ completion: 'completed', success, score: { scaled }, seconds: 3, location: '' },
          ...{ suspend: '{"pressed":1}', objectives: [] },
        },
      })
    assert.equal((await tell(1, 'passed')).own.best, '10')
    assert.equal((await tell(0.5, 'failed')).own.best, '10')
    const table = await teacher.request(gradeRoutes.table, { courseId: course.courseId })
    assert.equal(table.items.find(one => one.accountId === lena.accountId)?.cells[0]?.score, '10')
    // Another version, of another kind: the attempt is over, and the next one plays it.
    assert.deepEqual(await bringPackage(teacher, of, packed(leafFiles)), {})
    assert.equal((await lena.request(packageRoutes.open, { ...of, attempt: 'new' })).form, 'scorm12')
  })

  it('is not taken without a player, nor played, and says what is to be done; a course is copied all the same', async () => {
    const of = await brought()
    const bare = await testNode({
      databaseUrl: node.databaseUrl,
      config: { h5pPlayer: null, storageUrl: node.config.storageUrl },
    })
    const there = await signedInClient(bare, { accountId: course.instructorId })
    const theirs = await signedInClient(bare, { accountId: lena.accountId })
    assert.deepEqual(await bringPackage(there, of, packed(buttonFiles)), { refused: 'no-player' })
    assert.deepEqual(await bringPackage(there, await make(), packed(leafFiles)), {})
    assert.equal((await theirs.request(packageRoutes.get, of)).away, 'no-h5p')
    await assert.rejects(theirs.request(packageRoutes.open, of), { code: 'h5p-away' })
    // A sitting that was not opened left nothing behind.
    assert.deepEqual((await theirs.request(packageRoutes.get, of)).own?.attempts, [])
    const admin = await signedInClient(bare, { role: 'administrator' })
    const copying = { courseId: of.courseId, title: 'Again', shift: { days: 7 }, how: 'make' } as const
    const { course: made } = await admin.request(copyRoutes.copy, copying)
    const courseId = made?.id ?? assert.fail()
    const copied = (await admin.subscribe(courseScope, courseId)).state().items.find(one => one.title === 'The root')
    const copy = { courseId: courseId, packageId: copied?.refId as never }
    const shown = await admin.request(packageRoutes.get, copy)
    assert.deepEqual([shown.away, shown.package.content?.form], ['no-h5p', 'h5p'])
  })
})

/** Text that no packing makes small. */
const noise = (length: number): string => {
  let at = 7
  return Array.from({ length }, () => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648
    return String.fromCharCode(35 + ((at >> 16) % 56))
  }).join('')
}
