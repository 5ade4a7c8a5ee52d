// The four people Lectern is for, each on the whole way from Today by clicks and keys alone, nobody types an address. Told
// twice: learner and writer hold a phone of 360 by 780 while instructor and administrator sit at 1280 by 800, and the other
// way round. Somebody else sees in another browser, of the other size, what each does, without a reload.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { absentee, administrator, type DemoMember, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { answersOnRemote, endLesson, firstQuestion, firstRight, quizTitle } from './lesson.ts'
import { agree, saved, shows, textOf, writing } from './note.ts'
import {
  answer,
  becomes,
  button,
  dismiss,
  inOrder,
  leaveSheet,
  link,
  openSchool,
  type Person,
  pane,
  type School,
  sees,
  stands,
  strike,
} from './people.ts'

const [emre, , aiko] = learners as readonly DemoMember[]
const spot = 'Which part of a leaf takes in air?'

for (const [theirs, ofStaff] of [
  ['hand', 'desktop'],
  ['desktop', 'hand'],
] as const)
  describe(`the four people, from Today: learner and writer ${theirs === 'hand' ? 'on phones, staff at desks' : 'at desks, staff on phones'}`, () => {
    inOrder()
    let school: School
    let teacher: Person
    let learner: Person
    let writer: Person
    let admin: Person

    const main = (person: Person) => person.page.getByRole('main')
    const nav = (person: Person) => person.page.getByRole('navigation', { name: 'Main' })
    const today = async (person: Person) => {
      await person.press(link(nav(person), 'Today'))
      await person.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    }
    /** Today leads to the course as well, and stands until the courses are there. */
    const toCourses = async (person: Person, way: Locator) => {
      await person.press(way)
      await person.page.getByRole('heading', { name: 'Courses', level: 1 }).waitFor()
    }
    /** Starts a class in Biology from Today. */
    const start = async (title: string) => {
      await teacher.press(button(main(teacher), 'Start class'))
      const dialog = teacher.page.getByRole('dialog', { name: 'Start a class' })
      await dialog.getByLabel('Title').fill(title)
      await teacher.press(button(dialog, new RegExp(quizTitle.replaceAll('?', '\\?'))))
      await teacher.press(button(dialog, 'Start class'))
      await teacher.page.getByRole('heading', { name: title, level: 1 }).waitFor()
    }

    const lockAndReveal = async () => {
      // However soon it comes after what was closed: the key is the remote's.
      await strike(teacher, 'Lock answers', 'l')
      await button(teacher.page, 'Reveal').waitFor()
      await strike(teacher, 'Reveal', 'r')
    }

    before(async () => {
      school = await openSchool()
      teacher = await school.open(ofStaff, instructor)
      admin = await school.open(ofStaff, administrator)
      learner = await school.open(theirs, emre)
      writer = await school.open(theirs, absentee)
      await Promise.all(
        [teacher, admin, learner, writer].map(async one => {
          await one.go('/')
          await one.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
        }),
      )
      writer.watch.disregard(/ERR_INTERNET_DISCONNECTED/)
    })
    after(async () => {
      for (const one of [teacher, admin, learner, writer]) await one?.close()
    })

    it('learner: joins the live class, answers, asks; the instructor sees both come', async () => {
      await start('Monday: leaves')
      await learner.press(link(learner.page.getByRole('region', { name: 'Live now: Monday: leaves' }), 'Join class'))
      await sees(learner.page, 'You are in')
      await teacher.press(button(teacher.page, 'Open question 1'))
      await learner.page.getByRole('heading', { name: firstQuestion }).waitFor()
      await learner.press(answer(learner.page, firstRight))
      await stands(learner.page, 'Sent')
      await answersOnRemote(teacher.page, 1)
      await learner.press(button(learner.page, 'Questions'))
      await learner.page.getByLabel('Your question').fill('Why not from the soil?')
      await learner.press(button(learner.page, 'Ask'))
      await teacher.press(button(teacher.page, 'Questions, 1 open'))
      await sees(teacher.page, 'Why not from the soil?')
      await teacher.press(button(teacher.page.getByRole('list', { name: 'Questions' }), 'Answered'))
      await sees(learner.page, 'Answered in class')
      await teacher.press(button(pane(teacher, 'Questions'), 'Close'))
    })

    it('learner: finds the result afterwards and how it came about', async () => {
      await lockAndReveal()
      await endLesson(teacher.page)
      await leaveSheet(learner, 'The class has ended See your result')
      await link(learner.page, 'See every answer and the grade').waitFor()
      await checkPage(learner.page)
      await learner.press(link(learner.page, 'See every answer and the grade'))
      await learner.page.getByRole('table', { name: 'How it adds up' }).waitFor()
    })

    it('instructor: starts from Today, asks on the spot and steers; a learner sees each step', async () => {
      await today(learner)
      await teacher.press(link(teacher.page, 'Back to the course'))
      await today(teacher)
      await teacher.press(link(main(teacher), /Biology 1/))
      // Today has a button of that name, too.
      await teacher.page.getByRole('heading', { name: /Biology 1/, level: 1 }).waitFor()
      await start('Tuesday: roots')
      await learner.press(link(learner.page.getByRole('region', { name: 'Live now: Tuesday: roots' }), 'Join class'))
      await strike(teacher, 'Ask', 'q')
      const sheet = teacher.page.getByRole('dialog', { name: 'Ask a question' })
      await sheet.getByLabel('Your question').fill(`${spot}\n*The stomata\nThe veins`)
      await teacher.press(button(sheet, 'Ask now'))
      await learner.page.getByRole('heading', { name: spot }).waitFor()
      await teacher.press(button(teacher.page, /^0\s*Answered/))
      const people = teacher.page.getByRole('dialog', { name: 'People' })
      await sees(people, 'Nobody here right now.')
      await learner.press(answer(learner.page, 'The stomata'))
      await sees(people, emre?.name ?? '')
      await dismiss(teacher, people)
      await lockAndReveal()
      await stands(learner.page, 'Correct')
      await endLesson(teacher.page)
      await sees(learner.page, 'The class has ended')
    })

    it('instructor: reads the report and gives the class to those who were absent, who find it on Today', async () => {
      await teacher.press(link(teacher.page, 'See the report'))
      await button(teacher.page, 'Give them the class as homework').waitFor()
      await teacher.press(button(teacher.page, 'Give them the class as homework'))
      await teacher.press(button(teacher.page.getByRole('dialog'), 'Give homework'))
      await writer.page.getByRole('heading', { name: 'Due soon' }).waitFor()
    })

    it('writer: opens the note of the course and writes beside a peer', async () => {
      await today(teacher)
      await teacher.press(link(main(teacher), /Biology 1/))
      await teacher.press(link(main(teacher), 'Notes'))
      await teacher.press(button(teacher.page, 'New note'))
      await teacher.page.getByLabel('Title').fill('What a tree is made of')
      await teacher.press(button(teacher.page.getByRole('dialog'), 'Create note'))
      await teacher.press(writing(teacher.page))
      await teacher.page.keyboard.type('Carbon comes from the air. ')
      await toCourses(writer, link(nav(writer), 'Courses'))
      await writer.press(link(main(writer), /Biology 1/))
      await writer.press(link(main(writer), 'Notes'))
      await writer.press(link(writer.page, 'What a tree is made of'))
      await shows(writer.page, 'Carbon comes from the air. ')
      await writer.press(writing(writer.page))
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
      await writer.press(button(writer.page, 'What a tree is made of: more'))
      const [file] = await Promise.all([
        writer.page.waitForEvent('download'),
        writer.press(writer.page.getByRole('menuitem', { name: 'Download as Markdown' })),
      ])
      const text = await readFile(await file.path(), 'utf8')
      for (const words of ['From the tunnel.', 'Meanwhile outside.']) assert.ok(text.includes(words))
      await today(writer)
    })

    it('administrator: sees a learner answer in what is live, and who stands behind the number', async () => {
      await today(teacher)
      await start('Wednesday: stems')
      await learner.press(link(learner.page, 'Back to the course').first())
      await today(learner)
      await learner.press(link(learner.page.getByRole('region', { name: 'Live now: Wednesday: stems' }), 'Join class'))
      await teacher.press(button(teacher.page, 'Open question 1'))
      for (const way of ['Participation', 'People', 'Courses']) await link(main(admin), way).waitFor()
      await checkPage(admin.page)
      await admin.press(link(main(admin), 'Live now'))
      const row = admin.page.getByRole('row', { name: /Wednesday: stems/ })
      await button(row, /^0 %: 0 of 1 here/).waitFor()
      await learner.press(answer(learner.page, firstRight))
      await button(row, /^100 %: 1 of 1 here/).waitFor()
      await admin.press(button(row, /1 here in/))
      const here = pane(admin, /Wednesday: stems/)
      const rows = here.getByRole('listitem')
      await rows.filter({ hasText: emre?.name ?? '' }).waitFor()
      await becomes(() => rows.count(), 1, 'as many rows as the number says')
      await admin.press(button(here, 'Close'))
      await lockAndReveal()
      await endLesson(teacher.page)
      await link(teacher.page, 'See the report').waitFor()
    })

    it('administrator: goes on to participation, a course, and its file', async () => {
      await admin.press(link(main(admin), 'Participation'))
      await admin.page.getByRole('heading', { name: 'Participation in all courses', level: 1 }).waitFor()
      await admin.press(link(admin.page.getByRole('table'), /Biology 1/))
      const [file] = await Promise.all([admin.page.waitForEvent('download'), admin.press(link(admin.page, /CSV/))])
      assert.match(await readFile(await file.path(), 'utf8'), new RegExp(aiko?.name ?? '-'))
      await today(admin)
    })

    it('administrator: makes a department and puts a course into it', async () => {
      const { page } = admin
      await admin.press(link(main(admin), 'Departments and terms'))
      await admin.press(button(page, 'Add department'))
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill('Faculty of Life')
      await admin.press(button(dialog, 'Add department'))
      await sees(page, 'Faculty of Life')
      await today(admin)
      await toCourses(admin, link(main(admin), 'Courses'))
      await admin.press(link(main(admin), /Biology 1/))
      await admin.press(button(page, 'More for this course'))
      await admin.press(page.getByRole('menuitem', { name: 'Course settings' }))
      await page.getByLabel('Department', { exact: true }).selectOption({ label: 'Faculty of Life' })
      await sees(page, 'Saved.')
      await today(admin)
    })

    it('administrator: locks files in talk for the department before the eyes of who talks, and is told why', async () => {
      const { page } = admin
      await toCourses(writer, link(nav(writer), 'Courses'))
      await writer.press(link(main(writer), /Biology 1/))
      await writer.press(link(main(writer), /^Chat/))
      await button(writer.page, 'Attach files').waitFor()
      await admin.press(link(main(admin), 'Roles and rights'))
      await admin.press(link(main(admin), 'Faculty of Life'))
      await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Learner' })
      await page.getByLabel('Send files in talk: what this place says').selectOption({ label: 'Prohibit' })
      await sees(writer.page, 'You cannot send files here any more. Words are sent as ever.')
      await admin.press(page.getByRole('tab', { name: 'Why?' }))
      await page.getByRole('searchbox', { name: 'Person' }).fill('adeyemi')
      await admin.press(button(page, absentee.name))
      await page.getByLabel('May they').selectOption({ label: 'Send files in talk' })
      await admin.press(button(page, 'Ask'))
      await sees(page, `No. ${absentee.name} may not.`)
      await checkPage(page)
      await today(admin)
    })

    it('administrator: gives a role made of another, and whoever is given it sees what it opens', async () => {
      const { page } = admin
      await admin.press(link(main(admin), 'Roles and rights'))
      await admin.press(button(page, 'Copy a role'))
      const copy = page.getByRole('dialog', { name: 'Copy a role' })
      await copy.getByLabel('Copy of').selectOption({ label: 'Assistant' })
      await copy.getByLabel('Name').fill('Lab assistant')
      await admin.press(button(copy, 'Make the role'))
      await page.getByRole('heading', { name: 'Lab assistant', level: 1 }).waitFor()
      await page.getByLabel('Release grades and hold them back').uncheck()
      await page.getByLabel('Correct attendance').check()
      await admin.press(button(page, 'Save'))
      await saved(page)
      await admin.press(link(main(admin), 'Roles and rights'))
      await admin.press(link(main(admin), 'Faculty of Life'))
      await admin.press(page.getByRole('tab', { name: 'Who holds what' }))
      await admin.press(button(page, 'Give a role'))
      const give = page.getByRole('dialog', { name: 'Give a role' })
      await give.getByLabel('Person').fill('adeyemi')
      await admin.press(button(give, absentee.name))
      await give.getByLabel('Role', { exact: true }).selectOption({ label: 'Lab assistant' })
      await admin.press(button(give, 'Give a role'))
      await sees(page, `${absentee.name} is now Lab assistant here.`)
      await checkPage(page)
      await today(writer)
      await toCourses(writer, link(nav(writer), 'Courses'))
      await writer.press(link(main(writer), /Biology 1/))
      await link(main(writer), /^People/).waitFor()
      await today(admin)
    })

    it('administrator: takes a list in but for a row that is wrong, which says why, and takes it back', async () => {
      const { page } = admin
      await admin.press(link(main(admin), 'Import people and enrolments'))
      const csv = 'name,email\nNia Adams,nia@list.example\nBob,no address\n'
      const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
      await page.locator('input[name=people]').setInputFiles(file)
      await admin.press(button(page, 'Check the lists'))
      const why = page.getByText('This is not an address').first()
      await why.waitFor()
      const { right } = await why.evaluate(cell => cell.getBoundingClientRect())
      assert.ok(right <= (page.viewportSize()?.width ?? 0), 'the reason is in sight')
      await admin.press(button(page, 'Import'))
      await sees(page, 'The import is done')
      await admin.press(button(page, 'Undo the import'))
      const sure = page.getByRole('dialog', { name: 'Undo this import?' })
      await sure.waitFor()
      await checkPage(page)
      await admin.press(button(sure, 'Undo the import'))
      await sees(page, /its accounts that nobody had used are gone/)
      await checkPage(page)
      await today(admin)
    })

    it('administrator: puts a course into the bin, takes it out and reads who did', async () => {
      const { page } = admin
      await today(writer)
      await toCourses(writer, link(nav(writer), 'Courses'))
      await link(main(writer), /Biology 1/).waitFor()
      await toCourses(admin, link(main(admin), 'Courses'))
      await admin.press(link(main(admin), /Biology 1/))
      await admin.press(button(page, 'More for this course'))
      await admin.press(page.getByRole('menuitem', { name: 'Course settings' }))
      await admin.press(button(page, 'Move to bin'))
      await admin.press(button(page.getByRole('dialog'), 'Move to bin'))
      // The page that was open on it may ask for it once more.
      admin.watch.disregard(/404/)
      await link(main(writer), /Biology 1/).waitFor({ state: 'detached' })
      await today(admin)
      await admin.press(link(main(admin), 'Bin'))
      await admin.press(button(page, /^Restore Biology 1/))
      await link(main(writer), /Biology 1/).waitFor()
      await admin.press(button(page, 'Open it'))
      await admin.press(button(page, 'More for this course'))
      await admin.press(page.getByRole('menuitem', { name: 'Change log' }))
      await sees(page, 'Course: brought back')
      await sees(page, 'Course: removed')
      await checkPage(page)
      await today(admin)
    })

    it('administrator: suspends an account from its page; the phone it is open on is out at once', async () => {
      const { page } = admin
      await admin.press(link(main(admin), 'People'))
      await page.getByRole('searchbox').fill('adeyemi')
      await admin.press(link(main(admin), absentee.name))
      await button(page, 'Suspend').waitFor()
      await checkPage(page)
      await admin.press(button(page, 'Suspend'))
      await admin.press(button(page.getByRole('dialog'), 'Suspend'))
      await writer.page.waitForURL(/\/sign-in/)
      await sees(page, 'Suspended')
      await admin.press(button(page, 'What was done with this account'))
      await sees(page, 'Account: suspended')
      await admin.press(link(nav(admin), 'Today'))
      for (const way of ['Rules of the school', 'Privacy', 'Accessibility', 'Audit log', 'Cohorts'])
        await link(main(admin), way).waitFor()
      // What was asked for as a course went, and as a right or an account did, was refused.
      for (const one of [writer, learner, teacher, admin]) one.watch.forgive(/40[134]/)
      for (const one of [teacher, admin, learner, writer]) assert.deepEqual(one.watch.lines, [])
    })
  })
