// Surveys: asked, answered with and without a name, told in groups, changed in their words alone, begun anew, copied. What is
// kept of an answer without a name is looked at in the tables themselves.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope } from '#protocol/courses.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { type SurveyAnswer, type SurveyId, type SurveyQuestion, surveyRoutes, surveyScope } from '#protocol/surveys.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { surveysFeature } from './index.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const [yes, no] = [randomUUID(), randomUUID()]
const choice: SurveyQuestion = {
  ...{ kind: 'choice', id: randomUUID(), wording: 'Again?', required: true },
  options: [
    { id: yes, text: 'Yes' },
    { id: no, text: 'No' },
  ],
}
const scale: SurveyQuestion = {
  ...{ kind: 'scale', id: randomUUID(), wording: 'How hard?', required: false, low: 'Easy', high: 'Hard' },
}
const words: SurveyQuestion = { kind: 'text', id: randomUUID(), wording: 'Why?', required: false }
const questions = [choice, scale, words]

const said = (optionId: string, value: number, text?: string): SurveyAnswer[] => [
  { kind: 'choice', questionId: choice.id, optionId },
  { kind: 'scale', questionId: scale.id, value },
  ...(text === undefined ? [] : [{ kind: 'text' as const, questionId: words.id, text }]),
]

