// A course taken away and brought in: a colleague sees the archive come along, a file that is no archive is refused in plain
// words, and the course that is made of one is a draft of whoever brought it.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assistant, instructor } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('an archive of a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let colleague: Person
  let phone: Person
  let folder: string
  let archive: string

  before(async () => {
    school = await openSchool()
    folder = await mkdtemp(join(tmpdir(), 'lectern archive '))
    teacher = await school.open('desktop', instructor)
    colleague = await school.open('small', assistant)
    phone = await school.open('small', instructor)
  })
  after(async () => {
    for (const one of [teacher, colleague, phone]) await one?.close()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  it('is made from the course, while a colleague looks on', async () => {
    await teacher.go('/courses')
    await link(teacher.page, /^Biology 1/)
      .first()
      .click()
    await button(teacher.page, 'More for this course').click()
    await teacher.page.getByRole('menuitem', { name: 'Export course' }).click()
    await sees(teacher.page, 'No archive yet')
    await colleague.go(new URL(teacher.page.url()).pathname)
    await sees(colleague.page, 'No archive yet')
    await button(teacher.page, 'Make an archive').click()
    await link(colleague.page, /^Download/).waitFor()
    await sees(colleague.page, /^Made by Miriam Okafor\./)
    const down = teacher.page.waitForEvent('download')
    await link(teacher.page, /^Download/).click()
    const file = await down
    assert.match(file.suggestedFilename(), /^BIO-1-\d{4}-\d\d-\d\d\.zip$/)
    archive = join(folder, file.suggestedFilename())
    await file.saveAs(archive)
    await checkPage(colleague.page)
  })

  it('is refused in plain words when it is none', async () => {
    const other = join(folder, 'Essay.zip')
    await writeFile(other, 'This is no archive at all.')
    await teacher.go('/courses')
    await button(teacher.page, 'More for courses').click()
    await teacher.page.getByRole('menuitem', { name: 'Import' }).click()
    await phone.go('/import-course')
    await teacher.page.getByLabel('Choose an archive').last().setInputFiles(other)
    await sees(phone.page, 'Nothing was made of it')
    await sees(phone.page, /This is no ZIP file that can be read\./)
    await checkPage(phone.page)
    await button(teacher.page, 'Take Essay.zip off the list').click()
    await misses(phone.page, 'Nothing was made of it')
  })

  it('says what is in it and where the dates go, before anything is made', async () => {
    await phone.page.getByLabel('Choose an archive').last().setInputFiles(archive)
    await sees(phone.page, /things on the course home/)
    await sees(phone.page, /^\d+ questions$/)
    await sees(phone.page, 'It becomes a draft of its own. Nobody sees it before you publish it.')
    await phone.page.getByLabel('Title').fill('')
    await button(phone.page, 'Make the course').tap()
    await sees(phone.page, 'A course needs a title.')
    await checkPage(phone.page)
  })

  it('becomes a course of whoever brought it in, on every device of theirs', async () => {
    await phone.page.getByLabel('Title').fill('Biology 1, from a file')
    await button(phone.page, 'Make the course').tap()
    await sees(teacher.page, 'The course is there')
    await checkPage(teacher.page)
    await link(phone.page, 'Go to the course').tap()
    await phone.page.getByRole('heading', { name: 'Biology 1, from a file', level: 1 }).waitFor()
    await sees(phone.page, 'Learners do not see this course yet.')
    await sees(phone.page, 'A tour of the cell')
  })
})
