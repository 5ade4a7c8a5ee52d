// A day of an administrator: a term's lists with their errors and the way back, a role of their own and why it may or may
// not, a faculty that locks what its courses cannot open again, and an account in wrong hands.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { accessRoutes, type CustomRoleId, type RoleKey } from '#protocol/access.ts'
import { tokenRoutes } from '#protocol/accounts/tokens.ts'
import { type CourseId, courseRoutes } from '#protocol/courses.ts'
import { departmentRoutes } from '#protocol/organisation.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { enrol } from '#server/features/courses/index.ts'
import { administrator, assistant, instructor, learners } from '#server/seeds/people.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { saved, shows, writing } from './note.ts'
import { becomes, button, hold, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

const life = 'Faculty of Medicine and the Sciences of Life'
const faculties = ['Faculty of Arts', 'Faculty of Law', life, 'Faculty of Music']
const subjects = ['Botany', 'Zoology', 'Anatomy']
const howMany = 50
const badAddress = 'People: This is not an address · 8 rows'
const noCourse = 'Enrolments: There is no course “Alchemy” · 6 rows'

const csv = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\n')),
})

/** As a spreadsheet on Windows saves it: Windows-1252, without a word about it. */
const windowsCsv = (name: string, lines: readonly string[]) => ({
  ...csv(name, []),
  buffer: Buffer.from(lines.join('\n').replaceAll('’', '\x92'), 'latin1'),
})

