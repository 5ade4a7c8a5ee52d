// One entry of the trail: a line to read, and behind it what was before and after.
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { AuditEntry } from '#protocol/audit.ts'
import { changesOf } from './changes.ts'
import { keyWords, thingWords, verbWords } from './words.ts'

interface EntryProps {
  readonly entry: AuditEntry
  /** Shows what else was done with this thing. Without it the entry stands in the log of one place, which is not named. */
  readonly onAbout?: ((id: string) => void) | undefined
}

// Said in the line itself, or of no use to a reader.
const told = new Set(['courseId', 'title', 'name'])

const isInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** A moment is told by the reader's clock, and a thing by its name where that is known. */
const inWords = (told: string | undefined, names: AuditEntry['names'] = {}) =>
  told !== undefined && isInstant.test(told) ? (
    <Time at={told} form="dayAndTime" />
  ) : (
    told?.replace(ids, id => names[id] ?? id)
  )

/** What the thing was called when it was done: now it may have another name, or none. */
function nameIn(details: AuditEntry['details']): string | undefined {
  const found = details?.title ?? details?.name
  return typeof found === 'string' ? found : undefined
}

export function Entry({ entry, onAbout }: EntryProps) {
  const { actor, subject, context } = entry
  const same = actor?.id === subject.id
  const name = onAbout ? (subject.name ?? nameIn(entry.details)) : (nameIn(entry.details) ?? subject.name)
  const lines =
    entry.details === null
      ? []
      : changesOf(entry.details).filter(({ key, before }) => onAbout || before !== undefined || !told.has(key))
  return (
    <li class="audit-entry">
      <details>
        <summary>
          <span class="audit-line">
            <strong>{actor ? (actor.name ?? t('audit.somebody')) : t('audit.server')}</strong>
            <span>{verbWords(entry.verb)}</span>
            {!same && name && <span class="audit-subject">{name}</span>}
            {onAbout && context?.name && context.id !== subject.id && (
              <span class="muted">{t('audit.in', { name: context.name })}</span>
            )}
          </span>
          <span class="muted figures">
            <Time at={entry.at} form="dayAndTime" />
          </span>
        </summary>
        <div class="audit-details">
          {entry.details === null ? (
            <p class="muted">{t('audit.erased')}</p>
          ) : (
            lines.length > 0 && (
              <dl>
                {lines.map(({ key, before, after }) => (
                  <div key={key}>
                    <dt>{keyWords(key)}</dt>
                    <dd>
                      {before !== undefined && (
                        <>
                          <del>{inWords(before, entry.names)}</del> <span aria-hidden="true">→</span>{' '}
                        </>
                      )}
                      {before === undefined ? inWords(after, entry.names) : <ins>{inWords(after, entry.names)}</ins>}
                    </dd>
                  </div>
                ))}
              </dl>
            )
          )}
          {onAbout && (
            <>
              <p class="muted audit-facts">
                {thingWords(subject.kind)} <bdi title={subject.id}>{subject.name ?? subject.id}</bdi> ·{' '}
                {t('audit.request')} {entry.requestId}
              </p>
              <Button kind="quiet" size="small" onClick={() => onAbout(subject.id)}>
                {t('audit.about')}
              </Button>
            </>
          )}
        </div>
      </details>
    </li>
  )
}
