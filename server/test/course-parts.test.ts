// What belongs to a course comes along into its copies and archives, or stays behind on purpose: a feature that keeps rows
// of courses has its part of them (courses/actions/parts.ts), or stands here with the reason why not.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { courseParts } from '#server/features/courses/index.ts'
import { features } from '#server/features.ts'

const staysBehind: Readonly<Record<string, string>> = {
  accounts: 'invitations are of people',
  archives: 'an archive of a course is not in it',
  attendance: 'of classes that were held',
  accessibility: 'found anew as pages and files come',
  cohorts: 'people, and a copy begins without them',
  imports: 'lists of people',
  live: 'classes that were held',
  notes: 'what people wrote together',
  notifications: 'of people',
  openings: 'a way in is of this course, its key above all',
  privacy: 'a hold is on this course',
  search: 'found anew as things come',
}

const folder = new URL('../features/', import.meta.url)

/** The texts of a feature's tables. */
async function tablesOf(feature: string): Promise<string> {
  const names = await readdir(new URL(`${feature}/`, folder), { recursive: true })
  const tables = names.filter(name => /^tables(\.ts|\/[\w-]+\.ts)$/.test(name))
  return (await Promise.all(tables.map(name => readFile(new URL(`${feature}/${name}`, folder), 'utf8')))).join()
}

describe('what a feature keeps of courses', () => {
  it('comes along into copies and archives of them, or stays behind for a reason', async () => {
    const parts = new Set(courseParts().keys())
    const keeping: string[] = []
    for (const { name } of features) if (/\bcourseId:/.test(await tablesOf(name))) keeping.push(name)
    assert.ok(keeping.includes('content') && keeping.length > 10, 'their tables were read')
    const forgotten = keeping.filter(name => !parts.has(name) && !(name in staysBehind))
    assert.deepEqual(forgotten, [], 'registers its part of a course, or says here why it has none')
    const needless = Object.keys(staysBehind).filter(name => parts.has(name) || !keeping.includes(name))
    assert.deepEqual(needless, [], 'has its part, or keeps nothing of courses')
  })
})