describe("an administrator's day", () => {
  inOrder()
  const victim = learners[0] ?? assert.fail()
  const there = learners[1] ?? assert.fail()
  const tutor = learners[2] ?? assert.fail()
  let school: School
  let desk: Person
  let hand: Person
  let phone: Person
  let teacher: Person
  let botanyId: CourseId
  let secret = ''
  let boss: Awaited<ReturnType<typeof signedInClient>>
  let tutoring: RoleKey

  const idOf = async (email: string) => (await accounts.findOne({ where: { email }, rejectOnEmpty: true })).id

  /** Where everything of the school begins, from wherever one is. */
  const home = async () => {
    if (hand.page.url() === 'about:blank') await hand.go('/')
    await link(hand.page.getByRole('navigation', { name: 'Main' }), 'Today').tap()
    await hand.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
  }

  before(async () => {
    school = await openSchool()
    desk = await school.open('desktop', administrator)
    hand = await school.open('small', administrator)
    phone = await school.open('small', victim)
    teacher = await school.open('desktop', instructor)
    boss = await signedInClient(school, { accountId: await idOf(administrator.email) })
    const ids = []
    for (const name of faculties) ids.push((await boss.request(departmentRoutes.create, { name })).id)
    for (const title of subjects) {
      const made = await boss.request(courseRoutes.create, {
        title,
        shortName: title.slice(0, 3),
        departmentId: ids[2],
      })
      if (title === 'Botany') botanyId = made.course.id
    }
    tutoring = (await boss.request(accessRoutes.createRole, { name: 'Reading tutor', copyOf: 'assistant' })).role.key
    const accountId = await idOf(there.email)
    await arrange(ctx => enrol(ctx, { courseId: botanyId, accountId, role: 'learner', how: 'by hand' }))
    const own = await signedInClient(school, { accountId: await idOf(victim.email) })
    secret = (await own.request(tokenRoutes.createToken, { name: 'A clock', scopes: ['accounts:read'] })).secret
  })
  after(async () => {
    for (const one of [desk, hand, phone, teacher]) await one?.close()
  })

  it('makes the first term of the school on a phone, whose table says that there is more of it to the side', async () => {
    const { page } = hand
    await home()
    await link(page.getByRole('main'), 'Departments and terms').tap()
    await page.getByRole('tab', { name: 'Terms' }).tap()
    await button(page, 'Add term').first().tap()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Autumn')
    await dialog.getByLabel('First day').fill('2026-09-01')
    await dialog.getByLabel('Last day').fill('2026-12-18')
    await button(dialog, 'Add term').tap()
    await sees(page, 'Autumn')
    await sees(page, '1 row · More to the side')
    await checkPage(page)
  })

  it('gives the term its free days, which everybody reads there', async () => {
    const { page } = hand
    await button(page, 'Change Autumn').tap()
    await page.getByRole('menuitem', { name: 'Change' }).tap()
    const dialog = page.getByRole('dialog', { name: 'Change term' })
    await dialog.getByLabel('Break or holiday').fill('Autumn break')
    await dialog.getByLabel('First free day').fill('2027-10-12')
    await button(dialog, 'Add free days').tap()
    await sees(dialog, 'This lies outside the term.')
    await dialog.getByLabel('First free day').fill('2026-10-12')
    await dialog.getByLabel('Last free day').fill('2026-10-16')
    await button(dialog, 'Add free days').tap()
    await sees(dialog, 'Autumn break: 12–16 October 2026')
    // One that is typed and not added is meant all the same.
    await dialog.getByLabel('Break or holiday').fill('The day of the founders, whose name is a long one')
    await dialog.getByLabel('First free day').fill('2026-11-05')
    await checkPage(page)
    await button(dialog, 'Save').tap()
    await dialog.waitFor({ state: 'hidden' })
    await button(page, 'Free days of Autumn: 2 entries').tap()
    const list = page.getByRole('dialog', { name: 'Free days of Autumn' })
    await sees(list, /^Thursday,? 5 November 2026$/)
    await checkPage(page)
    await button(list, 'Close').tap()
    // One is worded anew, the other taken out.
    await button(page, 'Change Autumn').tap()
    await page.getByRole('menuitem', { name: 'Change' }).tap()
    await button(dialog, 'Take Autumn break out').tap()
    await button(dialog, /^Change The day of the founders/).tap()
    await dialog.getByLabel('Break or holiday').fill('Founders’ day')
    await button(dialog, 'Save').tap()
    await dialog.waitFor({ state: 'hidden' })
    await button(page, 'Free days of Autumn: 1 entry').tap()
    await sees(list, 'Founders’ day')
    assert.equal(await list.getByText('Autumn break').count(), 0)
    await button(list, 'Close').tap()
  })

  it('takes the lists of a term in, but for fourteen rows, before the eyes of a learner', async () => {
    const people = ['name,email']
    const enrolments = ['email,course,role', `${victim.email},Bot,learner`, `${there.email},Bot,assistant`]
    enrolments.push(`${tutor.email},Bot,reading tutor`)
    for (let n = 0; n < howMany; n++)
      people.push(`${n === 8 ? 'Séan O’Neil' : `Person ${n}`},${n < 8 ? 'no address' : `p${n}@term.example`}`)
    for (let n = 1; enrolments.length <= 120; n++) {
      const course = n <= 6 ? 'Alchemy' : subjects[n % 3]
      const person = 8 + ((n <= 6 ? n : Math.floor(n / 3)) % (howMany - 8))
      enrolments.push(`p${person}@term.example,${course},learner`)
    }
    await phone.go('/courses')
    await phone.page.getByRole('heading', { name: 'Courses' }).waitFor()
    const { page } = desk
    await desk.go('/people')
    await link(page, 'Import people and enrolments').click()
    const [example] = await Promise.all([
      page.waitForEvent('download'),
      link(page, 'An example list of enrolments').click(),
    ])
    assert.match(await readFile(await example.path(), 'utf8'), /^\ufeffemail,course,role\r\n/)
    await button(page, 'Check the lists').click()
    await sees(page, 'Choose at least one list.')
    await page.locator('input[name=people]').setInputFiles(csv('wrong.csv', ['First name,Telephone', 'Ada,1']))
    await page.getByText('Choose at least one list.').waitFor({ state: 'detached' })
    await button(page, 'Check the lists').click()
    await sees(page, '“email” is missing among the columns. The first line names: First name, Telephone.')
    desk.watch.forgive(/status of 400/)
    await checkPage(page)
    await button(page, 'Take the file off: People').click()
    await page.getByText(/^“email” is missing/).waitFor({ state: 'detached' })
    await page.locator('input[name=people]').setInputFiles(windowsCsv('people.csv', people))
    await sees(page, 'This list was read as Windows text; look at the names.')
    await page.locator('input[name=enrolments]').setInputFiles(csv('enrolments.csv', enrolments))
    await button(page, 'Check the lists').click()
    await sees(page, 'Checked, not imported yet')
    await sees(page, 'This list was read as Windows text; look at the names.')
    const firstPeople = page.getByRole('list', { name: 'The first 5 of 42 people, as understood' })
    await sees(firstPeople, 'Séan O’Neil')
    await sees(firstPeople, 'p8@term.example')
    const firstEnrolled = page.getByRole('list', { name: /^The first 5 of \d+ enrolments, as understood$/ })
    await sees(firstEnrolled, victim.name)
    await sees(firstEnrolled, 'Learner in Botany')
    await sees(firstEnrolled, 'Reading tutor in Botany')
    const stay = page.getByRole('list', { name: 'There already, in another role' })
    await sees(stay, 'There already as Learner, and stays so; the list says Assistant')
    await becomes(() => stay.getByRole('listitem').count(), 1)
    const enrolmentCounts = page.getByRole('table').getByRole('row', { name: /^Enrolments/ })
    const promised = await enrolmentCounts.textContent()
    await checkPage(page)
    // What many rows have alike stands once, with the rows behind it.
    for (const [fault, count] of [
      [badAddress, 8],
      [noCourse, 6],
    ] as const) {
      await page.getByText(fault, { exact: true }).click()
      const rows = page.getByRole('table', { name: fault }).getByRole('row')
      await rows.nth(count).waitFor()
      await becomes(() => rows.count(), 1 + count)
    }
    await sees(page, /^14 rows above are left out\. Taken: \d+\.$/)
    await checkPage(page)
    await button(page, 'Import').click()
    await sees(page, 'The import is done')
    await becomes(() => enrolmentCounts.textContent(), promised, 'it does what it said')
    await sees(stay, there.name)
    await link(phone.page.getByRole('main'), /Botany/).waitFor()
    await checkPage(page)
  })

  it('reads on a phone which rows were not taken, and how the people stand', async () => {
    const { page } = hand
    await hand.go('/imports')
    await sees(page, /^People 42 · Enrolments \d+ · by /)
    await link(page, 'Open').first().tap()
    await sees(page, noCourse)
    await page.getByText(badAddress, { exact: true }).tap()
    const rows = page.getByRole('list', { name: badAddress }).getByRole('listitem')
    await rows.nth(7).waitFor()
    await sees(rows.first(), 'People, line 2')
    await checkPage(page)
    await hand.go(`/courses/${botanyId}/people`)
    const role = page.getByRole('row').filter({ hasText: tutor.name }).locator('option:checked')
    await becomes(() => role.textContent(), 'Reading tutor')
    await checkPage(page)
    await page.goBack()
    await link(page, 'See those without a password').tap()
    const person = page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: 'Séan O’Neil' })
    await sees(person, 'No password yet')
    const menu = await button(person, 'What to do with Séan O’Neil').boundingBox()
    assert.ok(menu && menu.x + menu.width <= 360, 'the menu is in sight')
    await checkPage(page)
  })

  it('makes a link for each of them at once and takes them away as a file', async () => {
    const { page } = desk
    await link(page, 'See those without a password').click()
    await button(page, 'Links for all of them').click()
    const dialog = page.getByRole('dialog', { name: 'A link for each of them' })
    await sees(dialog, /^Links made for them earlier end\./)
    await checkPage(page)
    await button(dialog, /^Make \d+ links$/).click()
    await sees(dialog, /^\d+ links are made\.$/)
    const [download] = await Promise.all([page.waitForEvent('download'), link(dialog, 'Save as CSV').click()])
    const file = await readFile(await download.path(), 'utf8')
    assert.equal(download.suggestedFilename(), 'links.csv')
    const [, token] =
      /\r\nSéan O’Neil,p8@term\.example,\S+\/invite\/([\w-]+)\r\n/.exec(file) ?? assert.fail(file.slice(0, 300))
    const asked = await fetch(`${school.origin}/api/v1/invitations/${token}`)
    assert.equal(asked.status, 200)
    await checkPage(page)
    await button(dialog, 'Close').last().click()
  })

  it('takes the whole list back, once it was asked, and finds in the log why accounts are gone', async () => {
    const { page } = desk
    await desk.go('/imports')
    await link(page, 'Open').first().click()
    await button(page, 'Undo the import').click()
    const sure = page.getByRole('dialog', { name: 'Undo this import?' })
    await sees(sure, '42 accounts it made are deleted, but for those that somebody has used.')
    await checkPage(page)
    await button(sure, 'Undo the import').click()
    await desk.page.getByText('The import was undone').waitFor({ timeout: 30_000 })
    await sees(desk.page, /The enrolments it made have ended, and its accounts that nobody had used are gone\./)
    await link(phone.page.getByRole('main'), /Botany/).waitFor({ state: 'detached' })
    await link(page, 'Other lists').click()
    await sees(page, /^People 42 · Enrolments \d+, taken back · by /)
    // Nobody holds it any more.
    await boss.request(accessRoutes.removeRole, { roleId: tutoring as CustomRoleId })
    await desk.go('/audit')
    await sees(page, 'Import: undone')
    await sees(page, 'Account: taken back with its import')
    assert.equal(await page.getByText('Account: erased').count(), 0)
    await checkPage(page)
  })

  it('copies an assistant without the release of grades but with attendance, gives it in four faculties, and is told what decides', async () => {
    const { page } = desk
    await desk.go('/roles')
    await button(page, 'Copy a role').click()
    const dialog = page.getByRole('dialog', { name: 'Copy a role' })
    await dialog.getByLabel('Copy of').selectOption({ label: 'Assistant' })
    await dialog.getByLabel('Name').fill('Lab assistant')
    await button(dialog, 'Make the role').click()
    await page.getByRole('heading', { name: 'Lab assistant', level: 1 }).waitFor()
    // On a phone the bar with what is not saved stays in sight, wherever on the long page one is.
    await hand.go(new URL(page.url()).pathname)
    const box = (at: Person, name: string) => at.page.getByLabel(name, { exact: true })
    await box(hand, 'Release grades and hold them back').uncheck()
    await box(hand, 'Correct attendance').check()
    await sees(hand.page, '2 changes not saved')
    await checkPage(hand.page)
    for (const at of [0, 100_000]) {
      await hand.page.evaluate(y => scrollTo(0, y), at)
      await hand.page.waitForFunction(() => {
        const bar = document.querySelector('.save-bar')?.getBoundingClientRect()
        return bar !== undefined && bar.top > 0 && bar.bottom <= innerHeight
      })
    }
    await button(hand.page, 'Discard').tap()
    await becomes(() => box(hand, 'Release grades and hold them back').isChecked(), true)
    assert.equal(await button(hand.page, 'Save').count(), 0)
    await box(desk, 'Correct attendance').check()
    await box(hand, 'Release grades and hold them back').uncheck()
    await button(hand.page, 'Save').tap()
    await sees(hand.page, 'Lab assistant: 1 change saved.')
    await button(hand.page, 'Undo').last().tap()
    await hand.page.getByLabel('Release grades and hold them back').and(hand.page.locator(':checked')).waitFor()
    await box(hand, 'Release grades and hold them back').uncheck()
    await button(hand.page, 'Save').tap()
    await saved(hand.page)
    // The other window is told at once, shows it, and keeps its own change to be saved over it.
    await sees(page, /^This role has just been changed elsewhere\./)
    await box(desk, 'Release grades and hold them back').and(page.locator(':not(:checked)')).waitFor()
    await sees(page, '1 change not saved')
    await checkPage(page)
    await button(page, 'Save').click()
    await saved(page)
    for (const faculty of faculties) {
      await desk.go('/roles')
      await link(page.getByRole('main'), new RegExp(faculty)).click()
      await page.getByRole('tab', { name: 'Who holds what' }).click()
      await button(page, 'Give a role').click()
      const give = page.getByRole('dialog', { name: 'Give a role' })
      await give.getByLabel('Person').fill('jonas')
      await give.getByRole('button', { name: assistant.name }).click()
      await give.getByLabel('Role', { exact: true }).selectOption({ label: 'Lab assistant' })
      await button(give, 'Give a role').click()
      await sees(page, `${assistant.name} is now Lab assistant here.`)
    }
    await desk.go(`/roles/places/course/${botanyId}`)
    await page.getByRole('tab', { name: 'Why?' }).click()
    const why = async (what: string) => {
      await page.getByLabel('May they').selectOption({ label: what })
      await button(page, 'Ask').click()
    }
    await page.getByRole('searchbox', { name: 'Person' }).fill('jonas')
    await page.getByRole('button', { name: assistant.name }).click()
    await why('Release grades and hold them back')
    await sees(page, `No. ${assistant.name} may not.`)
    await sees(page, 'Lab assistant may not do it, and no other role they hold here or above allows it.')
    await sees(page, `They hold Lab assistant in: ${life}.`)
    await why('Correct attendance')
    await sees(page, `Yes. ${assistant.name} may.`)
    await sees(page, 'Lab assistant may do it, and no place says otherwise.')
    await sees(page, `They hold Lab assistant in: ${life}.`)
    await checkPage(page)
  })

  it('reads in the trail who did what to whom and where, before and after, and goes there', async () => {
    const { page } = hand
    await home()
    await link(page.getByRole('main'), 'Audit log').tap()
    const rows = page.getByRole('list', { name: 'Audit log' }).getByRole('listitem')
    const given = rows.filter({ hasText: 'Role: given' }).filter({ hasText: life })
    for (const words of [administrator.name, assistant.name, `in ${life}`])
      await given.getByText(words).first().waitFor()
    await given.getByText('role Lab assistant').waitFor()
    const changed = rows.filter({ hasText: 'Role: changed' }).first()
    await changed.getByText('may now Correct attendance').waitFor()
    await checkPage(page)
    await given.locator('summary').tap()
    await checkPage(page)
    await link(given, 'Open: Account').tap()
    await page.getByRole('heading', { name: assistant.name, level: 1 }).waitFor()
  })

  it('sees on a phone which courses and roles somebody has, and corrects their name before their eyes', async () => {
    const { page } = hand
    const courses = page.getByRole('list', { name: 'Courses' })
    await courses
      .getByText(/^Assistant · since /)
      .first()
      .waitFor()
    const roles = page.getByRole('list', { name: 'Roles given' })
    await roles.getByText(`Lab assistant in ${life}`).waitFor()
    await becomes(() => roles.getByRole('listitem').count(), faculties.length)
    await checkPage(page)
    const own = await school.open('desktop', assistant)
    try {
      await own.go('/')
      const called = (name: string) => sees(own.page, name)
      await called(assistant.name)
      await button(page, 'Correct the name').tap()
      const dialog = page.getByRole('dialog', { name: 'Correct the name' })
      await dialog.getByLabel('Name').fill('')
      await button(dialog, 'Save').tap()
      await sees(dialog, 'Enter a name.')
      await dialog.getByLabel('Name').fill('Jonas Lindquist')
      await checkPage(page)
      await button(dialog, 'Save').tap()
      await page.getByRole('heading', { name: 'Jonas Lindquist', level: 1 }).waitFor()
      await called('Jonas Lindquist')
      await button(page, 'Undo').last().tap()
      await page.getByRole('heading', { name: assistant.name, level: 1 }).waitFor()
      await called(assistant.name)
    } finally {
      await own.close()
    }
    await hand.go(`/people/${await idOf(there.email)}`)
    await courses
      .getByText(/^Learner · (Monday|Thursday) lab · since /)
      .first()
      .waitFor()
  })

  it('locks files in talk in one faculty, and none of its courses opens them again', async () => {
    await arrange(async ctx =>
      enrol(ctx, { courseId: botanyId, accountId: await idOf(victim.email), role: 'learner', how: 'by hand' }),
    )
    await phone.go(`/courses/${botanyId}/chat`)
    const line = phone.page.getByRole('textbox', { name: 'Write a message' })
    const paperclip = button(phone.page, 'Attach files')
    await paperclip.waitFor()
    const { page } = desk
    const rule = page.getByLabel('Send files in talk: what this place says')
    const learnersOf = async (path: string) => {
      await desk.go(path)
      await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Learner' })
    }
    await desk.go('/roles')
    await link(page.getByRole('main'), new RegExp(life)).click()
    await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Learner' })
    await rule.selectOption({ label: 'Prohibit' })
    await sees(page, 'Learner: Send files in talk: Prohibit.')
    await sees(phone.page, 'You cannot send files here any more. Words are sent as ever.')
    await becomes(() => paperclip.count(), 0)
    await line.fill('In words, then')
    await button(phone.page, 'Send').tap()
    await sees(phone.page.getByRole('article'), 'In words, then')
    await checkPage(phone.page)
    await learnersOf(`/roles/places/course/${botanyId}`)
    await sees(page, `Above: not allowed, by ${life} (Prohibit)`)
    await sees(page, 'Nothing said here opens it again.')
    assert.equal(await rule.count(), 0, 'nothing is offered that would change nothing')
    await checkPage(page)
    await link(page.getByRole('main'), 'Go to that rule').click()
    await page.getByRole('heading', { name: life, level: 1 }).waitFor()
    await becomes(() => rule.inputValue(), 'prohibit')
    // Opened anew the line has none either.
    await phone.page.reload()
    await sees(phone.page.getByRole('article'), 'In words, then')
    await line.waitFor()
    assert.equal(await paperclip.count(), 0)
  })

  it('locks the same in the other faculties in one act, seen before, felt by an open page, and taken back', async () => {
    const others = faculties.filter(name => name !== life)
    const second = await school.open('tablet', administrator)
    const { page } = desk
    const dialog = page.getByRole('dialog', { name: 'One rule in several places' })
    const choose = async () => {
      await button(page, 'Set in several places').click()
      await dialog.getByLabel('What the rule is about').selectOption({ label: 'Send files in talk' })
      await dialog.getByLabel('What the places say').selectOption({ label: 'Prohibit' })
      await dialog.getByRole('checkbox', { name: 'Assistant', exact: true }).check()
    }
    try {
      await second.go('/roles')
      await link(second.page.getByRole('main'), /Faculty of Law/).click()
      await second.page.getByLabel('Role', { exact: true }).selectOption({ label: 'Learner' })
      await second.page.getByRole('searchbox', { name: 'Find a right' }).fill('Chat upload')
      const there = second.page.getByLabel('Send files in talk: what this place says')
      await there.waitFor()
      await becomes(() => second.page.getByRole('main').getByRole('combobox').count(), 2)
      await checkPage(second.page)
      await desk.go('/roles/learner')
      await choose()
      await button(dialog, 'See what changes').click()
      await sees(dialog, 'Choose a place.')
      await checkPage(page)
      await dialog.getByRole('searchbox').fill('faculty')
      for (const name of faculties) await dialog.getByRole('checkbox', { name: new RegExp(name) }).check()
      await button(dialog, 'See what changes').click()
      await dialog.getByText('As above → Prohibit').first().waitFor()
      await becomes(() => dialog.getByText('As above → Prohibit').count(), 2 * others.length + 1)
      await sees(dialog, /Says so already/)
      await checkPage(page)
      await button(dialog, 'Set in 4 places').click()
      await sees(page, 'Learner and Assistant: Send files in talk: Prohibit, in 4 places.')
      await second.page.waitForFunction(
        () => document.querySelector<HTMLSelectElement>('select[name="channel.attach"]')?.value === 'prohibit',
      )
      await button(page, 'Undo').last().click()
      await sees(page, '7 rules taken back.')
      await second.page.waitForFunction(
        () => document.querySelector<HTMLSelectElement>('select[name="channel.attach"]')?.value === 'inherit',
      )
    } finally {
      await second.close()
    }
  })

  it('prohibits it in one faculty itself for every role at once, and finds from the role where that stands', async () => {
    const { page } = hand
    await home()
    await link(page.getByRole('main'), 'Departments and terms').tap()
    await button(page, /Faculty of Music/).tap()
    await page.getByRole('menuitem', { name: 'Roles and rights' }).tap()
    await page.getByRole('heading', { name: 'Faculty of Music', level: 1 }).waitFor()
    await button(page, 'Set in several places').tap()
    const dialog = page.getByRole('dialog', { name: 'One rule in several places' })
    await button(dialog, 'All roles').tap()
    await dialog.getByRole('checkbox', { name: 'Faculty of Music' }).check()
    // Nothing is said that nobody chose.
    await button(dialog, 'See what changes').tap()
    await sees(dialog, 'Choose what the places say.')
    await dialog.getByLabel('What the rule is about').selectOption({ label: 'Send files in talk' })
    await dialog.getByLabel('What the places say').selectOption({ label: 'Prohibit' })
    await checkPage(page)
    await button(dialog, 'See what changes').tap()
    await button(dialog, 'Set in 1 place').tap()
    await sees(
      page,
      'Instructor, Assistant, Learner, Guest, and Lab assistant: Send files in talk: Prohibit, in 1 place.',
    )
    await hand.go('/roles')
    await sees(page.getByRole('list', { name: 'Parts of this place' }), 'Department · 5 rules')
    await link(page.getByRole('main'), /Lab assistant/).tap()
    const where = page.getByRole('list', { name: 'Where this role counts' })
    await sees(where, 'Department · 1 rule · held by 1 person here')
    await becomes(() => where.getByRole('listitem').count(), faculties.length)
    await checkPage(page)
    await link(where, 'Faculty of Music').tap()
    await page.getByRole('heading', { name: 'Faculty of Music', level: 1 }).waitFor()
    await becomes(() => page.getByLabel('Send files in talk: what this place says').inputValue(), 'prohibit')
    await link(page.getByRole('main'), 'Its courses').waitFor()
    await checkPage(page)
  })

  it('ends an account in wrong hands on every way at once, and keeps what it wrote', async () => {
    const asked = () =>
      fetch(`${school.origin}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } }).then(
        answer => answer.status,
      )
    const openNotes = async (one: Person) => {
      await one.go('/courses')
      await link(one.page.getByRole('main'), /Biology 1/).click()
      await link(one.page.getByRole('main'), 'Notes').click()
    }
    // The phone's list is open before there is anything in it to open.
    await openNotes(phone)
    await openNotes(teacher)
    await button(teacher.page, 'New note').click()
    await teacher.page.getByLabel('Title').fill('Whose leaf is this?')
    await button(teacher.page.getByRole('dialog'), 'Create note').click()
    await link(phone.page, 'Whose leaf is this?').tap()
    await writing(phone.page).tap()
    await phone.page.keyboard.type('Mine, says the thief. ')
    await shows(teacher.page, 'Mine, says the thief. ')
    assert.equal(await asked(), 200)
    const { page } = hand
    await home()
    await link(page.getByRole('main'), 'People').tap()
    await page.getByRole('searchbox').fill(victim.email)
    await link(page.getByRole('main'), victim.name).tap()
    await sees(page, 'Active')
    await button(page, 'Suspend').tap()
    await button(page.getByRole('dialog'), 'Suspend').tap()
    await phone.page.waitForURL(/\/sign-in/)
    assert.equal(await asked(), 401)
    await shows(teacher.page, 'Mine, says the thief. ')
    await sees(page, 'Suspended')
    await checkPage(page)
    await button(page, 'What was done with this account').tap()
    await sees(page, `What was done with ${victim.name}.`)
    await sees(page, 'Account: suspended')
    await checkPage(page)
  })

  it('says on a phone that members no longer make courses, and takes it back', async () => {
    const { page } = hand
    await home()
    await link(page.getByRole('main'), 'Rules of the school').tap()
    const some = page.getByLabel('Administrators, and whoever is given a role that may')
    await some.check()
    await sees(page, 'Members no longer make courses.')
    await hold(page)
    await checkPage(page)
    const makes = async () => {
      await teacher.go('/courses')
      await link(teacher.page.getByRole('main'), /Biology 1/).waitFor()
      return (await button(teacher.page.getByRole('main'), 'Create course').count()) > 0
    }
    await becomes(makes, false)
    await button(page, 'Undo').last().tap()
    await page.getByLabel('Every member').and(page.locator(':checked')).waitFor()
    await becomes(makes, true)
  })

  it('sets on a phone how long words are kept, and takes it back', async () => {
    const { page } = hand
    await home()
    await link(page.getByRole('main'), 'Privacy').tap()
    const words = page.getByLabel('Words of chats and forums')
    await words.selectOption({ label: '2 years' })
    await sees(page, /: Saved\. It holds from the next night on\.$/)
    await button(page, 'Undo').last().tap()
    await sees(page, /: Kept as before\.$/)
    await becomes(() => words.inputValue(), '')
    await checkPage(page)
  })
})
