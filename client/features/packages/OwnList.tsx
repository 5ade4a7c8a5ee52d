// A learner's own attempts at a package: how each stands, and what counts.
import { score } from '#client/features/grades/numbers.ts'
import { duration } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Section } from '#client/ui/Card.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { OwnAttempts } from '#protocol/packages/attempts.ts'
import { statusTones, statusWords } from './words.ts'

export function OwnList({ own, points }: { readonly own: OwnAttempts; readonly points: string }) {
  return (
    <Section title={t('packages.own')}>
      <div class="stack-tight">
        {own.best !== null && (
          <p class="figures" role="status">
            <strong>{t('packages.ownBest', { score: score(own.best), points: score(points) })}</strong>
            {own.attempts.length > 1 && <span class="muted"> · {t('packages.ownBestHint')}</span>}
          </p>
        )}
        <div class="card" data-flush>
          <List label={t('packages.own')}>
            {own.attempts.map(one => (
              <Row
                key={one.id}
                title={t('packages.attempt', { number: one.number })}
                detail={
                  <>
                    <Time at={one.at} form="dayAndTime" />
                    {one.seconds > 0 && ` · ${duration(one.seconds)}`}
                  </>
                }
                end={
                  <>
                    {one.score !== null && (
                      <span class="figures">
                        {t('packages.score', { score: score(one.score), points: score(points) })}
                      </span>
                    )}
                    <Badge tone={statusTones[one.status]}>{statusWords(one.status)}</Badge>
                  </>
                }
              />
            ))}
          </List>
        </div>
      </div>
    </Section>
  )
}
