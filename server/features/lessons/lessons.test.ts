// Lessons: written, refused where they would catch a learner, gone through on two devices, changed while somebody is in
// them, told to staff, found, copied and forgotten.
import assert from 'node:assert/strict'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope } from '#protocol/courses.ts'
import {
  type LessonChoice,
  type LessonChoiceId,
  type LessonId,
  type LessonPageId,
  type LessonStep,
  lessonRoutes,
  lessonScope,
  lessonStaffScope,
} from '#protocol/lessons.ts'
import { writePreview } from '#protocol/preview.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { searchRoutes } from '#protocol/search.ts'
import { newId } from '#server/platform/db/id.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { lessonsFeature } from './index.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const words = (text: string) => ({
  schema: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})

const choice = (to: LessonChoice['to'], text = '', feedback = ''): LessonChoice => ({
  ...{ id: newId<'LessonChoice'>(), text, to, feedback },
})

describe('lessons', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client
  let lena: Client
  let omar: Client
  before(async () => {
    node = await testNode()
    course = await makeCourse()
    teacher = await signedInClient(node, { accountId: course.instructorId })
    lena = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
    omar = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Omar') })
  })

  type Of = { courseId: TestCourse['courseId']; lessonId: LessonId }
  const make = async (more: object = {}): Promise<Of> => {
    const given = { courseId: course.courseId, title: 'Which tree?', published: true, ...more }
    const { lesson } = await teacher.request(lessonRoutes.create, given as never)
    return { courseId: course.courseId, lessonId: lesson.id }
  }
  const add = async (of: Of, title: string, text = title): Promise<LessonPageId> => {
    const { page } = await teacher.request(lessonRoutes.addPage, { ...of, title })
    await teacher.request(lessonRoutes.changePage, { ...of, pageId: page.id, version: 0, document: words(text) })
    return page.id
  }
  const lead = async (of: Of, pageId: LessonPageId, choices: LessonChoice[]) => {
    const { page } = await teacher.request(lessonRoutes.page, { ...of, pageId })
    await teacher.request(lessonRoutes.changePage, { ...of, pageId, version: page.version, choices })
  }
  const step = (who: Client, of: Of, given: LessonStep) => who.request(lessonRoutes.step, { ...of, step: given })
  const choose = (who: Client, of: Of, pageId: LessonPageId, choiceId: LessonChoiceId) =>
    step(who, of, { do: 'choose', pageId, choiceId })
  const itemOf = async (of: Of) => {
    const drafts = (await teacher.subscribe(courseStaffScope, of.courseId)).state().drafts
    const shown = (await teacher.subscribe(courseScope, of.courseId)).state().items
    return [...drafts, ...shown].find(one => one.refId === of.lessonId) ?? assert.fail()
  }
  const walkers = async (of: Of, more: object = {}) => teacher.request(lessonRoutes.walkers, { ...of, ...more })
  const stands = async (of: Of) =>
    Object.fromEntries((await walkers(of)).items.map(one => [one.name, one.page ?? one.state]))

  /** A question, an answer on either side, and the end after both. */
  const branched = async (more: object = {}) => {
    const of = await make(more)
    const [fork, needles, leaves] = [await add(of, 'Fork'), await add(of, 'Needles'), await add(of, 'Leaves')]
    const toNeedles = choice(needles, 'It has needles', 'Look how they stand.')
    const toLeaves = choice(leaves, 'It has leaves')
    const out = choice('end')
    await lead(of, fork, [toNeedles, toLeaves])
    await lead(
      of,
      needles,
      [out, choice(fork, 'Once more')].map((one, at) => (at === 0 ? { ...one, text: 'Done' } : one)),
    )
    return { of, fork, needles, leaves, toNeedles, toLeaves, out }
  }

  it('are refused to learners from which the end can not be come to, and only then', async () => {
    const of = await make({ published: false })
    const [first, second] = [await add(of, 'First'), await add(of, 'Second')]
    await lead(of, second, [])
    const { warnings } = await teacher.request(lessonRoutes.outline, of)
    assert.deepEqual(warnings, [
      { pageId: first, what: 'traps', choiceId: null },
      { pageId: second, what: 'no-way-out', choiceId: null },
    ])
    const item = { courseId: of.courseId, itemId: (await itemOf(of)).id }
    await assert.rejects(
      teacher.request(outlineRoutes.publishItem, item),
      (error: { code: string; params: object }) => {
        assert.deepEqual([error.code, error.params], ['lesson-traps', { page: 'First', count: 2 }])
        return true
      },
    )
    const { id, version } = await itemOf(of)
    const changes = [{ subject: 'item' as const, id, version, published: true }]
    await assert.rejects(teacher.request(outlineRoutes.changeMany, { courseId: of.courseId, changes }), {
      code: 'lesson-traps',
    })
    await assert.rejects(lena.request(lessonRoutes.get, of), { code: 'not-found' })
    await lead(of, second, [choice(first, 'Again'), choice('end', 'Enough')])
    await teacher.request(outlineRoutes.publishItem, item)
    assert.deepEqual((await teacher.request(lessonRoutes.outline, of)).warnings, [])
    // What is published stays so that nobody is caught: taking the way out is refused.
    await assert.rejects(lead(of, second, [choice(first)]), { code: 'lesson-traps' })
    await assert.rejects(teacher.request(lessonRoutes.changePage, { ...of, pageId: first, version: 9 }), {
      code: 'conflict',
    })
    const elsewhere = await add(await make({ published: false }), 'Elsewhere')
    await assert.rejects(lead(of, first, [choice(elsewhere)]), { code: 'malformed' })
  })

  it('keep every step of a learner, go on where they were, and go back the way they came', async () => {
    const { of, fork, needles, leaves, toNeedles, toLeaves } = await branched()
    assert.equal((await lena.request(lessonRoutes.get, of)).place, null)
    await assert.rejects(step(lena, of, { do: 'back' }), { code: 'not-found' })
    await assert.rejects(step(teacher, of, { do: 'begin' }), { code: 'not-allowed' })
    const began = await step(lena, of, { do: 'begin' })
    assert.deepEqual(
      began.place.page?.choices.map(one => [one.text, one.ends, Object.keys(one).sort().join()]),
      [
        ['It has needles', false, 'ends,id,text'],
        ['It has leaves', false, 'ends,id,text'],
      ],
    )
    const there = await choose(lena, of, fork, toNeedles.id)
    assert.deepEqual([there.feedback, there.place.page?.id, there.place.back], ['Look how they stand.', needles, true])
    const phone = await signedInClient(node, { accountId: lena.accountId as never })
    assert.equal((await phone.request(lessonRoutes.get, of)).place?.page?.id, needles)
    // The other device stands where it stood, and takes another way: the last step counts.
    assert.equal((await choose(phone, of, fork, toLeaves.id)).place.page?.id, leaves)
    assert.equal((await lena.request(lessonRoutes.get, of)).place?.page?.id, leaves)
    const back = await step(lena, of, { do: 'back' })
    assert.deepEqual([back.place.page?.id, back.place.back, back.place.been.length], [fork, false, 3])
    await assert.rejects(choose(lena, of, fork, newId<'LessonChoice'>()), { code: 'conflict' })
    await assert.rejects(step(lena, of, { do: 'jump', pageId: leaves }), { code: 'not-found' })
    const path = await teacher.request(lessonRoutes.path, { ...of, accountId: lena.accountId as never })
    assert.deepEqual(
      path.items.map(one => [one.how, one.from, one.choice, one.to]),
      [
        ['began', null, null, 'Fork'],
        ['chose', 'Fork', 'It has needles', 'Needles'],
        ['chose', 'Fork', 'It has leaves', 'Leaves'],
        ['back', 'Leaves', null, 'Fork'],
      ],
    )
    const { choices } = await teacher.request(lessonRoutes.taken, of)
    assert.deepEqual(choices.map(one => [one.pageId, one.count]).sort(), [
      [fork, 1],
      [fork, 1],
    ])
  })

  it('are done at the end, and stay so when somebody begins again', async () => {
    const { of, fork, leaves, toLeaves } = await branched()
    const mine = async () => {
      const { items } = await omar.request(progressRoutes.mine, { courseId: of.courseId })
      const cell = items.find(one => one.refId === of.lessonId)?.cell
      return [cell?.state, cell?.how]
    }
    assert.deepEqual(await mine(), ['open', 'finished'])
    await assertConverges(teacher, lessonStaffScope, of.lessonId, () => step(omar, of, { do: 'begin' }))
    await choose(omar, of, fork, toLeaves.id)
    assert.deepEqual([(await stands(of)).Omar, (await stands(of)).Lena], ['Leaves', 'none'])
    const { page } = await teacher.request(lessonRoutes.page, { ...of, pageId: leaves })
    const end = await choose(omar, of, leaves, page.choices[0]?.id ?? assert.fail())
    assert.deepEqual([end.place.page, end.place.back], [null, true])
    assert.ok(end.place.finishedAt)
    assert.deepEqual(await mine(), ['done', 'finished'])
    assert.equal((await step(omar, of, { do: 'back' })).place.page?.id, leaves)
    assert.equal((await stands(of)).Omar, 'finished')
    await step(omar, of, { do: 'begin' })
    assert.deepEqual([(await stands(of)).Omar, await mine()], ['Fork', ['done', 'finished']])
    const on = await walkers(of, { filter: 'on', limit: 1 })
    assert.deepEqual(
      [on.counts, on.items.map(one => [one.name, one.times])],
      [{ none: 1, on: 1, finished: 0 }, [['Omar', 2]]],
    )
    const first = await walkers(of, { limit: 1 })
    const rest = await walkers(of, { limit: 1, after: first.next })
    assert.deepEqual([first.items[0]?.name, rest.items[0]?.name, rest.counts], ['Lena', 'Omar', null])
  })

  it('take whoever is on a page that is taken out to the last they came by, and back when that is undone', async () => {
    const { of, fork, needles, toNeedles, toLeaves } = await branched()
    await step(lena, of, { do: 'begin' })
    await choose(lena, of, fork, toNeedles.id)
    await step(omar, of, { do: 'begin' })
    await choose(omar, of, fork, toNeedles.id)
    await assertConverges(lena, lessonScope, of.lessonId, () =>
      teacher.request(lessonRoutes.removePage, { ...of, pageId: needles }),
    )
    const moved = (await lena.request(lessonRoutes.get, of)).place
    assert.deepEqual([moved?.page?.id, moved?.moved, moved?.page?.choices.length], [fork, true, 1])
    assert.deepEqual(await stands(of), { Lena: 'Fork', Omar: 'Fork' })
    const { warnings } = await teacher.request(lessonRoutes.outline, of)
    assert.deepEqual(warnings, [{ pageId: fork, what: 'gone', choiceId: toNeedles.id }])
    await assert.rejects(choose(lena, of, fork, toNeedles.id), { code: 'conflict' })
    // Omar goes on meanwhile: he stays where he is.
    await choose(omar, of, fork, toLeaves.id)
    await teacher.request(lessonRoutes.restorePage, { ...of, pageId: needles })
    const again = (await lena.request(lessonRoutes.get, of)).place
    assert.deepEqual([again?.page?.id, again?.moved], [needles, false])
    assert.deepEqual(await stands(of), { Lena: 'Needles', Omar: 'Leaves' })
    assert.equal((await step(lena, of, { do: 'back' })).place.page?.id, fork)
  })

  it('are a book where each page leads to the next, and open in any order where that is set', async () => {
    const of = await make({ anyOrder: true })
    const [one, two, three] = [await add(of, 'One'), await add(of, 'Two'), await add(of, 'Three')]
    await step(lena, of, { do: 'begin' })
    assert.equal((await step(lena, of, { do: 'jump', pageId: three })).place.page?.id, three)
    assert.equal((await step(lena, of, { do: 'back' })).place.page?.id, one)
    await teacher.request(lessonRoutes.movePage, { ...of, pageId: three, before: two })
    const read = await lena.request(lessonRoutes.get, of)
    assert.deepEqual(
      read.contents.map(page => page.title),
      ['One', 'Three', 'Two'],
    )
    const { page } = await teacher.request(lessonRoutes.page, { ...of, pageId: one })
    assert.equal((await choose(lena, of, one, page.choices[0]?.id ?? assert.fail())).place.page?.id, three)
    await teacher.request(lessonRoutes.change, { ...of, version: 0, anyOrder: false })
    await assert.rejects(step(lena, of, { do: 'jump', pageId: two }), { code: 'not-found' })
    assert.equal((await lena.request(lessonRoutes.get, of)).contents.length, 3)
    await assert.rejects(teacher.request(lessonRoutes.change, { ...of, version: 0 }), { code: 'conflict' })
    assert.deepEqual((await lena.request(lessonRoutes.get, (await branched()).of)).contents, [])
  })

  it('can be looked at without a step being kept', async () => {
    const { of, fork, needles, toNeedles } = await branched()
    const first = await teacher.request(lessonRoutes.look, of)
    assert.equal(first.page?.id, fork)
    const next = await teacher.request(lessonRoutes.look, { ...of, pageId: fork, choiceId: toNeedles.id })
    assert.deepEqual([next.page?.id, next.feedback], [needles, 'Look how they stand.'])
    // Neither by staff, nor by who previews the course as a learner.
    const preview = writePreview({ courseId: of.courseId, role: 'learner', groupIds: [] })
    const learner = await signedInClient(node, { accountId: course.instructorId, preview })
    const { mayChange, place } = await learner.request(lessonRoutes.get, of)
    assert.deepEqual([mayChange, place], [false, null])
    assert.equal((await learner.request(lessonRoutes.look, { ...of, pageId: needles })).page?.title, 'Needles')
    await assert.rejects(step(learner, of, { do: 'begin' }), { code: 'previewing' })
    assert.equal((await sql('select from lesson_walks where lesson_id = $1', [of.lessonId])).length, 0)
  })

  it('are found by the words of their pages: by staff all, by learners those they have been on', async () => {
    const { of, fork, toNeedles } = await branched({ title: 'Found' })
    const page = await teacher.request(lessonRoutes.outline, of)
    const needles = page.pages.find(one => one.title === 'Needles') ?? assert.fail()
    await teacher.request(lessonRoutes.changePage, {
      ...{ ...of, pageId: needles.id, version: needles.version, document: words('An araucaria is a conifer.') },
    })
    const find = async (who: Client) =>
      (await who.request(searchRoutes.everything, { words: 'araucaria' })).items.map(one =>
        one.kind === 'lesson-page' ? one.lessonId : one.kind,
      )
    assert.deepEqual([await find(teacher), await find(lena)], [[of.lessonId], []])
    await step(lena, of, { do: 'begin' })
    await choose(lena, of, fork, toNeedles.id)
    assert.deepEqual(await find(lena), [of.lessonId])
    await teacher.request(lessonRoutes.removePage, { ...of, pageId: needles.id })
    assert.deepEqual([await find(teacher), await find(lena)], [[], []])
  })

  it('go along with a course without the ways of learners, and with the person who went', async () => {
    const { of, fork, toNeedles } = await branched({ title: 'Kept' })
    const from = await makePerson(course.courseId, 'learner', 'Goes')
    const into = await makePerson(course.courseId, 'learner', 'Stays')
    for (const accountId of [from, into]) {
      const one = await signedInClient(node, { accountId })
      await step(one, of, { do: 'begin' })
      await choose(one, of, fork, toNeedles.id)
    }
    const copy = { courseId: course.courseId, how: 'make', title: 'Again', shift: { days: 0 } } as const
    const { course: again, counts } = await teacher.request(copyRoutes.copy, copy)
    assert.ok(again && counts.lessons >= 1)
    const shown = (await teacher.subscribe(courseScope, again.id)).state().items
    const drafts = (await teacher.subscribe(courseStaffScope, again.id)).state().drafts
    const line = [...shown, ...drafts].find(one => one.title === 'Kept') ?? assert.fail()
    const there = { courseId: again.id, lessonId: line.refId as LessonId }
    const { pages, warnings } = await teacher.request(lessonRoutes.outline, there)
    assert.deepEqual([pages.map(one => one.title), warnings], [['Fork', 'Needles', 'Leaves'], []])
    assert.deepEqual(
      pages[0]?.choices.map(one => one.to),
      [pages[1]?.id, pages[2]?.id],
    )
    assert.notEqual(pages[0]?.choices[0]?.id, toNeedles.id)
    assert.equal((await teacher.request(lessonRoutes.walkers, there)).counts?.on, 0)

    const hooks = lessonsFeature.account ?? assert.fail()
    const exported = (await hooks.export(testCtx(), from)) as {
      lessons: { title: string; steps: { page: string; choice: string | null }[] }[]
    }
    assert.deepEqual(
      exported.lessons.map(one => [one.title, one.steps.map(each => [each.page, each.choice])]),
      [
        [
          'Kept',
          [
            ['Fork', null],
            ['Needles', 'It has needles'],
          ],
        ],
      ],
    )
    await arrange(ctx => hooks.merge(ctx, from, into))
    assert.equal((await walkers(of)).items.find(one => one.name === 'Stays')?.times, 2)
    await arrange(ctx => hooks.erase(ctx, into))
    assert.equal((await walkers(of)).items.find(one => one.name === 'Stays')?.times, 0)

    const reset = { courseId: course.courseId, parts: ['work'] as const }
    const tried = await teacher.request(resetRoutes.reset, { ...reset, parts: ['work'], how: 'try' })
    assert.ok(tried.counts.work > 0)
    await teacher.request(resetRoutes.reset, { ...reset, parts: ['work'], how: 'make', title: 'Cells' })
    const [left] = await sql<{ count: number }>('select count(*)::int as count from lesson_walks')
    assert.equal(left?.count, 0)
  })
})
