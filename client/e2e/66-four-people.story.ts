// The four people Lectern is for, each on the whole way from Today by clicks and keys alone, nobody types an address. The
// learner and the writer hold a phone of 360 by 780, the instructor and the administrator sit at 1280 by 800; somebody
// else sees in another browser what each does, without a reload.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { absentee, administrator, type DemoMember, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { answersOnRemote, endLesson, firstQuestion, firstRight, quizTitle } from './lesson.ts'
import { agree, saved, shows, textOf, writing } from './note.ts'
import { answer, button, inOrder, link, openSchool, type Person, type School, sees, stands } from './people.ts'

const [emre, , aiko] = learners as readonly DemoMember[]
const spot = 'Which part of a leaf takes in air?'

describe('the four people, from Today', function () {
  this.timeout(60_000)
  inOrder()
  let school: School
  let teacher: Person
  let learner: Person
  let writer: Person
  let admin: Person

  const main = (person: Person) => person.page.getByRole('main')
  const nav = (person: Person) => person.page.getByRole('navigation', { name: 'Main' })
  const today = async (person: Person) => {
    await link(nav(person), 'Today').click()
    await person.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
  }
  /** Starts a class in Biology from Today. */
  const start = async (title: string) => {
    await button(main(teacher), 'Start class').click()
    const dialog = teacher.page.getByRole('dialog', { name: 'Start a class' })
    await dialog.getByLabel('Title').fill(title)
    await button(dialog, new RegExp(quizTitle.replaceAll('?', '\\?'))).click()
    await button(dialog, 'Start class').click()
    await teacher.page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }

  const lockAndReveal = async () => {
    await teacher.page.keyboard.press('l')
    await button(teacher.page, 'Reveal').waitFor()
    await teacher.page.keyboard.press('r')
  }

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    admin = await school.open('desktop', administrator)
    learner = await school.open('small', emre)
    writer = await school.open('small', absentee)
    for (const phone of [learner, writer]) await phone.page.setViewportSize({ width: 360, height: 780 })
    for (const one of [teacher, admin, learner, writer]) {
      await one.go('/')
      await one.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    }
    writer.watch.disregard(/ERR_INTERNET_DISCONNECTED/)
  })
  after(async () => {
    for (const one of [teacher, admin, learner, writer]) await one?.close()
  })

  it('learner: joins the live class, answers, asks; the instructor sees both come', async () => {
    await start('Monday: leaves')
    await link(learner.page.getByRole('region', { name: 'Live now: Monday: leaves' }), 'Join class').tap()
    await sees(learner.page, 'You are in')
    await button(teacher.page, 'Open question 1').click()
    await learner.page.getByRole('heading', { name: firstQuestion }).waitFor()
    await answer(learner.page, firstRight).tap()
    await stands(learner.page, 'Sent')
    await answersOnRemote(teacher.page, 1)
    await button(learner.page, 'Questions').tap()
    await learner.page.getByLabel('Your question').fill('Why not from the soil?')
    await button(learner.page, 'Ask').tap()
    await button(teacher.page, 'Questions, 1 open').click()
    await sees(teacher.page, 'Why not from the soil?')
    await button(teacher.page.getByRole('list', { name: 'Questions' }), 'Answered').click()
    await sees(learner.page, 'Answered in class')
    await button(teacher.page.getByRole('complementary', { name: 'Questions' }), 'Close').click()
  })

  it('learner: finds the result afterwards and how it came about', async () => {
    await lockAndReveal()
    await endLesson(teacher.page)
    const back = button(learner.page, 'The class has ended See your result')
    await back.waitFor()
    await checkPage(learner.page)
    await back.tap()
    await link(learner.page, 'See every answer and the grade').waitFor()
    await link(learner.page, 'See every answer and the grade').tap()
    await learner.page.getByRole('table', { name: 'How it adds up' }).waitFor()
  })

  it('instructor: starts from Today, asks on the spot and steers by keys; a learner sees each step', async () => {
    await today(learner)
    await link(teacher.page, 'Back to the course').click()
    await today(teacher)
    await link(main(teacher), /Biology 1/).click()
    await start('Tuesday: roots')
    await link(learner.page.getByRole('region', { name: 'Live now: Tuesday: roots' }), 'Join class').tap()
    await teacher.page.keyboard.press('q')
    const sheet = teacher.page.getByRole('dialog', { name: 'Ask a question' })
    await sheet.getByLabel('Your question').fill(`${spot}\n*The stomata\nThe veins`)
    await button(sheet, 'Ask now').click()
    await learner.page.getByRole('heading', { name: spot }).waitFor()
    await button(teacher.page, /^0\s*Answered/).click()
    const people = teacher.page.getByRole('dialog', { name: 'People' })
    await sees(people, 'Nobody here right now.')
    await answer(learner.page, 'The stomata').tap()
    await sees(people, emre?.name ?? '')
    // At once: the key after Escape is the remote's, however soon it comes.
    await Promise.all([teacher.page.keyboard.press('Escape'), teacher.page.keyboard.press('l')])
    await button(teacher.page, 'Reveal').waitFor()
    await teacher.page.keyboard.press('r')
    await stands(learner.page, 'Correct')
    await endLesson(teacher.page)
    await sees(learner.page, 'The class has ended')
  })

  it('instructor: reads the report and gives the class to those who were absent, who find it on Today', async () => {
    await link(teacher.page, 'See the report').click()
    await button(teacher.page, 'Give them the class as homework').waitFor()
    await button(teacher.page, 'Give them the class as homework').click()
    await button(teacher.page.getByRole('dialog'), 'Give homework').click()
    await writer.page.getByRole('heading', { name: 'Due soon' }).waitFor()
  })

  it('writer: opens the note of the course and writes beside a peer', async () => {
    await today(teacher)
    await link(main(teacher), /Biology 1/).click()
    await link(main(teacher), 'Notes').click()
    await button(teacher.page, 'New note').click()
    await teacher.page.getByLabel('Title').fill('What a tree is made of')
    await button(teacher.page.getByRole('dialog'), 'Create note').click()
    await writing(teacher.page).click()
    await teacher.page.keyboard.type('Carbon comes from the air. ')
    await link(nav(writer), 'Courses').tap()
    await link(main(writer), /Biology 1/).tap()
    await link(main(writer), 'Notes').tap()
    await link(writer.page, 'What a tree is made of').tap()
    await shows(writer.page, 'Carbon comes from the air. ')
    await writing(writer.page).tap()
    await writer.page.keyboard.press('Control+End')
    await writer.page.keyboard.type('Water comes from the soil. ')
    await shows(teacher.page, 'Water comes from the soil. ')
    await writer.page.locator('.note-caret-name', { hasText: instructor.name }).waitFor({ state: 'attached' })
  })

  it('writer: goes on without a network, comes back to the same text as the peer, takes it as Markdown', async () => {
    await writer.context.setOffline(true)
    await sees(writer.page, 'Offline. What you write is kept on this device.')
    await writer.page.keyboard.type('From the tunnel. ')
    await teacher.page.keyboard.type('Meanwhile outside. ')
    assert.ok(!(await textOf(teacher.page)).includes('tunnel'))
    await writer.context.setOffline(false)
    await shows(teacher.page, 'From the tunnel. ')
    await shows(writer.page, 'Meanwhile outside. ')
    await agree(teacher.page, writer.page)
    await saved(writer.page)
    await button(writer.page, 'What a tree is made of: more').tap()
    const [file] = await Promise.all([
      writer.page.waitForEvent('download'),
      writer.page.getByRole('menuitem', { name: 'Download as Markdown' }).tap(),
    ])
    const text = await readFile(await file.path(), 'utf8')
    for (const words of ['From the tunnel.', 'Meanwhile outside.']) assert.ok(text.includes(words))
    await today(writer)
  })

  it('administrator: sees a learner answer in what is live, and who stands behind the number', async () => {
    await today(teacher)
    await start('Wednesday: stems')
    await link(learner.page, 'Back to the course').first().tap()
    await today(learner)
    await link(learner.page.getByRole('region', { name: 'Live now: Wednesday: stems' }), 'Join class').tap()
    await button(teacher.page, 'Open question 1').click()
    for (const way of ['Participation', 'People', 'Courses']) await link(main(admin), way).waitFor()
    await checkPage(admin.page)
    await link(main(admin), 'Live now').click()
    const row = admin.page.getByRole('row', { name: /Wednesday: stems/ })
    await button(row, /^0 %: 0 of 1 here/).waitFor()
    await answer(learner.page, firstRight).tap()
    await button(row, /^100 %: 1 of 1 here/).waitFor()
    await button(row, /1 here in/).click()
    const rows = admin.page.getByRole('complementary').getByRole('listitem')
    await rows.filter({ hasText: emre?.name ?? '' }).waitFor()
    assert.equal(await rows.count(), 1, 'as many rows as the number says')
  })

  it('administrator: goes on to participation, a course, and its file', async () => {
    await link(main(admin), 'Participation').click()
    await link(admin.page.getByRole('table'), /Biology 1/).click()
    const [file] = await Promise.all([admin.page.waitForEvent('download'), link(admin.page, /CSV/).click()])
    assert.match(await readFile(await file.path(), 'utf8'), new RegExp(aiko?.name ?? '-'))
    await today(admin)
    for (const one of [teacher, admin, learner, writer]) assert.deepEqual(one.watch.lines, [])
  })
})
