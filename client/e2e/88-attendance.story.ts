// Who was in a class: the list with its evidence on a phone, a correction that the learner and other staff see at once, the
// way back, and the table of the course.
import assert from 'node:assert/strict'
import { absentee, assistant, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, hold, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const classTitle = 'The cell: first class'
const note = 'At the dentist.'

describe('attendance of a class', () => {
  inOrder()
  let school: School
  let teacher: Person
  let helper: Person
  let zoe: Person
  let course = ''
  let list = ''

  const row = (at: Person, text: string) => at.page.getByRole('listitem').filter({ hasText: text })
  const zoeIs = (at: Person, word: string) => row(at, absentee.name).getByText(word, { exact: true }).waitFor()
  const ownIs = (word: string) => row(zoe, classTitle).getByText(word, { exact: true }).waitFor()

  before(async () => {
    school = await openSchool()
    teacher = await school.open('small', instructor)
    helper = await school.open('desktop', assistant)
    zoe = await school.open('small', absentee)
  })
  after(async () => {
    for (const person of [teacher, helper, zoe]) await person?.close()
  })

  it('is one tap from its report, everybody with what was seen of them', async () => {
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).tap()
    await link(teacher.page.getByRole('main'), new RegExp(classTitle)).waitFor()
    course = new URL(teacher.page.url()).pathname
    await link(teacher.page.getByRole('main'), new RegExp(classTitle)).tap()
    // The course leads to a page of that name, too, and stands until the report is there.
    await teacher.page.getByRole('heading', { name: classTitle, level: 1 }).waitFor()
    await link(teacher.page.getByRole('main'), 'Attendance').tap()
    await teacher.page.getByRole('heading', { name: `Attendance of ${classTitle}`, level: 1 }).waitFor()
    list = new URL(teacher.page.url()).pathname
    await zoeIs(teacher, 'Absent')
    await sees(row(teacher, absentee.name), 'Did not join')
    const emre = learners[0] ?? assert.fail()
    await sees(row(teacher, emre.name), /^Joined \d\d:\d\d · answered \d of \d$/)
    await sees(teacher.page, /^Late: joined more than 10 minutes after the start/)
    await checkPage(teacher.page)
    await teacher.page.getByLabel('Who is shown').selectOption({ label: 'Absent (1)' })
    await becomes(() => teacher.page.getByRole('main').getByRole('listitem').count(), 1)
  })

  it('is corrected with a note, and the learner and other staff see it without a reload', async () => {
    await helper.go(list)
    await zoeIs(helper, 'Absent')
    await zoe.go(course)
    await link(zoe.page.getByRole('main'), 'Attendance').tap()
    await ownIs('Absent')
    await checkPage(zoe.page)
    await button(teacher.page, absentee.name).tap()
    const dialog = teacher.page.getByRole('dialog', { name: `Attendance of ${absentee.name}` })
    await sees(dialog, 'Nothing was corrected yet.')
    await dialog.getByRole('radio', { name: 'Excused' }).check()
    await dialog.getByLabel('Note').fill(note)
    await checkPage(teacher.page)
    await button(dialog, 'Save').tap()
    await dialog.waitFor({ state: 'hidden' })
    await sees(teacher.page, `${absentee.name}: Excused.`)
    await hold(teacher.page)
    await ownIs('Excused')
    await sees(row(zoe, classTitle), new RegExp(`Corrected by ${instructor.name} · ${note}`))
    await zoeIs(helper, 'Excused')
    await checkPage(zoe.page)
    await checkPage(helper.page)
  })

  it('is taken back by Undo, and what was said stays in its history', async () => {
    await button(teacher.page, 'Undo').tap()
    await ownIs('Absent')
    await zoeIs(helper, 'Absent')
    await misses(zoe.page, new RegExp(note))
    await button(helper.page, absentee.name).click()
    const dialog = helper.page.getByRole('dialog', { name: `Attendance of ${absentee.name}` })
    await sees(dialog, 'Back to the evidence')
    await sees(dialog, new RegExp(note))
    // An assistant reads it and has nothing to press.
    assert.equal(await button(dialog, 'Save').count(), 0)
    assert.equal(await dialog.getByRole('radio').count(), 0)
    await checkPage(helper.page)
    await helper.page.keyboard.press('Escape')
  })

  it('stands at the end of the class for whoever was in it', async () => {
    const emre = await school.open('small', learners[0])
    await emre.go(list.replace('/attendance', ''))
    const own = emre.page.getByRole('region', { name: 'Your attendance' })
    await own.getByText('Present', { exact: true }).waitFor()
    await checkPage(emre.page)
    await link(own, 'All your classes').tap()
    await row(emre, classTitle).getByText('Present', { exact: true }).waitFor()
    await emre.close()
  })

  it('is a table of learners by classes for the whole course', async () => {
    await helper.go(`${course}/attendance`)
    await link(helper.page, `${absentee.name}, ${classTitle}: Absent`).waitFor()
    await checkPage(helper.page)
    await teacher.page.getByLabel('Who is shown').selectOption({ label: 'Absent (1)' })
    await button(teacher.page, absentee.name).tap()
    const dialog = teacher.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Late' }).check()
    await button(dialog, 'Save').tap()
    await link(helper.page, `${absentee.name}, ${classTitle}: Late, corrected`).click()
    // The list is long: whose cell it was is open, and in sight under it.
    await helper.page.getByRole('dialog', { name: `Attendance of ${absentee.name}` }).waitFor()
    await helper.page.keyboard.press('Escape')
    await button(helper.page, absentee.name).waitFor()
    const inSight = () =>
      button(helper.page, absentee.name).evaluate(one => {
        const { top, bottom } = one.getBoundingClientRect()
        return top >= 0 && bottom <= innerHeight
      })
    await becomes(inSight, true, 'in sight')
    await zoeIs(helper, 'Late')
    await teacher.go(`${course}/attendance`)
    await link(teacher.page, `${absentee.name}, ${classTitle}: Late, corrected`).waitFor()
    await checkPage(teacher.page)
  })
})
