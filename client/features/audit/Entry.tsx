// One entry of the trail: who did what to whom, where, and what became of it, in words; behind it all that is known.
import { pathTo } from '#client/app/paths.ts'
import { builtInWord } from '#client/features/access/words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Time } from '#client/ui/Time.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { AuditEntry } from '#protocol/audit.ts'
import { type ChangeLine, changesOf } from './changes.ts'
import { pathOf } from './things.ts'
import { isId, valueWords } from './values.ts'
import { keyWords, thingWords, verbWords } from './words.ts'

interface EntryProps {
  readonly entry: AuditEntry
  /** Shows what else was done with this thing. Without it the entry stands in the log of one place, which is not named. */
  readonly onAbout?: ((id: string) => void) | undefined
}

const retentionWords = {
  talk: 'privacy.talk',
  live: 'privacy.live',
  marks: 'privacy.marks',
  audit: 'privacy.audit',
  grades: 'privacy.grades',
  webhooks: 'privacy.webhooks',
} as const

// Said in the line itself, or of no use to a reader.
const told = new Set(['courseId', 'title', 'name', 'version'])

/** Keys that name whom it was done to, beside the thing itself. */
const whom = new Set(['accountId', 'accountIds', 'observer'])
const mostNamed = 3
/** Changes that fit in the line itself; the others are behind it. */
const mostSaid = 3

/** What the thing was called when it was done: now it may have another name, or none. */
function nameIn(details: AuditEntry['details']): string | undefined {
  const found = details?.title ?? details?.name
  return typeof found === 'string' ? found : undefined
}

/** The people it was done to, by name. */
function peopleIn({ details, names, subject }: AuditEntry): string | undefined {
  const ids = Object.entries(details ?? {})
    .filter(([key]) => whom.has(key))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(id => typeof id === 'string' && id !== subject.id)
  if (ids.length === 0) return undefined
  if (ids.length > mostNamed) return t('audit.people', { count: ids.length })
  const named = ids.flatMap(id => names?.[id] ?? [])
  return named.length === ids.length ? valueWords('people', named) : undefined
}

/** What a place is called: the school has no name of its own. */
const placeWords = ({ kind, name }: AuditEntry['subject']): string | null =>
  kind === 'site' ? t('access.whole') : name

/** What a line is about: the role, where there are several. */
const lineWords = ({ key, of }: ChangeLine, names: AuditEntry['names']): string =>
  of === undefined ? keyWords(key) : valueWords('role', of, names)

export function Entry({ entry, onAbout }: EntryProps) {
  const { actor, subject, context, verb, names } = entry
  const same = actor?.id === subject.id
  const isNow = subject.name ?? builtInOf(subject)
  const name = onAbout ? (isNow ?? nameIn(entry.details)) : (nameIn(entry.details) ?? isNow)
  const people = peopleIn(entry)
  const lines =
    entry.details === null
      ? []
      : changesOf(entry.details, verb).filter(
          ({ key, before, after }) => onAbout || before !== undefined || !(told.has(key) || isNameless(after, names)),
        )
  // In the line: what changed, what was added in a few words; nothing that is said in it already.
  const said = lines.filter(
    ({ key, before, after }) =>
      (before !== undefined && brief(before) && brief(after)) ||
      (before === undefined &&
        !told.has(key) &&
        !whom.has(key) &&
        !key.endsWith('Id') &&
        !isNothing(after) &&
        !isNameless(after, names) &&
        brief(after)),
  )
  const place = onAbout && context && context.id !== subject.id ? placeWords(context) : null
  const path = pathOf(subject, context)
  return (
    <li class="audit-entry">
      <details>
        <summary>
          <span class="audit-line">
            <strong>{actor ? (actor.name ?? t('audit.somebody')) : t('audit.server')}</strong>
            <span>{verbWords(verb)}</span>
            {!same && name && <span class="audit-subject">{inOwnDirection(name)}</span>}
            {people !== undefined && <span class="audit-subject">{inOwnDirection(people)}</span>}
            {place && <span class="muted">{t('audit.in', { name: place })}</span>}
          </span>
          <span class="muted figures">
            <Time at={entry.at} form="dayAndTime" />
          </span>
          {said.length > 0 && (
            <span class="audit-said">
              {said.slice(0, mostSaid).map(line => (
                <span key={`${line.key} ${line.of}`}>
                  <span class="muted">{lineWords(line, names)}</span> <Change line={line} names={names} />
                </span>
              ))}
              {said.length > mostSaid && (
                <span class="muted">{t('audit.moreChanges', { count: said.length - mostSaid })}</span>
              )}
            </span>
          )}
        </summary>
        <div class="audit-details">
          {entry.details === null ? (
            <p class="muted">{t('audit.erased')}</p>
          ) : (
            lines.length > 0 && (
              <dl>
                {lines.map(line => (
                  <div key={`${line.key} ${line.of}`}>
                    <dt>{lineWords(line, names)}</dt>
                    <dd>
                      <Change line={line} names={names} />
                    </dd>
                  </div>
                ))}
              </dl>
            )
          )}
          {onAbout && (
            <>
              <p class="muted audit-facts">
                {thingWords(subject.kind)} <bdi title={subject.id}>{isNow ?? subject.id}</bdi> · {t('audit.request')}{' '}
                {entry.requestId}
              </p>
              <div class="cluster">
                {path && <Link href={path}>{t('audit.open', { thing: thingWords(subject.kind) })}</Link>}
                {context?.kind === 'course' && context.id !== subject.id && (
                  <Link href={pathTo('course', { courseId: context.id })}>{t('audit.openCourse')}</Link>
                )}
                <Button kind="quiet" size="small" onClick={() => onAbout(subject.id)}>
                  {t('audit.about')}
                </Button>
              </div>
            </>
          )}
        </div>
      </details>
    </li>
  )
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Whether it is the id of something that has no name, such as a device: behind the line, for who looks for it. */
const isNameless = (value: unknown, names: AuditEntry['names']): boolean =>
  typeof value === 'string' && isId.test(value) && names?.[value] === undefined

/** Whether a value fits in a line: a tree of conditions or a long list does not. */
const brief = (value: unknown): boolean =>
  Array.isArray(value) ? value.length <= mostNamed && value.every(brief) : value === null || typeof value !== 'object'

/** What has a name without a row of its own: the roles that every Lectern has, and what is kept for a time. */
function builtInOf({ kind, id }: AuditEntry['subject']): string | undefined {
  if (kind === 'retention' && id in retentionWords) return t(retentionWords[id as keyof typeof retentionWords])
  return kind === 'role' && ['instructor', 'assistant', 'learner', 'guest', 'member'].includes(id)
    ? builtInWord(id as Parameters<typeof builtInWord>[0])
    : undefined
}

/** Before and after, or what it is. */
function Change({ line: { key, before, after }, names }: { readonly line: ChangeLine } & Pick<AuditEntry, 'names'>) {
  if (before === undefined) return <>{valueWords(key, after, names)}</>
  return (
    <>
      <del>{valueWords(key, before, names)}</del> <span aria-hidden="true">→</span>{' '}
      <ins>{valueWords(key, after, names)}</ins>
    </>
  )
}
