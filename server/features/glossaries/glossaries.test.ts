// Glossaries: words in the order of the language, a page at a time; what learners suggest and who reads it; words of a page;
// found by the search, copied along, and what is kept of who suggested something.
import assert from 'node:assert/strict'
import { contentRoutes } from '#protocol/content.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { type GlossaryId, glossaryRoutes, glossaryScope } from '#protocol/glossaries.ts'
import { searchRoutes } from '#protocol/search.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { glossariesFeature } from './index.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const said = (text: string) => ({ schema: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })

describe('glossaries', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client
  let lena: Client
  let abel: Client
  before(async () => {
    node = await testNode()
    course = await makeCourse()
    const join = async (name: string) =>
      signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', name) })
    teacher = await signedInClient(node, { accountId: course.instructorId })
    ;[lena, abel] = [await join('Lena'), await join('Abel')]
  })

  const make = async (words: readonly string[] = [], more: object = {}) => {
    const given = { courseId: course.courseId, title: 'Words', published: true, suggestions: true, ...more }
    const { glossary } = await teacher.request(glossaryRoutes.create, given)
    const of = { courseId: course.courseId, glossaryId: glossary.id }
    for (const word of words) await teacher.request(glossaryRoutes.addEntry, { ...of, word, document: said(word) })
    return of
  }
  type Of = Awaited<ReturnType<typeof make>>
  const wordsOf = async (client: Client, of: Of, more: object = {}) => {
    const words: string[] = []
    let after: string | undefined
    do {
      const page = await client.request(glossaryRoutes.entries, { ...of, ...more, ...(after ? { after } : {}) })
      words.push(...page.items.map(one => one.word))
      after = page.next
    } while (after)
    return words
  }

  it('stand in the order of the language, a page at a time, and by its letters', async () => {
    const of = await make(['Zelle', 'Äther', 'apfel', 'Ångström', 'Öl', 'Osmose', '3D'])
    const speak = async (language: 'de' | 'sv') => {
      const { course: now } = await teacher.request(courseRoutes.get, { courseId: course.courseId })
      await teacher.request(courseRoutes.change, { courseId: course.courseId, version: now.version, language })
      const { letters } = await teacher.request(glossaryRoutes.get, of)
      return letters.map(one => `${one.letter}${one.count}`).join(' ')
    }
    assert.equal(await speak('de'), 'A3 O2 Z1 #1')
    const german = ['3D', 'Ångström', 'apfel', 'Äther', 'Öl', 'Osmose', 'Zelle']
    assert.deepEqual(await wordsOf(lena, of, { limit: 2 }), german)
    assert.deepEqual(await wordsOf(lena, of, { letter: 'A' }), ['Ångström', 'apfel', 'Äther'])
    assert.deepEqual(await wordsOf(lena, of, { letter: '#' }), ['3D'])
    // What is one letter to a German is two to a Swede.
    assert.equal(await speak('sv'), 'A1 O1 Z1 Å1 Ä1 Ö1 #1')
    const swedish = ['3D', 'apfel', 'Osmose', 'Zelle', 'Ångström', 'Äther', 'Öl']
    assert.deepEqual(await wordsOf(lena, of, { limit: 3 }), swedish)
    assert.deepEqual(await wordsOf(lena, of, { search: 'OSM' }), ['Osmose'])
    const csv = await (await lena.raw('GET', `/courses/${of.courseId}/glossaries/${of.glossaryId}/entries.csv`)).text()
    assert.match(csv, /"apfel","","apfel"\r\n"Osmose"/)
  })

  it('take suggestions, which are read by staff and by whoever made them until they are approved', async () => {
    const of = await make(['Cell'])
    await assert.rejects(lena.request(glossaryRoutes.addEntry, { ...of, word: 'CELL', document: said('Again') }), {
      code: 'name-taken',
    })
    await assert.rejects(lena.request(glossaryRoutes.addEntry, { ...of, word: 'None', document: said(' ') }), {
      code: 'malformed',
    })
    const suggest = { ...of, word: 'Osmosis', names: ['osmosis', 'Osmotic'], document: said('Water moves.') }
    let entryId = ''
    await assertConverges(abel, glossaryScope, of.glossaryId, async () => {
      const { entry } = await lena.request(glossaryRoutes.addEntry, suggest)
      assert.deepEqual([entry.state, entry.names, entry.mine], ['suggested', ['Osmotic'], true])
      entryId = entry.id
    })
    // Whoever listens does not learn who it was.
    const [signed] = await sql<{ count: number }>(
      `select count(*)::int as count from events where scope = $1 and actor is not null`,
      [`glossary:${of.glossaryId}`],
    )
    assert.equal(signed?.count, 0)
    const at = { ...of, entryId } as never
    const waiting = { state: 'suggested' }
    assert.deepEqual(await wordsOf(lena, of, waiting), ['Osmosis'])
    assert.deepEqual([await wordsOf(abel, of, waiting), await wordsOf(abel, of)], [[], ['Cell']])
    await assert.rejects(abel.request(glossaryRoutes.entry, at), { code: 'not-found' })
    await assert.rejects(abel.request(glossaryRoutes.removeEntry, at), { code: 'not-found' })
    await assert.rejects(lena.request(glossaryRoutes.approveEntry, at), { code: 'not-allowed' })
    const { items } = await teacher.request(glossaryRoutes.entries, { ...of, state: 'suggested' })
    assert.deepEqual(
      items.map(one => [one.word, one.by]),
      [['Osmosis', 'Lena']],
    )
    await lena.request(glossaryRoutes.changeEntry, { ...(at as object), version: 0, names: ['Osmotic'] } as never)
    await assert.rejects(
      lena.request(glossaryRoutes.changeEntry, { ...(at as object), version: 0, word: 'Late' } as never),
      { code: 'conflict' },
    )
    await assertConverges(abel, glossaryScope, of.glossaryId, () => teacher.request(glossaryRoutes.approveEntry, at))
    assert.deepEqual(await wordsOf(abel, of), ['Cell', 'Osmosis'])
    assert.equal((await abel.request(glossaryRoutes.entry, at)).entry.by, null)
    // It is the course's now.
    await assert.rejects(lena.request(glossaryRoutes.removeEntry, at), { code: 'not-found' })
    await teacher.request(glossaryRoutes.removeEntry, at)
    await assert.rejects(abel.request(glossaryRoutes.entry, at), { code: 'not-found' })
    await teacher.request(glossaryRoutes.addEntry, { ...suggest, names: [] })
    await assert.rejects(teacher.request(glossaryRoutes.restoreEntry, at), { code: 'name-taken' })

    const closed = await make([], { suggestions: false })
    await assert.rejects(lena.request(glossaryRoutes.addEntry, { ...suggest, ...closed }), { code: 'suggestions-off' })
    const draft = await make(['Hidden'], { published: false })
    await assert.rejects(lena.request(glossaryRoutes.get, draft), { code: 'not-found' })
  })

  it('tell which of their words stand in a page, where they link and are open', async () => {
    await make(['Ribosome', 'Elsewhere'])
    await make(['Plasmid'], { linking: false })
    await make(['Vacuole'], { published: false })
    const { page } = await teacher.request(contentRoutes.createPage, {
      ...{ courseId: course.courseId, title: 'Page', published: true },
    })
    const text = said('A ribosome, a plasmid and a vacuole.')
    await teacher.request(contentRoutes.changePage, {
      ...{ courseId: course.courseId, pageId: page.id, version: 0, document: text },
    })
    const input = { courseId: course.courseId, pageId: page.id }
    const { items } = await lena.request(glossaryRoutes.inPage, input)
    assert.deepEqual(
      items.map(one => one.word),
      ['Ribosome'],
    )
    // Nor does anybody learn what is in a page they may not read.
    const newPage = { courseId: course.courseId, title: 'Draft' }
    const { page: draft } = await teacher.request(contentRoutes.createPage, newPage)
    const hidden = { courseId: course.courseId, pageId: draft.id }
    await assert.rejects(lena.request(glossaryRoutes.inPage, hidden), { code: 'not-found' })
  })

  it('are found by their words, copied along, and forget who suggested something', async () => {
    const of = await make(['Mitochondrion'], { title: 'Copied' })
    const { entry } = await lena.request(glossaryRoutes.addEntry, { ...of, word: 'Golgi', document: said('Packs.') })
    const found = async (words: string) =>
      (await abel.request(searchRoutes.everything, { words, group: 'entry' })).items.map(one => [
        one.kind,
        one.kind === 'entry' && one.glossaryId,
      ])
    assert.deepEqual(await found('mitochondrion'), [['entry', of.glossaryId]])
    assert.deepEqual(await found('golgi'), [])

    const copy = { courseId: course.courseId, how: 'make', title: 'Again', shift: { days: 0 } } as const
    const { course: again } = await teacher.request(copyRoutes.copy, copy)
    const courseId = again?.id ?? assert.fail()
    const all = [
      ...(await teacher.subscribe(courseStaffScope, courseId)).state().drafts,
      ...(await teacher.subscribe(courseScope, courseId)).state().items,
    ]
    const line = all.find(one => one.title === 'Copied') ?? assert.fail()
    assert.deepEqual(await wordsOf(teacher, { courseId, glossaryId: line.refId as GlossaryId }), ['Mitochondrion'])

    const hooks = glossariesFeature.account ?? assert.fail()
    const { glossaryEntries } = await hooks.export(testCtx(), lena.accountId)
    assert.ok(JSON.stringify(glossaryEntries).includes('Golgi'))
    await arrange(ctx => hooks.merge(ctx, lena.accountId, abel.accountId))
    assert.equal((await abel.request(glossaryRoutes.entry, { ...of, entryId: entry.id })).entry.mine, true)
    await teacher.request(glossaryRoutes.approveEntry, { ...of, entryId: entry.id })
    await arrange(ctx => hooks.erase(ctx, abel.accountId))
    const kept = await sql<{ word: string }>('select word from glossary_entries where suggested_by = $1', [
      abel.accountId,
    ])
    assert.deepEqual(kept, [])
    assert.deepEqual(await wordsOf(teacher, of), ['Golgi', 'Mitochondrion'])
  })

  it('answer a page of ten thousand in a moment', async () => {
    const of = await make([])
    await sql(
      `insert into glossary_entries (id, glossary_id, word, names, document, body, state, changed_at)
       select gen_random_uuid(), $1, 'Word ' || md5(n::text), '{}', $2, '', 'shown', now() from generate_series(1, 10000) n`,
      [of.glossaryId, JSON.stringify(said('So'))],
    )
    const page = await lena.request(glossaryRoutes.entries, { ...of, limit: 200 })
    assert.deepEqual([page.items.length, page.next !== undefined], [200, true])
    await assert.rejects(teacher.request(glossaryRoutes.addEntry, { ...of, word: 'One more', document: said('So') }), {
      code: 'too-many',
    })
  })
})
