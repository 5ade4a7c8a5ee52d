// Two people write one note at the same time, one of them goes through a tunnel, one may only read, one is put out of the
// course. Whatever is said to be saved is there for everybody, and nothing is lost without a word.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { instructor, learners } from '#server/seeds/people.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { endLesson, startLesson } from './lesson.ts'
import { agree, keptOnDevice, saved, shows, textOf, writing } from './note.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'
import { inTime } from './stood.ts'

describe('a note that people write together', () => {
  inOrder()
  let school: School
  let teacher: Person
  let lena: Person
  let reader: Person
  let address = ''

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    lena = await school.open('phone', learners[3])
    reader = await school.open('small', learners[4])
    lena.watch.disregard(/ERR_INTERNET_DISCONNECTED/)
  })
  after(async () => {
    for (const one of [teacher, lena, reader]) await one?.close()
  })

  it('is found from the course and opens empty', async () => {
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).click()
    await link(teacher.page.getByRole('main'), 'Notes').click()
    await teacher.page.getByRole('heading', { name: 'Notes', level: 1 }).waitFor()
    await button(teacher.page, 'New note').click()
    await button(teacher.page.getByRole('dialog'), 'Create note').click()
    await sees(teacher.page, 'Give the note a title.')
    await teacher.page.getByLabel('Title').fill('What a tree is made of')
    await button(teacher.page.getByRole('dialog'), 'Create note').click()
    await teacher.page.getByRole('heading', { name: 'What a tree is made of', level: 1 }).waitFor()
    await writing(teacher.page).waitFor()
    await checkPage(teacher.page)
    address = new URL(teacher.page.url()).pathname
    await lena.go(address.replace(/\/[^/]+$/, ''))
    await sees(lena.page, 'Nobody has written yet')
    await checkPage(lena.page)
    await link(lena.page, 'What a tree is made of').tap()
    await writing(lena.page).waitFor()
  })

  it('takes what both type at once, with a cursor and a name for each', async () => {
    await writing(teacher.page).click()
    await teacher.page.keyboard.type('# The dry weight\nIt comes from the **air**.\n')
    await shows(lena.page, 'It comes from the air.')
    await writing(lena.page).tap()
    await lena.page.keyboard.press('Control+End')
    await Promise.all([
      teacher.page.keyboard.type('Carbon dioxide goes in. ', { delay: 15 }),
      lena.page.keyboard.type('Water goes in too. ', { delay: 15 }),
    ])
    await agree(teacher.page, lena.page)
    assert.match(await textOf(teacher.page), /Carbon|Water/)
    await teacher.page.locator('.note-caret-name', { hasText: learners[3]?.name ?? '' }).waitFor({ state: 'attached' })
    await lena.page.locator('.note-caret-name', { hasText: instructor.name }).waitFor({ state: 'attached' })
    await button(teacher.page, /2 people here/).waitFor()
    await saved(teacher.page)
    await saved(lena.page)
  })

  it('undoes only what oneself has done', async () => {
    // What one person writes within half a second is undone as one; she takes longer than that.
    await lena.page.keyboard.press('Control+Home')
    await lena.page.keyboard.type('Hers, written while time goes by. ', { delay: 20 })
    await shows(teacher.page, 'Hers, written while time goes by. ')
    await writing(teacher.page).focus()
    await teacher.page.keyboard.press('Control+End')
    await teacher.page.keyboard.press('Enter')
    await teacher.page.keyboard.type('Mine alone')
    await shows(lena.page, 'Mine alone')
    await teacher.page.keyboard.press('Control+z')
    await waitFor(async () => !(await textOf(lena.page)).includes('Mine alone'), 'the undone words to go')
    await shows(lena.page, 'Hers, written while time goes by. ')
    await shows(lena.page, 'It comes from the air.')
  })

  it('is written on without a network, and both find everything when it is back', async () => {
    await lena.context.setOffline(true)
    await sees(lena.page, 'Offline. What you write is kept on this device.')
    await lena.page.keyboard.type('From the tunnel. ')
    await writing(teacher.page).focus()
    await teacher.page.keyboard.press('Control+End')
    await teacher.page.keyboard.type('Meanwhile outside. ')
    assert.ok(!(await textOf(teacher.page)).includes('tunnel'))
    await lena.context.setOffline(false)
    await shows(teacher.page, 'From the tunnel. ')
    await shows(lena.page, 'Meanwhile outside. ')
    await agree(teacher.page, lena.page)
    await saved(lena.page)
    await teacher.page.locator('.note-caret-name', { hasText: learners[3]?.name ?? '' }).waitFor({ state: 'attached' })
  })

  it('keeps what was written offline through a closed tab', async () => {
    await lena.context.setOffline(true)
    await sees(lena.page, 'Offline. What you write is kept on this device.')
    await lena.page.keyboard.type('Kept with the tab closed. ')
    await keptOnDevice(lena.page)
    await lena.page.close()
    await lena.context.setOffline(false)
    const page = await lena.context.newPage()
    lena = { ...lena, page, go: async path => void (await page.goto(path)) }
    await lena.go('/courses')
    await shows(teacher.page, 'Kept with the tab closed. ')
    await lena.go(address)
    await shows(page, 'Kept with the tab closed. ')
  })

  it('is made with the keyboard alone, and says where others are', async () => {
    const { page } = teacher
    await writing(page).focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Enter')
    await page.keyboard.type('/numb')
    await page.getByRole('option', { name: 'Numbered list' }).waitFor()
    await waitFor(() => writing(page).getAttribute('aria-activedescendant'), 'the option to be told of')
    await page.keyboard.press('Enter')
    await page.keyboard.type('First')
    await page.keyboard.press('Alt+F10')
    await page.keyboard.press('ArrowRight')
    const bold = button(page, 'Bold')
    await waitFor(() => bold.evaluate(element => element === document.activeElement), 'the focus on the button')
    await page.keyboard.press('Enter')
    await waitFor(() => writing(page).evaluate(element => element === document.activeElement), 'the focus in the text')
    await page.keyboard.type(' strong')
    await page.locator('ol strong', { hasText: 'strong' }).waitFor()
    await writing(lena.page).tap()
    await lena.page.keyboard.press('Control+Home')
    await lena.page.keyboard.press('End')
    await page.locator('h2 .note-caret-name', { hasText: learners[3]?.name ?? '' }).waitFor({ state: 'attached' })
    await writing(page).focus()
    await page.keyboard.press('Alt+Shift+W')
    await sees(page.getByRole('status'), new RegExp(`^${learners[3]?.name}, at “`))
    await shows(lena.page, 'First strong')
  })

  it('makes what is pasted clean, and no script runs', async () => {
    const { page } = teacher
    await page.keyboard.press('Control+End')
    await writing(page).evaluate(element => {
      const data = new DataTransfer()
      data.setData(
        'text/html',
        `<style>p{color:red}</style><p class="MsoNormal" style="color:red" onclick="window.ran=1">Pasted <b>bold</b></p>
        <img src="x" onerror="window.ran=2"><script>window.ran=3</script>
        <table><tr><td style="width:9pt">in a table</td></tr></table><a href="javascript:window.ran=4">no link</a>`,
      )
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    })
    await shows(lena.page, 'Pasted bold')
    for (const one of [page, lena.page]) {
      assert.equal(await one.evaluate(() => 'ran' in window), false)
      assert.equal(await one.locator('.note-text').getByRole('link', { name: 'no link' }).count(), 0)
      await one.locator('.note-text td', { hasText: 'in a table' }).waitFor()
      assert.equal(await one.locator('.note-text img:not([class])').count(), 0)
    }
    await checkPage(page)
  })

  it('is downloaded as Markdown', async () => {
    const { page } = teacher
    await saved(page)
    await button(page, 'What a tree is made of: more').click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Download as Markdown' }).click(),
    ])
    assert.match(file.suggestedFilename(), /\.md$/)
    const text = await readFile(await file.path(), 'utf8')
    assert.match(text, /^# .*The dry weight$/m)
    assert.ok(text.includes('**air**'))
    assert.ok(text.includes('From the tunnel. '))
  })

  it('shows a reader the living text and takes none of theirs', async () => {
    const { page } = teacher
    await button(page, 'What a tree is made of: more').click()
    await page.getByRole('menuitemcheckbox', { name: 'Only staff may write' }).click()
    await sees(lena.page, 'You can only read this note.')
    await reader.go(address)
    await sees(reader.page, 'You can only read this note.')
    await shows(reader.page, 'The dry weight')
    await writing(page).focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('Live ')
    await shows(reader.page, 'Live ')
    await reader.page.locator('.note-text').tap()
    await reader.page.keyboard.type('Not mine')
    await checkPage(reader.page)
    await shows(lena.page, 'Live ')
    for (const one of [page, lena.page, reader.page]) assert.ok(!(await textOf(one)).includes('Not mine'))
    await agree(page, lena.page, reader.page)
  })

  it('gives words back that came after the right was taken', async () => {
    const { page } = teacher
    const choose = async (name: string) => {
      await button(page, 'What a tree is made of: more').click()
      await page.getByRole('menuitemcheckbox', { name }).click()
    }
    await choose('Everybody may write')
    await misses(reader.page, 'You can only read this note.')
    await writing(lena.page).tap()
    await lena.context.setOffline(true)
    await sees(lena.page, 'Offline. What you write is kept on this device.')
    await lena.page.keyboard.type('Words nobody took')
    await choose('Only staff may write')
    await sees(reader.page, 'You can only read this note.')
    await lena.context.setOffline(false)
    await sees(lena.page, 'Not everything you wrote was saved')
    await sees(lena.page, 'Words nobody took')
    await checkPage(lena.page)
    await agree(page, lena.page)
    assert.ok(!(await textOf(lena.page)).includes('Words nobody took'))
    await button(lena.page, 'Discard').tap()
  })

  it('closes with the reason for somebody who is put out of the course', async () => {
    const { page } = teacher
    const note = page.url()
    const name = learners[4]?.name ?? ''
    await teacher.go(address.replace(/\/notes\/.*$/, '/people'))
    await button(page, new RegExp(name)).first().click()
    await page.getByRole('menuitem', { name: 'Remove from course' }).click()
    const taken = Date.now()
    await sees(reader.page.getByRole('main'), 'This note is closed for you')
    inTime(taken, 2_000)
    await teacher.page.goto(note)
  })

  it('is removed and brought back', async () => {
    const { page } = teacher
    await button(page, 'What a tree is made of: more').click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('heading', { name: 'Notes', level: 1 }).waitFor()
    await sees(lena.page.getByRole('main'), 'This note is closed for you')
    await button(page, 'Undo').click()
    await link(page.getByRole('main'), 'What a tree is made of').click()
    await shows(page, 'The dry weight')
  })
  it('stands beside a class on the phone and the remote, and stays with it', async () => {
    const { page } = teacher
    const lesson = await startLesson(teacher, 'With notes', [])
    await lena.go(lesson.path)
    await button(lena.page, 'Class notes').tap()
    await writing(lena.page).tap()
    await lena.page.keyboard.type('From the third row. ')
    await saved(lena.page)
    await checkPage(lena.page)
    await button(page, 'Class notes').click()
    await shows(page, 'From the third row. ')
    await writing(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('From the desk. ')
    await shows(lena.page, 'From the desk. ')
    await endLesson(page)
    await link(page, 'See the report').click()
    await link(page, 'Class notes').click()
    await shows(page, /From the desk. .*From the third row. /)
  })
})
