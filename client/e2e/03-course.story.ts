// A course comes to be: the instructor makes and publishes it, a learner joins by its code and sees every change come in
// without touching the page.
import assert from 'node:assert/strict'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let learner: Person
  let home = ''
  let code = ''

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', administrator)
    learner = await school.open('small', learners[0])
  })
  after(async () => {
    await teacher?.close()
    await learner?.close()
  })

  /** Writes one question into the open editor and adds it. */
  async function write(prompt: string, type: string, answers: readonly string[], right: readonly number[]) {
    const { page } = teacher
    await button(page, 'Add a question').click()
    await page.getByLabel('Question', { exact: true }).fill(prompt)
    await page.getByLabel('Kind of question').selectOption({ label: type })
    for (const [at, words] of answers.entries()) {
      const field = page.getByRole('textbox', { name: `Answer ${'ABCDEF'[at]}` })
      if ((await field.count()) === 0) await button(page, 'Add an answer').click()
      await field.fill(words)
    }
    for (const at of right) await button(page, `Right answer: ${'ABCDEF'[at]}`).click()
    if (type.startsWith('Several')) await checkPage(page)
    await button(page, 'Add a question').click()
    await page.getByRole('listitem').filter({ hasText: prompt }).first().waitFor()
  }

  it('is made from a title alone', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await button(page, 'Create course').first().click()
    await page.getByRole('dialog', { name: 'New course' }).waitFor()
    await checkPage(page)
    await button(page.getByRole('dialog'), 'Create course').click()
    await sees(page, 'A course needs a title.')
    await page.getByLabel('Title').fill('Chemistry for beginners')
    await page.getByRole('dialog').getByLabel('Summary').fill('What things are made of.')
    await button(page.getByRole('dialog'), 'Create course').click()
    await page.getByRole('heading', { name: 'Chemistry for beginners', level: 1 }).waitFor()
    await sees(page, 'Your course is empty')
    await checkPage(page)
    home = new URL(page.url()).pathname
  })

  it('gives its people a code, and a learner joins with it', async () => {
    const { page } = teacher
    await link(page.getByRole('main'), /^People/).click()
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
    await checkPage(page)
    const on = button(page, 'Switch on')
    await on.or(button(page, 'QR code')).waitFor()
    if (await on.isVisible()) await on.click()
    await sees(page, 'Whoever has it joins as a learner.')
    await button(page, 'QR code').click()
    const large = page.getByRole('dialog', { name: 'Join code' })
    code = /code=([0-9A-Z]{8})/.exec((await large.textContent()) ?? '')?.[1] ?? ''
    assert.match(code, /^[0-9A-Z]{8}$/)
    await checkPage(page)
    await page.keyboard.press('Escape')

    await learner.go('/courses')
    await link(learner.page, 'Join a course').click()
    await learner.page.getByLabel('Course code').fill('AAAAAAAA')
    await button(learner.page, 'Join course').click()
    await sees(learner.page, 'No class or course has this code. Check it and try again.')
    learner.watch.forgive(/status of 404/)
    await checkPage(learner.page)
    await learner.page.getByLabel('Course code').fill(code)
    await button(learner.page, 'Join course').click()
    await learner.page.getByRole('heading', { name: 'Chemistry for beginners' }).waitFor()
    await sees(learner.page, 'Nothing is here yet')
    await checkPage(learner.page)
    // The list of people is open at the teacher's: the new one is there without a reload.
    await sees(page, learners[0]?.name ?? '')
  })

  it('shows the learner a module with its page, once there is one that is published', async () => {
    const { page } = teacher
    await teacher.go(home)
    await button(page, 'Add module').click()
    await page.getByLabel('Name of the module').fill('Week 1: Atoms')
    await button(page.getByRole('dialog'), 'Add module').click()
    await page.getByRole('heading', { name: 'Week 1: Atoms' }).waitFor()
    await sees(page, 'Learners do not see this module: nothing in it is published.')

    await button(page, /Add to Week 1: Atoms/).click()
    await page.getByRole('menuitem', { name: 'Page' }).click()
    await page.getByRole('dialog').getByLabel('Title').fill('What is an atom?')
    await button(page, 'Create and write').click()
    await page.getByRole('textbox', { name: 'Text', exact: true }).click()
    await page.keyboard.type('# Small\nAn atom is **small**.\n- very\nsmall')
    await page.getByRole('textbox', { name: 'Title' }).focus()
    await sees(page, /^\s*Saved \d\d:\d\d$/)
    await checkPage(page)
    await button(page, 'Done').click()
    await page.getByRole('heading', { name: 'Small' }).waitFor()
    await sees(page, 'Draft: only staff see this page.')
    await checkPage(page)

    for (const words of ['What is an atom?', 'Week 1: Atoms'])
      assert.equal(
        await learner.page.getByText(words).count(),
        0,
        'a draft, and a module of drafts, is for staff alone',
      )
    await button(page, 'Publish').click()
    await link(learner.page, /What is an atom\?/).click()
    await learner.page.getByText('An atom is small.').waitFor()
    await checkPage(learner.page)
    await learner.page.goBack()
    await learner.page.getByRole('heading', { name: 'Week 1: Atoms' }).waitFor()
  })

  it('gets a quiz of three questions by the editor, which saves as one goes', async () => {
    const { page } = teacher
    await teacher.go(home)
    await button(page, /Add to Week 1: Atoms/).click()
    await page.getByRole('menuitem', { name: 'Quiz' }).click()
    await page.getByRole('dialog', { name: 'New quiz' }).getByLabel('Title').fill('Atoms')
    await button(page, 'Create').click()
    await sees(page, 'Your questions will be here')
    await checkPage(page)
    await write('Which of these is a noble gas?', 'One right answer', ['Neon', 'Iron', 'Carbon'], [0])
    await write('Which of these are metals?', 'Several right answers', ['Iron', 'Copper', 'Neon'], [0, 1])
    await write('Water is an element.', 'True or false', [], [1])
    await sees(page, /^\s*Saved \d\d:\d\d$/)
    await checkPage(page)

    await button(page, 'Edit question 1').click()
    await page.getByRole('textbox', { name: 'Answer B' }).fill('Gold')
    await button(page, 'Done').click()
    await sees(page, /^\s*Saved \d\d:\d\d$/)
    await page.reload()
    await sees(page, 'Gold')
    await button(page, 'Move question 3 up').click()
    await button(page, 'Remove question 1').waitFor()
    await sees(page, /^\s*Saved \d\d:\d\d$/)
  })

  it('is changed before the eyes of the learner: renamed, published, hidden, removed and brought back', async () => {
    const { page } = teacher
    await teacher.go(home)
    await button(page, 'Change Week 1: Atoms').click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByLabel('Name of the module').fill('Week 1: Atoms and elements')
    await button(page.getByRole('dialog'), 'Save').click()
    await learner.page.getByRole('heading', { name: 'Week 1: Atoms and elements' }).waitFor()

    await button(page, 'Change What is an atom?').click()
    await page.getByRole('menuitem', { name: 'Hide from learners' }).click()
    await misses(learner.page, 'What is an atom?')
    await button(page, 'Publish What is an atom?').click()
    await sees(learner.page, 'What is an atom?')

    await button(page, 'Change What is an atom?').click()
    await page.getByRole('menuitem', { name: 'Remove' }).waitFor()
    await checkPage(page)
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await misses(learner.page, 'What is an atom?')
    await button(page.locator('.toast', { hasText: 'What is an atom? was removed.' }), 'Undo').click()
    await sees(learner.page, 'What is an atom?')
    await sees(page, 'What is an atom?')
    await checkPage(page)
    await checkPage(learner.page)

    await button(page, 'More for this course').click()
    await page.getByRole('menuitem', { name: 'Course settings' }).click()
    await page.getByLabel('Title').fill('Chemistry 1')
    await button(page.getByRole('main'), 'Save').first().click()
    await learner.page.getByRole('heading', { name: 'Chemistry 1', level: 1 }).waitFor()
  })

  it('is not there for the instructor of another course', async () => {
    const stranger = await school.open('tablet', instructor)
    await stranger.go(home)
    await stranger.page.getByRole('heading', { level: 1 }).or(stranger.page.getByRole('alert')).first().waitFor()
    await stranger.page.waitForLoadState('networkidle')
    assert.equal(await stranger.page.getByText('Chemistry').count(), 0)
    stranger.watch.disregard(/status of 40[34]/)
    await checkPage(stranger.page)
    await stranger.close()
    assert.deepEqual(teacher.watch.lines, [])
    assert.deepEqual(learner.watch.lines, [])
  })
})
