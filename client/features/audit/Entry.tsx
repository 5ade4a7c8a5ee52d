// One entry of the trail: a line to read, and behind it what was before and after.
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { AuditEntry } from '#protocol/audit.ts'
import { changesOf } from './changes.ts'
import { thingWords, verbWords } from './words.ts'

interface EntryProps {
  readonly entry: AuditEntry
  /** Shows what else was done with this thing. */
  readonly onAbout: (id: string) => void
}

export function Entry({ entry, onAbout }: EntryProps) {
  const { actor, subject, context } = entry
  const same = actor?.id === subject.id
  const lines = entry.details === null ? [] : changesOf(entry.details)
  return (
    <li class="audit-entry">
      <details>
        <summary>
          <span class="audit-line">
            <strong>{actor ? (actor.name ?? t('audit.somebody')) : t('audit.server')}</strong>
            <span>{verbWords(entry.verb)}</span>
            {!same && subject.name && <span class="audit-subject">{subject.name}</span>}
            {context?.name && context.id !== subject.id && (
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
                    <dt>{key}</dt>
                    <dd>
                      {before !== undefined && (
                        <>
                          <del>{before}</del> <span aria-hidden="true">→</span>{' '}
                        </>
                      )}
                      {before === undefined ? after : <ins>{after}</ins>}
                    </dd>
                  </div>
                ))}
              </dl>
            )
          )}
          <p class="muted audit-facts">
            {thingWords(subject.kind)} {subject.id} · {t('audit.request')} {entry.requestId}
          </p>
          <Button kind="quiet" size="small" onClick={() => onAbout(subject.id)}>
            {t('audit.about')}
          </Button>
        </div>
      </details>
    </li>
  )
}
