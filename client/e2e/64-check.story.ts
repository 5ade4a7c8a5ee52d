// The network check: without signing in, in a good network and in one that lets no WebSocket through.
import assert from 'node:assert/strict'
import { checkPage } from './check-page.ts'
import { button, openSchool, type Person, type School, sees } from './people.ts'

describe('the network check', () => {
  let school: School
  let phone: Person
  before(async () => {
    school = await openSchool()
  })
  afterEach(() => phone?.close())

  it('says within ten seconds that everything works, as text to send on too', async () => {
    phone = await school.open('small')
    const began = performance.now()
    await phone.go('/check')
    await sees(phone.page, 'Everything works')
    assert.ok(performance.now() - began < 10_000)
    await phone.page.getByRole('listitem').filter({ hasText: 'Notes (/collab)' }).getByText('Let through').waitFor()
    await checkPage(phone.page)
    await button(phone.page, 'Check again').tap()
    await sees(phone.page, 'Everything works')
  })

  it('says what to ask for where WebSockets are blocked', async () => {
    phone = await school.open('desktop')
    phone.watch.disregard(/WebSocket|socket/)
    // As a proxy does that knows none: the connection ends before it stands.
    await phone.page.routeWebSocket(/.*/, socket => void socket.close({ code: 1011 }))
    const began = performance.now()
    await phone.go('/check')
    await sees(phone.page, 'Live works, slower')
    assert.ok(performance.now() - began < 10_000)
    await sees(phone.page, new RegExp(`This network blocks WebSockets.*${new URL(school.origin).host}`))
    await checkPage(phone.page)
  })
})
