// Search through everything: a learner on a small phone and a teacher at a desk find words in pages, talk and forum, come
// to the very place, and see what another says and takes back.
import assert from 'node:assert/strict'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { channelCalls } from '#protocol/channels.ts'
import { contentRoutes } from '#protocol/content.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, openSchool, type Person, type School, sees } from './people.ts'

describe('the search', () => {
  inOrder()
  let school: School
  let desk: Person
  let phone: Person
  let teacher: Awaited<ReturnType<typeof signedInClient>>
  let chat: string

  const field = (person: Person) => person.page.getByRole('searchbox', { name: 'Words to look for' })
  const hits = (person: Person) => person.page.getByRole('list', { name: 'Results' }).getByRole('listitem')
  const status = (person: Person, words: string | RegExp) => sees(person.page.getByRole('main'), words)

  before(async () => {
    school = await openSchool()
    const { courseId, instructorId } = await makeCourse('Cells')
    const adaId = await makePerson(courseId, 'learner', 'Ada Lovelace')
    teacher = await signedInClient(school, { accountId: instructorId })
    const ada = await signedInClient(school, { accountId: adaId })
    const page = { courseId, published: true, body: 'Ribosomes make proteins in every cell, and never rest.' }
    await teacher.request(contentRoutes.createPage, { ...page, title: 'Protein factories' })
    await teacher.request(contentRoutes.createPage, { ...page, title: 'Factories to come', published: false })
    const { items } = await teacher.request(inboxRoutes.list, { courseId })
    const channelOf = (form: string) => items.find(one => one.channel.form === form)?.channel.id ?? assert.fail()
    chat = channelOf('chat')
    await teacher.call(channelCalls.send, { channelId: chat as never, text: 'Proteins are long' })
    const post = { channelId: channelOf('forum'), title: 'How long does a ribosome live', body: '', anonymous: false }
    const { topicId } = await ada.call(topicCalls.post, post)
    await teacher.call(topicCalls.reply, {
      topicId,
      text: 'Days, as a rule: lysosomes take them apart',
      anonymous: false,
    })
    desk = await school.open('desktop')
    phone = await school.open('small')
    const cookie = async (id: typeof adaId) => ({ name: 'lectern', value: await signIn(id), url: school.origin })
    await desk.context.addCookies([await cookie(instructorId)])
    await phone.context.addCookies([await cookie(adaId)])
  })
  after(async () => {
    for (const one of [desk, phone]) await one?.close()
  })

  it('is reached from the palette, which shows the best; arrows go through, Enter opens, back comes back', async () => {
    await desk.go('/')
    // Keys are heard once the page stands.
    await desk.page.getByRole('heading', { level: 1 }).waitFor()
    await desk.page.keyboard.press('Control+k')
    const palette = desk.page.getByRole('combobox', { name: 'Search or type what to do' })
    await palette.fill('lysosom')
    await desk.page.getByRole('option', { name: /lysosomes take them apart/ }).waitFor()
    await palette.fill('ribosome')
    await desk.page.getByRole('option', { name: 'Search everything for “ribosome”' }).click()
    await status(desk, /^3 results$/)
    const marked = async () => (await desk.page.locator('.hit-words mark').allTextContents()).join()
    await becomes(marked, 'ribosome,Ribosomes,Ribosomes')
    await checkPage(desk.page)
    await field(desk).focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) await desk.page.keyboard.press(key)
    await desk.page.getByRole('heading', { name: 'How long does a ribosome live', level: 1 }).waitFor()
    await desk.page.goBack()
    await hits(desk).first().waitFor()
    await becomes(() => field(desk).inputValue(), 'ribosome')
  })

  it('finds on a small phone what is published, narrowed to a kind, and says what to do when there is nothing', async () => {
    await phone.go('/search?q=ribosome')
    await status(phone, /^2 results$/)
    await checkPage(phone.page)
    await phone.page.getByRole('navigation', { name: 'Kinds' }).getByRole('link', { name: 'Pages' }).tap()
    await status(phone, /^1 result$/)
    await field(phone).fill('zzzz')
    await sees(phone.page, 'Nothing was found for “zzzz”')
    await phone.page.getByRole('link', { name: 'Search everything' }).tap()
    await field(phone).fill('lysosomes')
    await hits(phone).first().getByRole('link').tap()
    await sees(phone.page.getByRole('main'), /lysosomes take them apart/)
    await phone.page.waitForFunction(() => document.querySelector('[data-arrived]') !== null)
    await phone.page.goBack()
  })

  it('shows what another says a moment later, and no more of it when it is taken back', async () => {
    await field(phone).fill('chloroplast')
    await sees(phone.page, 'Nothing was found for “chloroplast”')
    const { messageId } = await teacher.call(channelCalls.send, {
      channelId: chat as never,
      text: 'Chloroplasts are green',
    })
    await sees(hits(phone), /Chloroplasts are green/)
    await teacher.call(channelCalls.remove, { messageId })
    await sees(phone.page, 'Nothing was found for “chloroplast”')
  })

  it('says that the search could not be reached, and goes on when it can', async () => {
    phone.watch.disregard(/Failed to load resource|failed request/)
    await phone.page.route('**/api/v1/search/**', route => route.abort())
    await field(phone).fill('proteins')
    await sees(phone.page, 'The search could not be reached')
    await phone.page.unroute('**/api/v1/search/**')
    await button(phone.page, 'Try again').tap()
    await hits(phone).first().waitFor()
    await field(phone).fill('')
    await sees(phone.page, 'Find what was written and said')
    await checkPage(phone.page)
  })
})
