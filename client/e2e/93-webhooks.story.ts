// Another system is told what happens: an administrator at 360 px makes a webhook and is kept from the school's own network,
// a teacher enrols somebody, the message arrives signed and its row moves as it does; one that failed is sent again.
import assert from 'node:assert/strict'
import { Webhook } from 'standardwebhooks'
import { administrator, instructor } from '#server/seeds/people.ts'
import { makeAccount } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { type HookServer, startHookServer } from '#server/test/hook-server.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('a webhook', () => {
  inOrder()
  let school: School
  let registry: HookServer
  let admin: Person
  let teacher: Person
  let secret = ''

  before(async () => {
    school = await openSchool({ config: { webhooksLoopback: true } })
    registry = await startHookServer()
    for (const one of ['nadia', 'oscar']) await makeAccount({ name: one, email: `${one}@hooks.example` })
    admin = await school.open('small', administrator)
    teacher = await school.open('desktop', instructor)
  })
  after(async () => {
    for (const one of [admin, teacher]) await one?.close()
  })

  const came = (count: number) => waitFor(() => registry.got.length >= count, `${count} messages`)
  const messages = () => admin.page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
  const enrol = async (email: string) => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).click()
    await link(page, /People/)
      .first()
      .click()
    await button(page, 'From a list').click()
    const dialog = page.getByRole('dialog', { name: 'Add people from a list' })
    await dialog.getByLabel('The list').fill(email)
    await button(dialog, 'Enrol 1 person').click()
    await sees(page, '1 person is enrolled.')
  }
  const act = async (what: string) => {
    await button(admin.page, /^More about/).tap()
    await admin.page.getByRole('menuitem', { name: what }).tap()
  }

  it('is not made to an address of the school’s own network, and says why', async () => {
    const { page } = admin
    await admin.go('/')
    await link(page.getByRole('main'), /Webhooks/).tap()
    await sees(page, 'No webhooks yet')
    await checkPage(page)
    await button(page, 'Add webhook').tap()
    const dialog = page.getByRole('dialog', { name: 'Add webhook' })
    await button(dialog, 'Add webhook').tap()
    await sees(dialog, 'This is no address that begins with https.')
    await dialog.getByLabel('Address').fill('https://169.254.169.254/latest/meta-data')
    await dialog.getByLabel('enrolment.created').check()
    await button(dialog, 'Add webhook').tap()
    await sees(dialog, /^This address is in a private network/)
    admin.watch.forgive(/status of 400/)
    await checkPage(page)
  })

  it('is made on a phone, and its secret is shown this once', async () => {
    const { page } = admin
    const dialog = page.getByRole('dialog', { name: 'Add webhook' })
    await dialog.getByLabel('Address').fill(registry.address)
    await dialog.getByLabel(/What it is for/).fill('The registry of the university and of its affiliated institutes')
    await button(dialog, 'Add webhook').tap()
    const told = page.getByRole('dialog', { name: 'The secret of this webhook' })
    secret = (await told.getByText(/^whsec_/).textContent()) ?? ''
    await checkPage(page)
    await button(told, 'I have it').tap()
    await sees(page, 'Nothing was sent yet')
    await checkPage(page)
    await button(page, 'Send a test').tap()
    await sees(page, /^The test arrived: 200/)
    assert.equal(
      (new Webhook(secret).verify(registry.got[0]?.body ?? '', headersOf(0)) as { type: string }).type,
      'webhook.test',
    )
    await messages().first().waitFor()
  })

  const headersOf = (at: number) => registry.got[at]?.headers as Record<string, string>

  it('tells of somebody whom a teacher enrols, while the administrator looks', async () => {
    await enrol('nadia@hooks.example')
    await came(2)
    const { type } = new Webhook(secret).verify(registry.got[1]?.body ?? '', headersOf(1)) as { type: string }
    assert.equal(type, 'enrolment.created')
    assert.doesNotMatch(registry.got[1]?.body ?? '', /nadia/)
    await sees(messages().first(), 'enrolment.created')
    await sees(messages().first(), 'Arrived')
    await checkPage(admin.page)
  })

  it('says why a message did not arrive, and sends it again', async () => {
    const { page } = admin
    registry.mode = 503
    registry.answer = 'Closed for the night'
    await enrol('oscar@hooks.example')
    await sees(messages().first(), /The server answered 503\. Next try:/)
    await sees(messages().first(), 'Waiting')
    await sees(page, /^Nothing has arrived since/)
    await checkPage(page)
    await page.getByLabel('State').selectOption({ label: 'Failed' })
    await sees(page, 'No such message')
    await checkPage(page)
    await page.getByLabel('State').selectOption({ label: 'Waiting' })
    await button(messages().first(), 'enrolment.created').tap()
    const dialog = page.getByRole('dialog', { name: 'enrolment.created' })
    await sees(dialog, 'The server answered 503.')
    await dialog.getByText('Headers', { exact: true }).first().tap()
    await sees(dialog, /webhook-signature: v1,/)
    await dialog.getByText('Answer', { exact: true }).first().tap()
    await sees(dialog, 'Closed for the night')
    await checkPage(page)
    registry.mode = 200
    const before = registry.got.length
    await button(dialog, 'Send again').tap()
    await came(before + 1)
    assert.equal(headersOf(before)['webhook-id'], headersOf(2)['webhook-id'])
    await sees(page, 'No such message')
    await page.getByLabel('State').selectOption({ label: 'Every state' })
    await sees(messages().first(), 'Arrived')
    await misses(page, /^Nothing has arrived since/)
  })

  it('is paused, keeps what comes, and sends the last 24 hours again', async () => {
    const { page } = admin
    await act('Pause')
    await sees(page, 'Nothing is sent. What happens meanwhile is kept here.')
    await checkPage(page)
    await button(page, 'Resume').tap()
    await act('Send again')
    const dialog = page.getByRole('dialog', { name: 'Send messages again' })
    await dialog.getByLabel('All of them').check()
    await checkPage(page)
    const before = registry.got.length
    await button(dialog, 'Send again').tap()
    await sees(page, '2 messages are sent again.')
    await came(before + 2)
    const ids = registry.got.map(one => one.headers['webhook-id'])
    assert.ok(ids.slice(before).every(id => ids.slice(0, before).includes(id)))
  })

  it('gets a new secret beside the old one', async () => {
    const { page } = admin
    await act('New secret')
    const dialog = page.getByRole('dialog', { name: 'The new secret' })
    const next = (await dialog.getByText(/^whsec_/).textContent()) ?? ''
    await button(dialog, 'I have it').tap()
    await sees(page, /^The secret before is valid, too, until/)
    const before = registry.got.length
    await button(page, 'Send a test').tap()
    await came(before + 1)
    for (const one of [secret, next]) new Webhook(one).verify(registry.got[before]?.body ?? '', headersOf(before))
    await checkPage(page)
  })

  it('is removed and brought back by the notice', async () => {
    const { page } = admin
    // The page may ask for its messages once more before it is left.
    admin.watch.disregard(/status of 404.*\/messages/)
    await act('Remove')
    await sees(page, 'No webhooks yet')
    await button(page, 'Undo').tap()
    await messages().first().waitFor()
    await page.goBack()
    await sees(page, /The registry of the university/)
    await checkPage(page)
  })
})
