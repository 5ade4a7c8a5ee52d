// Somebody's mother: an administrator on a phone links her to a learner, she reads how he gets on, a grade comes to her page
// by itself, and the learner sees who observes him and ends it. Then the school asks everybody to agree to its text.
import assert from 'node:assert/strict'
import { assignmentRoutes } from '#protocol/assignments.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { makeAccount, signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { wrongInAnyWay } from './every-way.ts'
import { button, dismiss, hold, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const [emre] = learners
const mother = { name: 'Pelin Yıldız', email: 'pelin@family.example' }

describe('observing a learner', () => {
  inOrder()
  let school: School
  let ada: Person
  let learner: Person
  let pelin: Person
  let mark: (score: string) => Promise<unknown>

  before(async () => {
    assert.ok(emre)
    school = await openSchool()
    await makeAccount(mother)
    ada = await school.open('small', administrator)
    learner = await school.open('small', emre)
    pelin = await school.open('small', mother)
    const idOf = async (email: string) => (await accounts.findOne({ where: { email }, rejectOnEmpty: true })).id
    const teacher = await signedInClient(school, { accountId: await idOf(instructor.email) })
    const { items } = await teacher.request(courseRoutes.list, {})
    const courseId = items.find(one => one.title.startsWith('Biology 1'))?.id ?? assert.fail()
    const { assignment } = await teacher.request(assignmentRoutes.create, {
      ...{ courseId, title: 'A leaf under the lens', points: '20', published: true },
      ...{ takes: { text: true, most: 0, forms: [], largest: 1_000_000 } },
      dueAt: new Date(Date.now() + 86_400_000).toISOString(),
    } as never)
    const given = { courseId, assignmentId: assignment.id, accountId: await idOf(emre.email) }
    mark = score => teacher.request(assignmentRoutes.mark, { ...given, version: 0, score })
  })
  after(async () => {
    for (const one of [ada, learner, pelin]) await one?.close()
  })

  it('begins with an administrator, who is told when nobody has that address', async () => {
    await ada.go(`/people?search=${encodeURIComponent(emre?.name ?? '')}`)
    await button(ada.page, `What to do with ${emre?.name}`).tap()
    await ada.page.getByRole('menuitem', { name: 'Observers' }).tap()
    const dialog = ada.page.getByRole('dialog', { name: `Who observes ${emre?.name}` })
    await sees(dialog, `Nobody observes ${emre?.name}.`)
    await dialog.getByLabel('E-mail of the observer').fill('nobody@family.example')
    await button(dialog, 'Add an observer').tap()
    await sees(dialog, 'Nobody has an account with this e-mail. Invite them first.')
    ada.watch.forgive(/404/)
    await checkPage(ada.page)
    await dialog.getByLabel('E-mail of the observer').fill(mother.email)
    await dialog.getByLabel('What they are').selectOption('guardian')
    await button(dialog, 'Add an observer').tap()
    await sees(dialog.getByRole('list'), mother.name)
    await checkPage(ada.page)
    await dismiss(ada, dialog)
  })

  it('shows the observer courses, progress, what is due and grades, and no way into the course', async () => {
    await pelin.go('/observed')
    await link(pelin.page, emre?.name ?? '').waitFor()
    await checkPage(pelin.page)
    await link(pelin.page, emre?.name ?? '').tap()
    await sees(pelin.page.getByRole('list', { name: 'Due next' }), 'A leaf under the lens')
    await sees(pelin.page, /\d+ of \d+ done/)
    await checkPage(pelin.page)
    await link(pelin.page.getByRole('main'), /Biology 1/).tap()
    await sees(pelin.page.getByRole('list', { name: 'Grades' }), 'The cell: first class')
    await sees(pelin.page.getByRole('list', { name: 'Classes' }), 'The cell: first class')
    await checkPage(pelin.page)
    assert.equal(await link(pelin.page, 'A leaf under the lens').count(), 0)
  })

  it('brings a grade to the open page', async () => {
    await misses(pelin.page, '17.5')
    await mark('17.5')
    await sees(pelin.page.getByRole('list', { name: 'Grades' }), '17.5')
  })

  it('lets the learner see who observes, end it, and take that back', async () => {
    await learner.go('/you')
    const mine = learner.page.getByRole('list', { name: 'Who observes you' })
    await sees(mine, mother.name)
    await sees(mine, /^Guardian · since/)
    await mine.scrollIntoViewIfNeeded()
    await checkPage(learner.page)
    await button(mine, `End: ${mother.name} observes you`).tap()
    await sees(learner.page, 'Nobody observes you.')
    await hold(learner.page)
    await sees(pelin.page, 'You no longer observe this person. Ask them or the school if that surprises you.')
    pelin.watch.disregard(/410/)
    await checkPage(pelin.page)
    await button(learner.page, 'Undo').tap()
    await sees(mine, mother.name)
    await sees(pelin.page.getByRole('list', { name: 'Grades' }), '17.5')
    await button(mine, `End: ${mother.name} observes you`).tap()
    await sees(pelin.page, /You no longer observe this person/)
  })

  it('begins anew with a code that the learner gives away', async () => {
    await button(learner.page, 'Make a code').tap()
    const dialog = learner.page.getByRole('dialog', { name: 'A code for somebody who may observe you' })
    const code = await dialog.locator('code').textContent()
    await checkPage(learner.page)
    await dismiss(learner, dialog)
    await pelin.go('/observed')
    await sees(pelin.page, 'You observe nobody yet')
    await button(pelin.page, 'Observe').tap()
    await sees(pelin.page, 'Type or paste the code.')
    await pelin.page.getByRole('textbox', { name: 'Code from a learner' }).fill('wrong')
    await button(pelin.page, 'Observe').tap()
    await sees(pelin.page, /^Nothing is behind this link/)
    pelin.watch.forgive(/404/)
    await checkPage(pelin.page)
    await pelin.go(`/observed?code=${code}`)
    await button(pelin.page, 'Observe').tap()
    await link(pelin.page, emre?.name ?? '').waitFor()
    await sees(learner.page.getByRole('list', { name: 'Who observes you' }), mother.name)
  })

  it('asks whoever signs in to agree to the text of the school, and shuts all else', async () => {
    await learner.go('/you')
    await learner.page.getByLabel('Language').selectOption({ label: 'العربية' })
    await learner.page.locator('html[dir=rtl]').waitFor()
    await ada.go('/privacy')
    await link(ada.page, 'Text to agree to').tap()
    await sees(ada.page, 'Nobody is asked to agree to anything.')
    await button(ada.page, 'Publish').tap()
    await sees(ada.page, 'Write title and text in one language at least.')
    await ada.page.getByLabel('Title (English)').fill('What we keep about you')
    await ada.page.getByLabel('Text (English)').fill('Your work and your grades.\n\nNo more than that.')
    await checkPage(ada.page)
    await button(ada.page, 'Publish').tap()
    for (const one of [ada, pelin]) {
      await one.page.getByRole('heading', { name: 'What we keep about you', level: 1 }).waitFor()
      await sees(one.page, 'No more than that.')
    }
    // What the pages asked for at that moment was refused.
    for (const one of [ada, learner, pelin]) one.watch.disregard(/403/)
    await checkPage(pelin.page)
    assert.deepEqual(await wrongInAnyWay(pelin.page), [])
    // In whose language the school wrote nothing, it is shown as it was written.
    await learner.page.getByRole('heading', { name: 'What we keep about you', level: 1 }).waitFor()
    await learner.page.emulateMedia({ colorScheme: 'dark' })
    await checkPage(learner.page)
    assert.equal(await link(pelin.page, 'Courses').count(), 0)
    await button(pelin.page, 'I agree').tap()
    await pelin.page.getByRole('heading', { name: 'Whom you observe', level: 1 }).waitFor()
    await button(ada.page, 'I agree').tap()
    await sees(ada.page, /^Version 1 holds/)
    await sees(ada.page.getByRole('list', { name: 'Who has not agreed' }), instructor.name)
    await checkPage(ada.page)
    await pelin.go('/you')
    const agreed = pelin.page.getByRole('list', { name: 'What you agreed to' })
    await sees(agreed, 'Version 1')
    await agreed.scrollIntoViewIfNeeded()
    await checkPage(pelin.page)
  })
})
