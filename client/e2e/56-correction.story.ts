// After the class: a key is corrected from its report, with a look at who changes before, a note the learners read and a
// way back; and whoever missed it is given the whole of it with one act, and catches up.
import assert from 'node:assert/strict'
import { absentee, instructor, learners } from '#server/seeds/people.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { answer, becomes, button, inOrder, link, openSchool, type Person, type School, sees, stands } from './people.ts'

const classTitle = 'The cell: first class'
const note = 'The slide had it wrong.'

describe('after the class', () => {
  inOrder()
  let school: School
  let teacher: Person
  let emre: Person
  let mate: Person
  let zoe: Person
  let course = ''
  let report = ''

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    emre = await school.open('phone', learners[0])
    mate = await school.open('phone', learners[2])
    zoe = await school.open('phone', absentee)
  })
  after(async () => {
    for (const person of [teacher, emre, mate, zoe]) await person?.close()
  })

  const grade = async (at: Person) => {
    await at.go(`${course}/grades`)
    await link(at.page.getByRole('main'), new RegExp(classTitle)).tap()
    await at.page.getByRole('heading', { name: classTitle, level: 1 }).waitFor()
    await sees(at.page, 'Together')
    return (await at.page.locator('.grade-figure').textContent()) ?? ''
  }

  it('shows who changes before anything does', async () => {
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).click()
    await link(teacher.page.getByRole('main'), new RegExp(classTitle)).waitFor()
    course = new URL(teacher.page.url()).pathname
    await link(teacher.page.getByRole('main'), new RegExp(classTitle)).click()
    await teacher.page.getByRole('heading', { name: 'Who missed it' }).waitFor()
    report = new URL(teacher.page.url()).pathname
    await checkPage(teacher.page)
    await button(teacher.page, 'Correct the key').first().click()
    const dialog = teacher.page.getByRole('dialog', { name: 'Correct question 1' })
    await sees(dialog, 'Change the key to see whose grade changes.')
    await becomes(() => button(dialog, 'Correct and grade anew').isDisabled(), true)
    await becomes(() => dialog.getByRole('textbox').count(), 1, 'the words of the question stand')
    await button(dialog, 'Right answer: B').click()
    await sees(dialog, /\d+ goe?s? down/)
    await checkPage(teacher.page)
    await dialog.getByRole('radio', { name: 'Everybody gets it' }).check()
    await sees(dialog, /\d+ go up/)
    await sees(dialog, '0 go down')
    await checkPage(teacher.page)
  })

  it('is done with a note that the learners read beside the question, and can be taken back', async () => {
    const before = await grade(emre)
    // A classmate has the page of the class open meanwhile.
    await mate.go(report.replace(/\/report$/, ''))
    await mate.page.getByRole('heading', { name: 'Your result' }).waitFor()
    const dialog = teacher.page.getByRole('dialog', { name: 'Correct question 1' })
    await dialog.getByRole('textbox', { name: 'Why' }).fill(note)
    await button(dialog, 'Correct and grade anew').click()
    await dialog.waitFor({ state: 'hidden' })
    // A notice under the pointer stays.
    await button(teacher.page, 'Undo').hover()
    await sees(teacher.page, /Key corrected/)
    await sees(mate.page, 'A question was corrected. This is your result now.')
    await sees(mate.page, /Key corrected/)
    await sees(mate.page, new RegExp(note))
    await checkPage(mate.page)
    await waitFor(async () => (await grade(emre)) !== before, 'the grade to be another')
    await sees(emre.page, /Key corrected/)
    await sees(emre.page, new RegExp(note))
    await checkPage(emre.page)
    await button(teacher.page, 'Undo').click()
    await teacher.page.getByText('Everybody who was asked gets the points.').waitFor({ state: 'hidden' })
    await becomes(() => grade(emre), before)
    await checkPage(teacher.page)
  })

  it('gives whoever missed the class the whole of it with one act', async () => {
    await zoe.go('/')
    await zoe.page.getByRole('heading', { name: 'Today' }).waitFor()
    await sees(teacher.page, `1 learner missed it: ${absentee.name}`)
    await button(teacher.page, 'Give them the class as homework').click()
    const dialog = teacher.page.getByRole('dialog', { name: 'Give them the class as homework' })
    await checkPage(teacher.page)
    await button(dialog, 'Give homework').click()
    await sees(teacher.page, '1 has the class as homework')
    await zoe.page.getByRole('heading', { name: 'Due soon' }).waitFor()
    await checkPage(zoe.page)
  })

  it('is caught up with from the page of the class, without telling what was right too soon', async () => {
    await zoe.go(course)
    await link(zoe.page.getByRole('main'), new RegExp(`^${classTitle}`)).tap()
    await zoe.page.getByRole('heading', { name: 'You missed this class' }).waitFor()
    await checkPage(zoe.page)
    const classPage = new URL(zoe.page.url()).pathname
    await link(zoe.page.getByRole('main'), /Cells: warm-up/).tap()
    await answer(zoe.page, 'A bacterium').tap()
    await stands(zoe.page, 'Saved')
    await button(zoe.page, 'Hand in').tap()
    await button(zoe.page.getByRole('dialog'), 'Hand in').tap()
    await sees(zoe.page, /Your result and what was right are shown when everybody’s time is over/)
    assert.equal(await zoe.page.getByText(/^(Not )?[Cc]orrect$/).count(), 0)
    await checkPage(zoe.page)
    await zoe.go(classPage)
    await sees(zoe.page, /Handed in/)
    await link(zoe.page.getByRole('main'), /How sure do you feel/).tap()
    await zoe.page.getByRole('button', { name: /^A\./ }).tap()
    await stands(zoe.page, 'Saved')
    await button(zoe.page, 'Hand in').tap()
    await button(zoe.page.getByRole('dialog'), 'Hand in').tap()
    await sees(zoe.page, /Handed in/)
    await zoe.go(classPage)
    await zoe.page.getByRole('heading', { name: 'You have caught up with this class' }).waitFor()
  })

  it('shows on the class’s page, in the gradebook and on Today of who gave it', async () => {
    await teacher.go(report)
    await sees(teacher.page, /1 has caught up/)
    await teacher.go(`${course}/grades`)
    await link(teacher.page, new RegExp(`^${absentee.name}, ${classTitle}.*Caught up`)).waitFor()
    await checkPage(teacher.page)
    await teacher.page.setViewportSize({ width: 820, height: 1180 })
    await checkPage(teacher.page)
    await teacher.go('/')
    await teacher.page.getByRole('heading', { name: 'Homework given out' }).waitFor()
    await sees(teacher.page, /1 of 1 handed in/)
    await checkPage(teacher.page)
    await button(teacher.page, 'Start class').click()
    await sees(teacher.page.getByRole('dialog'), '10 points: half for taking part, half for being right. No ranks.')
    await checkPage(teacher.page)
  })
})
