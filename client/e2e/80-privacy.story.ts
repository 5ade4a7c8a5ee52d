// A learner takes a copy of their data, which a second device of theirs sees come along; an administrator erases another
// learner, and an open gradebook says the pseudonym; how long things are kept is tried before it is done.
import assert from 'node:assert/strict'
import { sql } from '#server/platform/db/sequelize.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('privacy', () => {
  inOrder()
  let school: School
  let learner: Person
  let second: Person
  let boss: Person
  let teacher: Person
  let leaver: Person
  const gone = learners.at(-2)?.name ?? assert.fail()

  before(async () => {
    school = await openSchool()
    learner = await school.open('small', learners.at(-1))
    second = await school.open('tablet', learners.at(-1))
    boss = await school.open('desktop', administrator)
    teacher = await school.open('desktop', instructor)
    leaver = await school.open('small', learners.at(-2))
  })
  after(async () => {
    for (const one of [learner, second, boss, teacher, leaver]) await one?.close()
  })

  it('gives a copy of what is kept, which comes along on every device', async () => {
    await Promise.all([learner.go('/you'), second.go('/you')])
    await sees(second.page, 'Your data')
    await button(learner.page, 'Make a copy').tap()
    await sees(second.page, 'Your copy is ready')
    await sees(learner.page, 'Your copy is ready')
    const down = learner.page.waitForEvent('download')
    await link(learner.page, /^Download/).tap()
    assert.match((await down).suggestedFilename(), /^lectern-\d{4}-\d\d-\d\d\.zip$/)
    await checkPage(learner.page)
    await button(second.page, 'Delete the copy').tap()
    await button(learner.page, 'Make a copy').waitFor()
  })

  it('erases a learner, in front of the gradebook', async () => {
    await leaver.go('/courses')
    await leaver.page.getByRole('heading', { name: 'Courses' }).waitFor()
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).click()
    await link(teacher.page.getByRole('main'), 'Grades').click()
    await sees(teacher.page, gone)
    const { page } = boss
    await boss.go(`/people?search=${encodeURIComponent(gone)}`)
    await button(page, `What to do with ${gone}`).click()
    await page.getByRole('menuitem', { name: 'Erase', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await sees(dialog, 'Kept without a name')
    await sees(dialog, 'It is the record of the course: answers and grades count for others, too.')
    await button(dialog, 'Erase').click()
    await sees(dialog, 'Say why.')
    await checkPage(page)
    await dialog.getByLabel('Why').fill('Left the school')
    await dialog.getByLabel(`Type “${gone}” to go on`).fill(gone.toLowerCase())
    await button(dialog, 'Erase').click()
    await sees(page, `${gone} is being erased.`)
    await sees(teacher.page, /^Former learner [0-9A-F]{4}$/)
    await misses(teacher.page, gone)
    await link(page, 'Privacy').click()
    await sees(page, /nothing but what the law keeps is left\./)
    await checkPage(page)
  })

  it('tells whoever was erased, on the page they had open, that it is over, and a stranger nothing', async () => {
    await leaver.page.waitForURL(/\/sign-in/)
    await sees(leaver.page, /^This account was erased/)
    const stranger = await school.open('small')
    try {
      await stranger.go('/sign-in')
      await sees(stranger.page, 'Sign in')
      await misses(stranger.page, /^This account was erased/)
    } finally {
      await stranger.close()
    }
  })

  it('is tried before a time is set, and a held course loses nothing', async () => {
    const { page } = boss
    const dialog = page.getByRole('dialog')
    await button(page, 'What would be deleted').first().click()
    await sees(dialog, 'Nothing is older')
    await dialog.getByLabel('Keep').selectOption('5 years')
    await sees(dialog, 'Nothing would be deleted.')
    await checkPage(page)
    await button(dialog, 'Close').click()
    await sql("update messages set sent_at = sent_at - interval '3 years' where topic_id is null and reply_to is null")
    await button(page, 'What would be deleted').first().click()
    await sees(dialog, /^\d+ records are older$/)
    await link(dialog, /Biology 1/).waitFor()
    await button(dialog, 'Close').click()
    await page.getByLabel('Words of chats and forums').selectOption('2 years')
    await sees(page, /^Words of chats and forums: Saved\. \d+ records are older and go in the next night\.$/)
    await button(page, 'Hold a course').click()
    await dialog.getByLabel('Course', { exact: true }).selectOption({ label: 'Biology 1: Cells and energy' })
    await dialog.getByLabel('Why').fill('A dispute about a grade')
    await button(dialog, 'Hold a course').click()
    await sees(page, /A dispute about a grade/)
    await button(page, 'What would be deleted').first().click()
    await link(dialog, /Biology 1/).waitFor({ state: 'hidden' })
  })
})
