// Words of a glossary brought in from a list: tried, added row by row, and taken out together but for what was changed since.
import assert from 'node:assert/strict'
import { glossaryListRoutes } from '#protocol/glossaries/list.ts'
import { glossaryRoutes, glossaryScope } from '#protocol/glossaries.ts'
import { searchRoutes } from '#protocol/search.ts'
import { makeCourse, type TestCourse } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

describe('words of a glossary as a list', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: TestClient
  before(async () => {
    node = await testNode()
    course = await makeCourse()
    teacher = await signedInClient(node, { accountId: course.instructorId })
  })
  const make = async () => {
    const { glossary } = await teacher.request(glossaryRoutes.create, {
      ...{ courseId: course.courseId, title: 'Words', published: true },
    })
    return { courseId: course.courseId, glossaryId: glossary.id }
  }
  type Of = Awaited<ReturnType<typeof make>>
  const bring = (of: Of, list: string, how: 'try' | 'good ones' = 'good ones') =>
    teacher.request(glossaryListRoutes.bringIn, { ...of, list, how })
  const wordsOf = async (of: Of) => (await teacher.request(glossaryRoutes.entries, of)).items
  const file = async (of: Of) =>
    (await teacher.raw('GET', `/courses/${of.courseId}/glossaries/${of.glossaryId}/entries.csv`)).text()

  it('are tried without a trace, added row by row with why not, and taken out together', async () => {
    const of = await make()
    const scope = await teacher.subscribe(glossaryScope, of.glossaryId)
    const list = [
      'Word,Other names,Meaning,Page',
      'Osmosis,"Diffusion; osmosis; diffusion","Water moves.\n\nThrough a membrane.",12',
      'خلية,,أصغر وحدة حية,',
      "'-ase,,An ending of enzymes,",
      ',,Nothing,',
      `${'x'.repeat(121)},,Long,`,
      `Many,${Array.from({ length: 21 }, (_, n) => `n${n}`).join(';')},Names,`,
      'Empty,," ",',
      `Wordy,,${'y'.repeat(10_001)},`,
      'OSMOSIS,,Again,',
    ].join('\n')
    const tried = await bring(of, list, 'try')
    assert.deepEqual(
      tried.rows.map(row => row.error),
      [null, null, null, 'no-word', 'bad-word', 'bad-names', 'no-meaning', 'long-meaning', 'twice'],
    )
    assert.deepEqual([tried.unused, tried.made, await wordsOf(of)], [['page'], [], []])
    const { made } = await bring(of, list)
    await waitFor(() => scope.events.length > 0, 'the word that there is something new')
    const found = await wordsOf(of)
    assert.deepEqual(found.map(one => one.word).toSorted(), ['-ase', 'Osmosis', 'خلية'])
    const osmosis = found.find(one => one.word === 'Osmosis') ?? assert.fail()
    assert.deepEqual([osmosis.names, osmosis.document.content.length], [['diffusion'], 2])
    // It stands there now: told, and left as it is.
    const again = await bring(of, 'word;meaning\nosmosis;Something else\nNew;One more\n')
    assert.deepEqual(
      again.rows.map(row => row.outcome),
      ['was there', 'add'],
    )
    // What somebody worked on since stays when the list goes.
    const { entry } = await teacher.request(glossaryRoutes.changeEntry, {
      ...{ ...of, entryId: osmosis.id, version: osmosis.version, names: ['Diffusion'] },
    })
    assert.equal(entry.version, 1)
    const gone = await teacher.request(glossaryListRoutes.takeOutMany, { ...of, entryIds: made })
    assert.equal(gone.takenOut, 2)
    assert.deepEqual((await wordsOf(of)).map(one => one.word).toSorted(), ['New', 'Osmosis'])
  })

  it('leave one glossary and come into another as they were, are found, and only of this one are taken out', async () => {
    const [from, to] = [await make(), await make()]
    await bring(from, 'word,meaning,other names\n=SUM(A1),A formula,"+x; -y"\nZygote,"First line\nsecond line",\n')
    const text = await file(from)
    assert.ok(!/(^|,)"?[=+@-]/m.test(text), text)
    const { made } = await bring(to, text)
    assert.equal(await file(to), text)
    const { items } = await teacher.request(searchRoutes.everything, { words: 'Zygote' })
    assert.ok(items.length >= 1)
    assert.deepEqual(await teacher.request(glossaryListRoutes.takeOutMany, { ...from, entryIds: made }), {
      takenOut: 0,
    })
    assert.deepEqual(await teacher.request(glossaryListRoutes.takeOutMany, { ...to, entryIds: made }), { takenOut: 2 })
    await assert.rejects(bring(to, 'word\nx'), { code: 'malformed' })
  })
})
