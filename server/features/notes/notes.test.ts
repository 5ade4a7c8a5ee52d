// Notes of a course and of a class: there from the first day, read by all, written by right, through the stock client;
// a right that goes is felt at once; what was written is there as Markdown, in lists, and in a person's own copy.
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { documentClose } from '#protocol/base/documents.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { liveCalls, liveRoutes } from '#protocol/live.ts'
import { type Note, noteField, noteRoutes, noteScope } from '#protocol/notes.ts'
import { exportAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makeCourse, makePerson, makeQuiz } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { type DocumentClient, documentClient } from '#server/test/document-client.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('notes', () => {
  let node: TestNode
  let teacher: Person
  let learner: Person
  let courseId: string
  let course: Awaited<ReturnType<typeof makeCourse>>
  const open: DocumentClient[] = []

  before(async () => {
    node = await testNode()
    course = await makeCourse('Biology')
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructorId })
    learner = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lea') })
  })
  afterEach(() => {
    for (const one of open.splice(0)) one.close()
  })

  const listed = async (who: TestClient) => (await who.request(noteRoutes.list, { courseId })).items
  const create = async (title = 'Seminar'): Promise<Note> =>
    (await teacher.request(noteRoutes.create, { courseId, title })).note
  const edit = async (who: TestClient, id: string) => {
    const client = documentClient({ url: node.url, id, cookie: who.cookie() })
    open.push(client)
    await client.synced()
    return client
  }
  const write = (client: DocumentClient, text: string) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    const fragment = client.doc.getXmlFragment(noteField)
    fragment.insert(fragment.length, [paragraph])
  }

  it('gives every course one, which all of it read and write', async () => {
    const { course: made } = await teacher.request(courseRoutes.create, { title: 'Chemistry' })
    const { items, mayCreate } = await teacher.request(noteRoutes.list, { courseId: made.id })
    assert.deepEqual(
      items.map(one => [one.title, one.runId, one.writers, one.mayWrite, one.mayManage, one.writtenAt]),
      [['Chemistry', null, 'everybody', true, true, null]],
    )
    assert.equal(mayCreate, true)
    const [own] = await listed(learner)
    assert.deepEqual([own?.title, own?.mayWrite, own?.mayManage], ['Biology', true, false])
  })

  it('keeps what the stock client writes, and gives it as Markdown and in the list', async () => {
    const note = await create('A/B: "cells"')
    const [a, b] = [await edit(teacher, note.id), await edit(learner, note.id)]
    write(a, 'From the <teacher>')
    write(b, 'From the learner')
    await Promise.all([a.untilSaved(), b.untilSaved()])
    const { markdown, number } = await learner.request(noteRoutes.text, { noteId: note.id })
    assert.deepEqual(
      [markdown.trim().split('\n\n').sort(), number],
      [['From the \\<teacher\\>', 'From the learner'], 2],
    )
    const file = await fetch(`${node.url}/api/v1/notes/${note.id}/markdown`, { headers: { cookie: learner.cookie() } })
    assert.equal(await file.text(), markdown)
    assert.match(file.headers.get('content-disposition') ?? '', /A B cells\.md/)
    const row = await waitFor(
      async () =>
        (await listed(learner)).find(one => one.id === note.id && /From the <?\w+>? From the/.test(one.excerpt)),
      'the words of both in the list',
    )
    assert.ok(row.writtenAt)
    const exported = await exportAccount(testCtx(), learner.accountId)
    assert.ok(JSON.stringify(exported).includes(note.id))
  })

  it('lets staff say who writes, for those who are writing too', async () => {
    const note = await create()
    const [a, b] = [await edit(teacher, note.id), await edit(learner, note.id)]
    assert.equal(b.told.mayWrite, true)
    await assertConverges(learner, noteScope, note.id, () =>
      teacher.request(noteRoutes.change, { noteId: note.id, version: 0, writers: 'staff', title: 'Mine' }),
    )
    await waitFor(() => b.told.mayWrite === false, 'the learner to be a reader')
    assert.equal(a.told.mayWrite, true)
    write(b, 'not allowed')
    write(a, 'allowed')
    await a.untilSaved()
    await waitFor(() => b.told.refused === 1, 'the refusal')
    const { markdown } = await learner.request(noteRoutes.text, { noteId: note.id })
    assert.equal(markdown, 'allowed\n')
    const read = await learner.request(noteRoutes.get, { noteId: note.id })
    assert.deepEqual([read.mayWrite, read.mayManage, read.note.title], [false, false, 'Mine'])
    await assert.rejects(teacher.request(noteRoutes.change, { noteId: note.id, version: 0, title: 'x' }), {
      code: 'conflict',
    })
    await assert.rejects(learner.request(noteRoutes.change, { noteId: note.id, version: 1, writers: 'everybody' }), {
      code: 'not-allowed',
    })
  })

  it('sends everybody out of a note that is removed, and brings it back with its words', async () => {
    const note = await create()
    const client = await edit(learner, note.id)
    write(client, 'to stay')
    await client.untilSaved()
    await teacher.request(noteRoutes.change, { noteId: note.id, version: 0, title: 'CANARY title' })
    await assertConverges(learner, noteScope, note.id, () =>
      teacher.request(noteRoutes.remove, { noteId: note.id }),
    ).catch(
      // Whoever comes after the removal may not hear of it: there is no fresh state to compare with.
      (error: { code?: string }) => assert.equal(error.code, 'not-found'),
    )
    await waitFor(() => client.closes.includes(documentClose.gone), 'the close')
    assert.deepEqual(await sql("select kind from events where scope ~ '^note:' and body::text like '%CANARY%'"), [])
    await assert.rejects(learner.request(noteRoutes.get, { noteId: note.id }), { code: 'not-found' })
    assert.ok(!(await listed(learner)).some(one => one.id === note.id))
    await teacher.request(noteRoutes.restore, { noteId: note.id })
    assert.equal((await learner.request(noteRoutes.text, { noteId: note.id })).markdown, 'to stay\n')
  })

  it('is placed in a module where that is asked for, under its name', async () => {
    const moduleId = (await teacher.request(outlineRoutes.createModule, { courseId, title: 'Week 1' })).module.id
    let note: Note | undefined
    const state = await assertConverges(learner, courseScope, courseId, async () => {
      note = (await teacher.request(noteRoutes.create, { courseId, title: 'In week 1', moduleId })).note
    })
    const item = state.items.find(one => one.refId === note?.id)
    assert.deepEqual([item?.kind, item?.moduleId, item?.title], ['note', moduleId, 'In week 1'])
    const renamed = await assertConverges(learner, courseScope, courseId, () =>
      teacher.request(noteRoutes.change, { noteId: note!.id, version: 0, title: 'Renamed' }),
    )
    assert.equal(renamed.items.find(one => one.refId === note?.id)?.title, 'Renamed')
  })

  it('sends out who is taken out of the course, within 200 ms', async () => {
    const times: number[] = []
    // The best of some: what is measured is the server, not what else this machine does.
    for (let turn = 0; turn < 3 || (turn < 12 && Math.min(...times) >= 200); turn++) {
      const leaver = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Liz') })
      const [own] = await listed(leaver)
      const client = await edit(leaver, own!.id)
      let closedAt = Number.NaN
      client.provider.on('connection-close', () => {
        closedAt = performance.now()
      })
      await teacher.request(peopleRoutes.endEnrolment, { courseId, accountId: leaver.accountId })
      const began = performance.now()
      await waitFor(() => client.closes.length > 0, 'the close')
      times.push(closedAt - began)
      assert.deepEqual(client.closes, [documentClose.gone])
    }
    assert.ok(Math.min(...times) < 200, `${times.join(', ')} ms`)
  })

  it('gives a class one that its guests write while it runs, and read afterwards', async () => {
    const quiz = await makeQuiz(course, ['One'])
    const run = await teacher.request(liveRoutes.start, { courseId, activityIds: [quiz.activityId] })
    const noteId = run.noteId!
    const guest = await guestClient(node, run.code ?? '', 'Gus')
    const client = await edit(guest, noteId)
    write(client, 'by a guest')
    await client.untilSaved()
    await assert.rejects(guest.request(noteRoutes.list, { courseId }), { code: 'not-found' })
    const [own] = (await listed(teacher)).filter(one => one.runId === null)
    await assert.rejects(guest.request(noteRoutes.get, { noteId: own!.id }), { code: 'not-found' })
    await teacher.call(liveCalls.end, { runId: run.id })
    await waitFor(() => client.told.mayWrite === false, 'the guest to be a reader')
    const read = await guest.request(noteRoutes.text, { noteId })
    assert.equal(read.markdown, 'by a guest\n')
    // The course goes on writing it.
    const after = await edit(learner, noteId)
    write(after, 'by the course')
    await after.untilSaved()
    const last = (await listed(teacher)).at(-1)
    assert.equal(last?.runId, run.id)
  })

  it('gives what a guest wrote to the account they turn out to have', async () => {
    const note = await create()
    const [from, into] = [
      await makePerson(course.courseId, 'learner', 'Two'),
      await makePerson(course.courseId, 'learner', 'One'),
    ]
    const client = await edit(await signedInClient(node, { accountId: from }), note.id)
    write(client, 'mine')
    await client.untilSaved()
    await arrange(ctx => mergeAccounts(ctx, from, into))
    for (const table of ['document_updates', 'document_clients']) {
      const rows = await sql<{ account_id: string }>(`select account_id from ${table} where document_id = $1`, [
        note.id,
      ])
      assert.deepEqual(rows, [{ account_id: into }], table)
    }
  })

  it('pages through the notes, its own first, and believes no cursor', async () => {
    const whole = (await listed(teacher)).map(one => one.id)
    const paged: string[] = []
    let after: string | undefined
    do {
      const page = await teacher.request(noteRoutes.list, { courseId, limit: 2, after })
      paged.push(...page.items.map(one => one.id))
      after = page.next
    } while (after)
    assert.deepEqual(paged, whole)
    await assert.rejects(teacher.request(noteRoutes.list, { courseId, after: 'eyJ4Ijox' }), { code: 'malformed' })
  })
})
