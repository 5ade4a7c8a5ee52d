// The school's own accounts open Lectern: an administrator sets the provider up, somebody new comes in by it at 360 px, a
// learner who is here already connects theirs, and the trail says so.
import { administrator, demoPassword, learners } from '#server/seeds/people.ts'
import { type OidcProvider, oidcProvider } from '#server/test/oidc-provider.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

const [emre] = learners

describe('signing in by a provider', () => {
  inOrder()
  let school: School
  let campus: OidcProvider
  let admin: Person
  let newcomer: Person
  let learner: Person

  before(async () => {
    school = await openSchool()
    campus = await oidcProvider({
      'Nadia Bergström': { name: 'Nadia Bergström', email: 'nadia@campus.example', email_verified: true },
      'Emre at campus': { name: 'Emre Y.', email: emre?.email, email_verified: true },
    })
    admin = await school.open('desktop', administrator)
    newcomer = await school.open('small')
    learner = await school.open('phone')
    // The one other site these people go to.
    for (const one of [newcomer, learner]) one.watch.disregard(new RegExp(`foreign host: ${campus.issuer}`))
  })
  after(async () => {
    for (const one of [admin, newcomer, learner]) await one?.close()
  })

  const choose = async ({ page }: Person, who: string) => {
    await button(page, 'Continue with Campus').click()
    await page.getByRole('link', { name: who }).click()
  }

  it('is set up by an administrator, who tries it before anybody stands before the door', async () => {
    const { page } = admin
    await admin.go('/people')
    await link(page, 'Sign-in providers').click()
    await button(page, 'Add a provider').click()
    const dialog = page.getByRole('dialog', { name: 'Add a provider' })
    await sees(dialog, new RegExp(`^${school.origin}/sign-in/with/[0-9a-f-]{36}$`))
    await dialog.getByLabel('Name on the button').fill('Campus')
    await dialog.getByLabel('Issuer').fill('http://campus.example')
    await dialog.getByLabel('Client id').fill(campus.client.clientId)
    await dialog.getByLabel('Client secret').fill('not the secret')
    await button(dialog, 'Test').click()
    await sees(dialog.locator('.field-error'), 'This is no address that begins with https://.')
    await dialog.getByLabel('Issuer').fill(campus.issuer)
    await button(dialog, 'Test').click()
    await sees(dialog, 'It does not accept the client id with this secret.')
    await dialog.getByLabel('Client secret').fill(campus.client.secret)
    await button(dialog, 'Test').click()
    await sees(dialog, 'It knows the client id and the secret.')
    await dialog.getByLabel('Also new people, who get an account').check()
    await dialog.getByLabel('E-mail domains').fill('campus.example\ndemo.example')
    admin.watch.forgive(/status of 400/)
    await checkPage(page)
    await button(dialog, 'Save').click()
    await sees(page, /0 people connected/)
  })

  it('lets somebody new in on a phone, and lets them choose a password beside it', async () => {
    const { page } = newcomer
    await newcomer.go('/sign-in?next=/you')
    await button(page, 'Continue with Campus').waitFor()
    await checkPage(page)
    await choose(newcomer, 'I am Nadia Bergström')
    await page.getByRole('heading', { name: 'Account and devices' }).waitFor()
    await sees(page, 'nadia@campus.example')
    await button(page, 'Disconnect Campus: nadia@campus.example').click()
    const dialog = page.getByRole('dialog', { name: 'Disconnect Campus' })
    await button(dialog, 'Disconnect').click()
    await sees(dialog, 'This is the only way into your account. Choose a password first.')
    newcomer.watch.forgive(/status of 409/)
    await checkPage(page)
    await page.keyboard.press('Escape')
    await button(page, 'Choose a password').click()
    const chosen = page.getByRole('dialog', { name: 'Choose a password' })
    await chosen.getByLabel('New password').fill('a long walk by the sea')
    await button(chosen, 'Choose a password').click()
    await button(page, 'Change password').waitFor()
  })

  it('says plainly why somebody is not in, and never opens an account by its address', async () => {
    const { page } = learner
    await learner.go('/sign-in')
    await choose(learner, 'Refuse')
    await sees(page, 'Campus did not let you in, or you said no there. Nothing has changed.')
    await link(page, 'Back to sign-in').click()
    await choose(learner, 'I am Emre at campus')
    await sees(page, new RegExp(`^There is an account with ${emre?.email} already\\.`))
    learner.watch.forgive(/status of 4\d\d/)
    await checkPage(page)
  })

  it('is connected from the account, and opens it from then on', async () => {
    const { page } = learner
    await link(page, 'Back to sign-in').click()
    await page.getByLabel('E-mail').fill(emre?.email ?? '')
    await page.getByLabel('Password', { exact: true }).fill(demoPassword)
    await button(page, 'Sign in').click()
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    await learner.go('/you')
    await button(page, 'Connect Campus').click()
    const dialog = page.getByRole('dialog', { name: 'Connect Campus' })
    await dialog.getByLabel('Current password').fill(demoPassword)
    await button(dialog, 'Go to Campus').click()
    await page.getByRole('link', { name: 'I am Emre at campus' }).click()
    await sees(page, 'Campus is connected. You can sign in with it from now on.')
    await button(page, `Disconnect Campus: ${emre?.email}`).waitFor()
    await button(page, 'Sign out').first().click()
    await page.getByRole('heading', { name: /^(Sign in|Your classroom)/ }).waitFor()
    learner.watch.forgive(/status of 401/)
    await learner.go('/sign-in')
    await choose(learner, 'I am Emre at campus')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
  })

  it('shows administrators who came, and by what', async () => {
    const { page } = admin
    await admin.go('/providers')
    await sees(page, /2 people connected/)
    await admin.go('/people?search=nadia')
    await page.getByRole('row', { name: /Nadia Bergström/ }).waitFor()
    await button(page, 'What to do with Nadia Bergström').click()
    await page.getByRole('menuitem', { name: 'What was done with this account' }).click()
    await sees(page, 'Account: connected elsewhere')
    await sees(page, 'Account: created')
  })
})
