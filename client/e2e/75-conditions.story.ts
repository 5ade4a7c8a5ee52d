// When things open: a teacher says what opens a page and a module, a learner on a phone sees why they are locked and what
// opens them, does it, and they open without a reload. What would wait for itself is refused by its names.
import { profileRoutes } from '#protocol/accounts/profile.ts'
import { activityCalls, type ItemId } from '#protocol/activities.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseScope } from '#protocol/courses.ts'
import { type GroupId, groupRoutes, groupsScope } from '#protocol/groups.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { makeCourse, makePerson, makeQuiz, type TestCourse } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, hold, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const [first, reward] = ['What a cell needs to live', 'Inside the mitochondrion']

describe('what opens things in a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let phone: Person
  let course: TestCourse
  let home = ''
  let learnerId: Awaited<ReturnType<typeof makePerson>>
  let administrator: Awaited<ReturnType<typeof signedInClient>>

  const as = async (person: Person, accountId: Parameters<typeof signIn>[0]) => {
    await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  }
  before(async () => {
    school = await openSchool()
    course = await makeCourse('Cells from within')
    const { courseId } = course
    const host = await signedInClient(school, { accountId: course.instructorId })
    const { module } = await host.request(outlineRoutes.createModule, { courseId, title: 'Week 1' })
    const { module: second } = await host.request(outlineRoutes.createModule, { courseId, title: 'Week 2' })
    await host.request(contentRoutes.createPage, { courseId, title: first, published: true, moduleId: module.id })
    await host.request(contentRoutes.createPage, { courseId, title: reward, published: true, moduleId: second.id })
    home = `/courses/${courseId}`
    teacher = await school.open('desktop')
    phone = await school.open('small')
    await as(teacher, course.instructorId)
    learnerId = await makePerson(courseId, 'learner', 'Ada Lovelace')
    await as(phone, learnerId)
    administrator = await signedInClient(school, { role: 'administrator' })
  })
  after(async () => {
    for (const one of [teacher, phone]) await one?.close()
  })

  const choose = (entry: string) => teacher.page.getByRole('menuitem', { name: entry, exact: true }).click()
  const openAccess = async (title: string) => {
    await button(teacher.page, `Change ${title}`).click()
    await choose('Access and completion')
    return teacher.page.getByRole('dialog', { name: `Access and completion: ${title}` })
  }
  const main = () => phone.page.getByRole('main')

  it('is said in a sentence, and locks the page on a phone at once', async () => {
    await phone.go(home)
    await link(main(), reward).waitFor()
    await teacher.go(home)
    const dialog = await openAccess(reward)
    await sees(dialog, 'Open to everybody.')
    await button(dialog, 'Add condition').click()
    await choose('Something is done')
    await button(dialog, 'Save').click()
    await sees(dialog, 'Choose one.')
    await dialog.getByLabel('Which').selectOption(first)
    await dialog.getByLabel('Opens on').fill('2026-01-05')
    await sees(dialog, /^Opens when What a cell needs to live is done, from .*5.*08:00 UTC\.$/)
    await teacher.page.setViewportSize({ width: 360, height: 740 })
    await checkPage(teacher.page)
    await teacher.page.setViewportSize({ width: 1280, height: 800 })
    await button(dialog, 'Save').click()
    await sees(teacher.page, /^.*Opens when What a cell needs to live is done, from /)
    await link(main(), reward).waitFor({ state: 'hidden' })
    await sees(phone.page, /Locked\. Opens when What a cell needs to live is done/)
    await checkPage(phone.page)
  })

  it('opens without a reload once that is done, and its own address says so meanwhile', async () => {
    const other = await phone.context.newPage()
    const page = await teacher.page.getByRole('link', { name: reward, exact: true }).getAttribute('href')
    await other.goto(page ?? '')
    await sees(other, 'Locked for now')
    phone.watch.disregard(/403/)
    await link(main(), `Go to ${first}`).tap()
    await phone.page.getByRole('heading', { name: first, level: 1 }).waitFor()
    await other.getByRole('heading', { name: reward, level: 1 }).waitFor()
    await other.close()
    await link(main(), 'Cells from within').tap()
    await link(main(), reward).waitFor()
  })

  it('lets staff leave the last word to the learner, who says it and takes it back', async () => {
    const dialog = await openAccess(reward)
    await dialog.getByLabel('It is done when').selectOption('the learner marks it as done')
    await button(dialog, 'Save').click()
    const done = button(main(), `Mark as done: ${reward}`)
    await done.tap()
    await button(main(), `Not done after all: ${reward}`).waitFor()
    await hold(phone.page)
    await sees(phone.page, 'All 2 done')
    await checkPage(phone.page)
    await button(phone.page, 'Undo').last().tap()
    await done.waitFor()
    await sees(phone.page, '1 of 2 done')
  })

  it('refuses a circle by its names, and takes back what was said', async () => {
    const dialog = await openAccess('Week 1')
    await button(dialog, 'Add condition').click()
    await choose('A whole module is done')
    await dialog.getByLabel('Which module').selectOption('Week 2')
    await button(dialog, 'Save').click()
    await sees(dialog, /in a circle .*: Week 1 needs Week 2, which needs .*, which needs Week 1\./)
    teacher.watch.forgive(/409/)
    await button(dialog, 'Remove condition 1').click()
    await dialog.getByLabel('Opens on').fill('2099-01-05')
    await dialog.getByLabel('Hide what is in it until it opens').check()
    await button(dialog, 'Save').click()
    await sees(phone.page, /Locked\. Opens on .*08:00 UTC/)
    await misses(phone.page, first)
    await button(teacher.page.locator('.toast', { hasText: 'Access of Week 1' }), 'Undo').click()
    await link(main(), first).waitFor()
  })

  it('opens and closes by itself at its moments, once they are said the right way round', async () => {
    const { courseId } = course
    const host = await signedInClient(school, { accountId: course.instructorId })
    const title = 'The answers of last week'
    await host.request(contentRoutes.createPage, { courseId, title, published: true })
    await teacher.page.setViewportSize({ width: 360, height: 740 })
    const dialog = await openAccess(title)
    await dialog.getByLabel('Opens on').fill('2099-02-05')
    await dialog.getByLabel('Closes on').fill('2099-02-01')
    await button(dialog, 'Save').click()
    await sees(dialog, 'It closes before it opens. Choose a later moment.')
    await dialog.getByLabel('Closes on').fill('2099-02-28')
    await sees(dialog, /^Open from .*2099, 08:00 UTC until .*2099, 23:59 UTC\.$/)
    await checkPage(teacher.page)
    await button(dialog, 'Save').click()
    await hold(teacher.page, title)
    await sees(phone.page, /Locked\. Open from .*2099/)
    await checkPage(phone.page)
    await button(teacher.page.locator('.toast', { hasText: title }), 'Undo').click()
    await link(main(), title).waitFor()
    // To the second: what the screens say to the minute.
    const { items } = (await host.subscribe(courseScope, courseId)).state()
    const subjectId = items.find(one => one.title === title)?.id ?? ''
    const { releases } = await host.request(conditionRoutes.list, { courseId })
    const from = new Date(Date.now() + 8_000).toISOString()
    const until = new Date(Date.now() + 16_000).toISOString()
    await host.request(conditionRoutes.change, {
      ...{ courseId, subject: 'item', subjectId, from, until, hidden: false, tree: null },
      version: releases.find(one => one.subjectId === subjectId)?.version ?? 0,
    })
    await link(main(), title).waitFor({ state: 'hidden' })
    await sees(phone.page, /Locked\. Open from/)
    await link(main(), title).waitFor()
    await sees(phone.page, /^Closed since /)
    await teacher.page.setViewportSize({ width: 1280, height: 800 })
  })

  it('opens for whom the profile says so, as soon as it does', async () => {
    const { field } = await administrator.request(profileRoutes.createField, {
      ...{ name: 'Programme', kind: 'menu', options: ['Nursing', 'Midwifery'] },
      ...{ seenBy: 'teachers', filledBy: 'administrators' },
    })
    const dialog = await openAccess(first)
    await button(dialog, 'Add condition').click()
    await choose('Something in the profile')
    await dialog.getByLabel('Field of the profile').selectOption('Programme')
    await button(dialog, 'Save').click()
    await sees(dialog, 'Write what it has to say.')
    await dialog.getByLabel('What it says').selectOption('Nursing')
    await sees(dialog, 'Opens when Programme in the profile is “Nursing”.')
    await teacher.page.setViewportSize({ width: 360, height: 740 })
    await checkPage(teacher.page)
    await teacher.page.setViewportSize({ width: 1280, height: 800 })
    await button(dialog, 'Save').click()
    await sees(phone.page, /Locked\. Opens when Programme in the profile is “Nursing”/)
    await link(main(), first).waitFor({ state: 'hidden' })
    await checkPage(phone.page)
    await administrator.request(profileRoutes.fillProfile, {
      ...{ accountId: learnerId, values: [{ fieldId: field.id, value: 'Nursing' }] },
    })
    await link(main(), first).waitFor()
  })

  it('opens in a range of scores for who is in any group of a set, and shuts again', async () => {
    const { courseId } = course
    const host = await signedInClient(school, { accountId: course.instructorId })
    const learner = await signedInClient(school, { accountId: learnerId })
    const title = 'A second way to see it'
    await host.request(contentRoutes.createPage, { courseId, title, published: true })
    const quiz = await makeQuiz(course, ['What is green', 'What is red'])
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const { id: deliveryId } = await host.request(quizRoutes.assign, {
      ...{ activityId: quiz.activityId, dueAt, shows: 'at-once' },
    })
    await host.request(groupRoutes.createSet, { courseId, name: 'Projects', groups: ['Red', 'Blue'] })
    const { groups } = (await host.subscribe(groupsScope, courseId)).state()
    const groupId = groups.find(one => one.name === 'Blue')?.id as GroupId
    await teacher.page.setViewportSize({ width: 360, height: 740 })
    const dialog = await openAccess(title)
    await button(dialog, 'Add condition').click()
    await choose('A score')
    await dialog.getByLabel('Column of the gradebook').selectOption('Quiz')
    await dialog.getByLabel('Below, in percent').fill('50')
    await button(dialog, 'Save').click()
    await sees(dialog, 'The first has to be less than the second.')
    await dialog.getByLabel('Below, in percent').fill('90')
    await button(dialog, 'Add condition').click()
    await choose('Is in any group of a set')
    await dialog.getByLabel('Set of groups').selectOption('Projects')
    const words = 'Opens when Quiz has at least 60 % and less than 90 % and you are in a group of “Projects”'
    await sees(dialog, `${words}.`)
    await checkPage(teacher.page)
    await button(dialog, 'Save').click()
    await hold(teacher.page, title)
    await sees(phone.page, new RegExp(`^Locked\\. ${words}\\.`))
    await checkPage(phone.page)
    for (const [index, option] of ['b', 'a'].entries())
      await learner.call(activityCalls.answer, {
        ...{ deliveryId, itemId: quiz.itemIds[index] as ItemId },
        move: { optionIds: [option] },
      })
    await learner.request(quizRoutes.finish, { deliveryId })
    await host.request(groupRoutes.place, { courseId, groupId, accountIds: [learnerId] })
    await link(main(), title).waitFor()
    await host.request(groupRoutes.takeOut, { courseId, places: [{ groupId, accountId: learnerId }] })
    await sees(phone.page, new RegExp(`^Locked\\. ${words}\\.`))
    await button(teacher.page.locator('.toast', { hasText: title }), 'Undo').click()
    await link(main(), title).waitFor()
    await teacher.page.setViewportSize({ width: 1280, height: 800 })
  })
})
