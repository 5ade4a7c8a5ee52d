// A verb of the trail in words: what kind of thing, and what became of it. What has no words here is shown as it is kept.
import { catalogue } from '#client/platform/texts.ts'

const camel = (text: string): string => text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The words for a key of the catalogue `audit`; undefined when it has none. */
function wordsAt(key: string): string | undefined {
  const words: Readonly<Record<string, unknown>> = catalogue().audit
  const found = words[key]
  return typeof found === 'string' ? found : undefined
}

/** The kind of a thing: `account` is "Account". */
export const thingWords = (kind: string): string => wordsAt(`thing${first(camel(kind))}`) ?? kind

/** `course.created` is "Course: created", where no words of its own say it better: `session.started` is "Signed in". */
export function verbWords(verb: string): string {
  const [kind = '', done = ''] = verb.split('.')
  const own = wordsAt(camel(`${kind}-${done}`))
  if (own) return own
  return `${thingWords(kind)}: ${wordsAt(`done${first(camel(done))}`) ?? done.replaceAll('-', ' ')}`
}

/** A part of what changed, as a word; as it is kept where it has none. */
export const keyWords = (key: string): string => wordsAt(`key${first(key)}`) ?? key

/** The kinds the list can be narrowed to, in the order to show them. */
export const things = [
  'account',
  'session',
  'token',
  'invitation',
  'role',
  'department',
  'term',
  'cohort',
  'profile-field',
  'provider',
  'import',
  'erasure',
  'data-export',
  'retention',
  'course',
  'module',
  'item',
  'page',
  'file',
  'assignment',
  'mark',
  'package',
  'survey',
  'lesson',
  'glossary',
  'meeting',
  'meeting-server',
  'webhook',
  'activity',
  'release',
  'grade-item',
  'homework',
  'run',
  'topic',
] as const