describe('surveys', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client
  const learners: Client[] = []
  before(async () => {
    node = await testNode()
    course = await makeCourse()
    teacher = await signedInClient(node, { accountId: course.instructorId })
    for (let at = 0; at < 8; at++) {
      const name = at === 0 ? '=Lena' : `Learner ${at}`
      const accountId = await makePerson(course.courseId, 'learner', name)
      learners.push(await signedInClient(node, { accountId }))
    }
  })
  const learner = (at: number): Client => learners[at] ?? assert.fail()

  const make = async (more: object = {}) => {
    const given = { courseId: course.courseId, title: 'How was it?', questions, published: true, ...more }
    const { survey } = await teacher.request(surveyRoutes.create, given as never)
    return { courseId: course.courseId, surveyId: survey.id }
  }
  type Of = Awaited<ReturnType<typeof make>>
  const answer = (at: number, of: Of, answers: SurveyAnswer[]) =>
    learner(at).request(surveyRoutes.answer, { ...of, answers })
  const results = async (of: Of) => (await teacher.request(surveyRoutes.results, of)).results

  it("are nobody's but their staff's while they are drafts, and say that they were published", async () => {
    const of = await make({ published: false })
    await assert.rejects(learner(0).request(surveyRoutes.get, of), { code: 'not-found' })
    await assert.rejects(answer(0, of, said(yes, 1)), { code: 'not-found' })
    const { state } = await teacher.subscribe(courseStaffScope, course.courseId)
    const itemId = state().drafts.find(one => one.refId === of.surveyId)?.id ?? assert.fail()
    const told = await assertConverges(learner(0), courseScope, course.courseId, async () => {
      await teacher.request(outlineRoutes.publishItem, { courseId: course.courseId, itemId })
    })
    const line = told.items.find(one => one.refId === of.surveyId)
    assert.deepEqual([line?.kind, line?.detail], ['survey', { anonymous: true, questions: 3, version: 0 }])
    await teacher.request(outlineRoutes.removeItem, { courseId: course.courseId, itemId })
    await assert.rejects(learner(0).request(surveyRoutes.get, of), { code: 'not-found' })
    await teacher.request(outlineRoutes.restoreItem, { courseId: course.courseId, itemId })
    assert.equal((await learner(0).request(surveyRoutes.get, of)).own, null)
  })

  it('tell answers without names in groups, and keep nothing that joins one to a person', async () => {
    const of = await make({ minShown: 3 })
    await assert.rejects(make({ minShown: 2 }), { code: 'malformed' })
    await assertConverges(teacher, surveyScope, of.surveyId, () => answer(0, of, said(yes, 5, 'First')))
    await answer(1, of, said(no, 1, 'Second'))
    const early = await results(of)
    assert.deepEqual(early, { answered: 2, of: 8, shown: 0, tallies: [] })
    const asked = { ...of, questionId: words.id }
    assert.deepEqual((await teacher.request(surveyRoutes.texts, asked)).items, [])
    await answer(2, of, said(yes, 4))
    const three = await results(of)
    assert.deepEqual([three.answered, three.shown], [3, 3])
    assert.deepEqual(three.tallies[0]?.counts, [
      { key: yes, count: 2 },
      { key: no, count: 1 },
    ])
    // The next ones wait for one another: what changed between two looks is never one person's.
    await answer(3, of, said(no, 1, 'Fourth'))
    await answer(4, of, said(no, 1, 'Fifth'))
    assert.deepEqual(await results(of), { ...three, answered: 5 })
    await answer(5, of, said(no, 1, 'Sixth'))
    assert.equal((await results(of)).shown, 6)
    // A page at a time, and each once.
    const read: string[] = []
    let after: string | undefined
    do {
      const page = await teacher.request(surveyRoutes.texts, { ...asked, limit: 2, ...(after ? { after } : {}) })
      read.push(...page.items.map(one => one.text))
      assert.deepEqual([...new Set(page.items.map(one => one.name))], [null])
      after = page.next
    } while (after)
    assert.deepEqual(read.sort(), ['Fifth', 'First', 'Fourth', 'Second', 'Sixth'])

    const kept = await sql<{ account_id: string | null; xmin: string; row: string }>(
      'select account_id, xmin::text, to_jsonb(a)::text as row from survey_answers a where survey_id = $1',
      [of.surveyId],
    )
    assert.equal(kept.length, 6)
    const people = learners.map(one => one.accountId)
    assert.ok(kept.every(one => one.account_id === null && !people.some(id => one.row.includes(id))))
    assert.deepEqual(
      kept.map(one => Object.keys(JSON.parse(one.row)).sort().join()),
      kept.map(() => 'account_id,answers,id,shown,survey_id'),
    )
    // Not even the transaction tells one from the others.
    const written = await sql('select distinct xmin::text from survey_answers where survey_id = $1', [of.surveyId])
    assert.equal(written.length, 1)
    const [signed] = await sql<{ count: number }>(
      'select count(*)::int as count from events where scope = $1 and actor is not null',
      [`survey:${of.surveyId}`],
    )
    assert.equal(signed?.count, 0)
    const noted = await sql<{ day: string }>('select * from survey_participants where survey_id = $1', [of.surveyId])
    assert.ok(noted.length === 6 && noted.every(one => Object.keys(one).sort().join() === 'account_id,day,survey_id'))

    // Whoever answered reads that, and not what; a second time there is none.
    const { own } = await learner(0).request(surveyRoutes.get, of)
    assert.deepEqual([own?.answers, own?.day], [null, new Date().toISOString().slice(0, 10)])
    await assert.rejects(answer(0, of, said(no, 1)), { code: 'survey-answered' })
    const csv = await (await teacher.raw('GET', `/courses/${of.courseId}/surveys/${of.surveyId}/results.csv`)).text()
    assert.match(csv, /"Again\?","Yes","2"\r\n"Again\?","No","4"\r\n/)
    assert.ok(!csv.includes('Lena'))
  })

  it('under a name can be answered anew, and say who said what', async () => {
    const of = await make({ anonymous: false, minShown: 1 })
    await assert.rejects(answer(0, of, said(yes, 3).slice(1)), { code: 'malformed' })
    await assert.rejects(answer(0, of, []), { code: 'malformed' })
    for (const wrong of [
      [{ kind: 'choice', questionId: choice.id, optionId: randomUUID() }],
      [{ kind: 'text', questionId: choice.id, text: 'Yes' }],
      [...said(yes, 1), ...said(yes, 1)],
    ])
      await assert.rejects(answer(0, of, wrong as SurveyAnswer[]), { code: 'conflict' })
    await answer(0, of, said(yes, 3, 'At first'))
    await answer(0, of, said(no, 2, 'Then'))
    const { own } = await learner(0).request(surveyRoutes.get, of)
    assert.deepEqual(own?.answers, said(no, 2, 'Then'))
    const { answered, shown, tallies } = await results(of)
    assert.deepEqual([answered, shown, tallies[0]?.counts.map(one => one.count)], [1, 1, [0, 1]])
    const texts = await teacher.request(surveyRoutes.texts, { ...of, questionId: words.id })
    assert.deepEqual(texts.items, [{ text: 'Then', name: '=Lena' }])
    const csv = await (await teacher.raw('GET', `/courses/${of.courseId}/surveys/${of.surveyId}/results.csv`)).text()
    assert.equal(csv, '"Name","Again?","How hard?","Why?"\r\n"\'=Lena","No","2","Then"\r\n')
    await assert.rejects(teacher.request(surveyRoutes.answer, { ...of, answers: said(yes, 1) }), {
      code: 'not-allowed',
    })
  })

  it('count as answered in the progress of whoever answered', async () => {
    const of = await make({ title: 'Counted' })
    const mine = async () => {
      const { items } = await learner(6).request(progressRoutes.mine, { courseId: course.courseId })
      const cell = items.find(one => one.refId === of.surveyId)?.cell
      return [cell?.state, cell?.how, cell?.at?.slice(11)]
    }
    assert.deepEqual(await mine(), ['open', 'answered', undefined])
    await answer(6, of, said(yes, 1))
    assert.deepEqual(await mine(), ['done', 'answered', '12:00:00.000Z'])
  })

  it('change in their words alone once somebody has answered, until they begin anew', async () => {
    const of = await make({ title: 'Changing' })
    const change = (more: object, version: number) =>
      teacher.request(surveyRoutes.change, { ...of, version, ...more } as never)
    const { survey } = await change({ questions: [choice, words], minShown: 3 }, 0)
    assert.equal(survey.version, 1)
    await assert.rejects(change({ title: 'Late' }, 0), { code: 'conflict' })
    await answer(7, of, said(yes, 1).slice(0, 1))
    const reworded = [{ ...choice, wording: 'Once more?' }, words]
    await assertConverges(teacher, surveyScope, of.surveyId, () => change({ questions: reworded }, 1))
    const [option] = choice.kind === 'choice' ? choice.options : []
    for (const more of [
      { questions: [choice] },
      { questions: [words, choice] },
      { questions: [{ ...choice, options: [option, { id: randomUUID(), text: 'No' }] }, words] },
      { questions: [{ ...words, id: choice.id }, words] },
      { anonymous: false },
      { minShown: 4 },
    ])
      await assert.rejects(change(more, 2), { code: 'survey-begun' }, JSON.stringify(more))
    assert.equal((await teacher.request(surveyRoutes.get, of)).begun, true)
    await assert.rejects(teacher.request(surveyRoutes.clear, { ...of, title: 'Another' }), { code: 'malformed' })
    await assertConverges(teacher, surveyScope, of.surveyId, () =>
      teacher.request(surveyRoutes.clear, { ...of, title: 'Changing' }),
    )
    assert.equal((await results(of)).answered, 0)
    assert.equal((await learner(7).request(surveyRoutes.get, of)).own, null)
    await change({ questions: [choice] }, 3)
    await answer(7, of, said(no, 1).slice(0, 1))
  })

  it('go along with a course without their answers, and with the person who answered', async () => {
    const kept = await make({ title: 'Kept', anonymous: false, minShown: 1 })
    const lost = await make({ title: 'Without a name' })
    const accountId = await makePerson(course.courseId, 'learner', 'Goes')
    const other = await makePerson(course.courseId, 'learner', 'Stays')
    for (const [one, optionId] of [
      [accountId, yes],
      [other, no],
    ] as const) {
      const client = await signedInClient(node, { accountId: one })
      for (const of of [kept, lost]) await client.request(surveyRoutes.answer, { ...of, answers: said(optionId, 1) })
    }
    const copy = { courseId: course.courseId, how: 'make', title: 'Again', shift: { days: 0 } } as const
    const { course: again, counts } = await teacher.request(copyRoutes.copy, copy)
    assert.ok(again && counts.surveys >= 2)
    const copied = (await teacher.subscribe(courseStaffScope, again.id)).state().drafts
    const all = [...copied, ...(await teacher.subscribe(courseScope, again.id)).state().items]
    const line = all.find(one => one.title === 'Kept') ?? assert.fail()
    const there = { courseId: again.id, surveyId: line.refId as SurveyId }
    const seen = await teacher.request(surveyRoutes.get, there)
    assert.deepEqual([seen.survey.questions, seen.begun], [questions, false])

    const hooks = surveysFeature.account ?? assert.fail()
    const exported = (await hooks.export(testCtx(), accountId)) as { surveys: { title: string; answers: unknown }[] }
    assert.deepEqual(exported.surveys.map(one => [one.title, one.answers]).sort(), [
      ['Kept', said(yes, 1)],
      ['Without a name', null],
    ])
    await arrange(ctx => hooks.merge(ctx, accountId, other))
    assert.deepEqual((await results(kept)).tallies[0]?.counts[1]?.count, 1)
    assert.equal((await results(kept)).answered, 1)
    await arrange(ctx => hooks.erase(ctx, other))
    // What was said without a name can not be found by who said it, and stays.
    assert.deepEqual([(await results(kept)).answered, (await results(lost)).answered], [0, 2])

    const reset = { courseId: course.courseId, parts: ['work'] as const }
    const tried = await teacher.request(resetRoutes.reset, { ...reset, parts: ['work'], how: 'try' })
    assert.ok(tried.counts.work > 0)
    await teacher.request(resetRoutes.reset, { ...reset, parts: ['work'], how: 'make', title: 'Cells' })
    assert.equal((await results(lost)).answered, 0)
  })
})
