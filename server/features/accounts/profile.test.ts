// What people show of themselves: pictures drawn anew and shown to those they meet, fields seen by whom they are for.
import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { accessRoutes } from '#protocol/access.ts'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { avatarEdge, type ProfileFieldId, profileRoutes, profileScope } from '#protocol/accounts/profile.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

type Known = TestClient & { readonly accountId: AccountId }

describe('profiles', () => {
  let node: TestNode
  let courseId = ''
  let teacher: TestClient
  let [learner, fellow, stranger, administrator] = [] as unknown as [Known, Known, Known, Known]

  before(async () => {
    node = await testNode()
    const course = await makeCourse('Biology')
    const { instructorId } = course
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: instructorId })
    learner = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Noor') })
    fellow = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Femi') })
    stranger = await signedInClient(node)
    administrator = await signedInClient(node, { role: 'administrator' })
  })

  const draw = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#246' } }).withExif({
      IFD0: { Copyright: 'Where I live' },
    })
  const profileOf = (who: TestClient) => who.request(profileRoutes.profile, { accountId: learner.accountId })
  const fieldsFor = async (who: TestClient) => (await profileOf(who)).profile.fields.map(one => one.field.name)

  it('draw a picture anew, square and without what the camera wrote, and show it to those one meets', async () => {
    const image = (await draw(900, 600).jpeg().toBuffer()).toString('base64')
    const { avatarId } = await learner.request(profileRoutes.changeAvatar, { image })
    const response = await fellow.raw('GET', `/avatars/${avatarId}`)
    assert.equal(response.headers.get('content-type'), 'image/webp')
    assert.equal(response.headers.get('content-disposition'), null)
    assert.match(response.headers.get('cache-control') ?? '', /private, max-age/)
    const { width, height, exif } = await sharp(await response.arrayBuffer()).metadata()
    assert.deepEqual([width, height, exif], [avatarEdge, avatarEdge, undefined])
    const accountIds = [learner.accountId, fellow.accountId]
    const found = [{ accountId: learner.accountId, avatarId }]
    for (const who of [fellow, teacher, administrator, learner])
      assert.deepEqual((await who.request(profileRoutes.avatars, { accountIds })).items, found)
    assert.deepEqual((await stranger.request(profileRoutes.avatars, { accountIds })).items, [])
    assert.equal((await stranger.raw('GET', `/avatars/${avatarId}`)).status, 404)
    // Whoever lost every right where they met knows nobody from there.
    const place = { kind: 'course' as const, id: courseId, role: 'learner' as const }
    const say = async (permission: 'prohibit' | 'inherit') => {
      for (const capability of ['course.view', 'live.join'] as const)
        await administrator.request(accessRoutes.changeRule, { ...place, capability, permission })
    }
    await say('prohibit')
    assert.deepEqual((await fellow.request(profileRoutes.avatars, { accountIds })).items, [])
    assert.deepEqual((await teacher.request(profileRoutes.avatars, { accountIds })).items, found)
    await say('inherit')
    await learner.request(profileRoutes.removeAvatar)
    assert.equal((await fellow.raw('GET', `/avatars/${avatarId}`)).status, 404)
  })

  it('refuse what is no picture, and what would be too large to decode', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    // A picture that says it has 64 million pixels: its head is believed, and nothing is decoded.
    const huge = await draw(9, 9).png().toBuffer()
    huge.writeUInt32BE(8_000, 16)
    huge.writeUInt32BE(8_000, 20)
    huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29)
    for (const file of [svg, huge, Buffer.from('GIF89a'), Buffer.alloc(0)])
      await assert.rejects(learner.request(profileRoutes.changeAvatar, { image: file.toString('base64') }), {
        code: 'malformed',
      })
  })

  it('show a field to those it is for, and let those fill it in whose it is to fill', async () => {
    const options = ['Vegetarian', 'Everything']
    const make = async (
      name: string,
      seenBy: 'fellows' | 'teachers' | 'administrators',
      kind: 'text' | 'menu' | 'date',
    ) =>
      (
        await administrator.request(profileRoutes.createField, {
          ...{ name, seenBy, kind },
          options: kind === 'menu' ? options : [],
          filledBy: seenBy === 'administrators' ? 'administrators' : 'person',
        })
      ).field
    const food = await make('Food', 'fellows', 'menu')
    const born = await make('Born', 'teachers', 'date')
    const number = await make('Number', 'administrators', 'text')
    const { accountId } = learner
    const fill = (who: TestClient, fieldId: typeof food.id, value: string) =>
      who.request(profileRoutes.fillProfile, { accountId, values: [{ fieldId, value }] })

    assert.deepEqual(await fieldsFor(fellow), [], 'an empty field is nothing to others')
    await fill(learner, food.id, 'Vegetarian')
    await fill(learner, born.id, '2004-02-29')
    await fill(administrator, number.id, '4711')
    assert.deepEqual(await fieldsFor(learner), ['Food', 'Born', 'Number'])
    assert.deepEqual(await fieldsFor(administrator), ['Food', 'Born', 'Number'])
    assert.deepEqual(await fieldsFor(teacher), ['Food', 'Born'])
    assert.deepEqual(await fieldsFor(fellow), ['Food'])
    await assert.rejects(profileOf(stranger), { code: 'not-found' })

    await assert.rejects(fill(learner, number.id, '1'), { code: 'not-allowed' })
    await assert.rejects(fill(fellow, food.id, 'Everything'), { code: 'not-allowed' })
    for (const [field, value] of [
      [born, '2004-02-30'],
      [born, 'yesterday'],
      [food, 'Nothing'],
    ] as const)
      await assert.rejects(fill(learner, field.id, value), { code: 'malformed' })

    await administrator.request(profileRoutes.moveField, { fieldId: born.id, to: 'up' })
    assert.deepEqual(await fieldsFor(teacher), ['Born', 'Food'])
    await administrator.request(profileRoutes.removeField, { fieldId: food.id })
    assert.deepEqual(await fieldsFor(fellow), [])
    await administrator.request(profileRoutes.restoreField, { fieldId: food.id })
    assert.deepEqual(await fieldsFor(fellow), ['Food'], 'with what was filled in')
    const change = { fieldId: food.id, name: 'Food', options, seenBy: 'teachers', filledBy: 'person' } as const
    await administrator.request(profileRoutes.changeField, { ...change, version: food.version })
    await assert.rejects(administrator.request(profileRoutes.changeField, { ...change, version: food.version }), {
      code: 'conflict',
    })
    assert.deepEqual(await fieldsFor(fellow), [])
  })

  it('take several lines and addresses of pages, refuse what is none, and tell who looks at them that something changed', async () => {
    const ask = async (name: string, kind: 'long-text' | 'link') => {
      const words = { name, kind, options: [], seenBy: 'fellows' as const, filledBy: 'person' as const }
      return (await administrator.request(profileRoutes.createField, words)).field.id
    }
    const [lines, page] = [await ask('Work', 'long-text'), await ask('Page', 'link')]
    const watch = await fellow.subscribe(profileScope, learner.accountId)
    const fill = (fieldId: ProfileFieldId, value: string) =>
      learner.request(profileRoutes.fillProfile, { accountId: learner.accountId, values: [{ fieldId, value }] })
    const heard = watch.head()
    await fill(lines, 'One.\nTwo.')
    await waitFor(() => watch.head() > heard, 'the fellow to hear of it')
    for (const wrong of [
      'javascript:alert(1)',
      'a page',
      'https://',
      'https://bank.example@evil.example/',
      'ftp://a.example',
      '//a.example',
    ])
      await assert.rejects(fill(page, wrong), { code: 'malformed' }, wrong)
    await assert.rejects(fill(page, `https://a.example/${'x'.repeat(2_000)}`), { code: 'malformed' })
    await fill(page, 'https://a.example/wall?year=2#top')
    const shown = (await profileOf(fellow)).profile.fields.map(one => one.value)
    assert.deepEqual(shown.slice(-2), ['One.\nTwo.', 'https://a.example/wall?year=2#top'])
    await assert.rejects(stranger.subscribe(profileScope, learner.accountId), { code: 'not-found' })
  })

  it('keep pronouns and a few lines, against the version that was read', async () => {
    const { account } = await learner.request(accountRoutes.me)
    const change = { version: account?.version ?? assert.fail(), pronouns: 'she/her', bio: 'Likes moss.\nAnd ferns.' }
    await learner.request(accountRoutes.changeProfile, change)
    const { profile } = await profileOf(fellow)
    assert.deepEqual([profile.pronouns, profile.bio, profile.email], ['she/her', 'Likes moss.\nAnd ferns.', null])
    await assert.rejects(learner.request(accountRoutes.changeProfile, change), { code: 'conflict' })
    // Of a minor fellows see the name alone, and no picture; those who teach them and administrators as before.
    const { avatarId } = await learner.request(profileRoutes.changeAvatar, {
      image: (await draw(300, 300).png().toBuffer()).toString('base64'),
    })
    await administrator.request(peopleRoutes.changeMinor, { accountId: learner.accountId, minor: true })
    const seen = (await profileOf(fellow)).profile
    assert.deepEqual([seen.pronouns, seen.bio, seen.avatarId, seen.fields], ['', '', null, []])
    const asked = { accountIds: [learner.accountId] }
    assert.deepEqual((await fellow.request(profileRoutes.avatars, asked)).items, [])
    assert.equal((await fellow.raw('GET', `/avatars/${avatarId}`)).status, 404)
    for (const who of [teacher, administrator, learner]) assert.equal((await profileOf(who)).profile.avatarId, avatarId)
    assert.equal((await teacher.request(profileRoutes.avatars, asked)).items.length, 1)
  })
})
