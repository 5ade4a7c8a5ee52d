// How a course is open to people who come by themselves, for whoever enrols: beside its people, changed in a dialog.
import { DoorOpen } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { dayWord } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { dayIn } from '#protocol/base/days.ts'
import type { Course } from '#protocol/courses.ts'
import type { Opening } from '#protocol/openings.ts'
import { OpeningDialog } from './OpeningDialog.tsx'
import { getOpening, noOpening } from './store.ts'
import '#client/features/courses/People.css'

interface OpeningCardProps {
  readonly course: Course
  /** Grows with everything that happens behind the scenes of the course: it is read again. */
  readonly turn: number
}

const noon = (day: string) => dayWord(`${day}T12:00:00.000Z`, undefined, 'UTC')

function words({ open, opensOn, closesOn }: Opening, course: Course): string {
  const today = dayIn(course.timeZone, Date.now())
  if (!open) return t('openings.off')
  if (closesOn !== null && closesOn < today) return t('openings.shut', { date: noon(closesOn) })
  if (opensOn !== null && opensOn > today) return t('openings.later', { date: noon(opensOn) })
  return t(course.state === 'published' ? 'openings.on' : 'openings.onDraft')
}

export function OpeningCard({ course, turn }: OpeningCardProps) {
  const [changing, setChanging] = useState(false)
  const loaded = useLoad(course.id, () => getOpening(course.id))
  useReload(loaded, turn)
  // Beside the people it is a comfort: what could not be read is not told of twice.
  if (loaded.value === undefined) return null
  const opening = loaded.value ?? noOpening
  return (
    <section class="join-code" aria-label={t('openings.settings')}>
      <div class="join-code-words">
        <p class="join-code-label">{t('openings.settings')}</p>
        <p class="muted">{words(opening, course)}</p>
        {opening.open && (
          <Badge>{opening.key === '' ? t('openings.noKey') : `${t('openings.keyIs')}: ${opening.key}`}</Badge>
        )}
      </div>
      <Button
        size="small"
        icon={DoorOpen}
        aria-label={t(opening.open ? 'openings.changeNamed' : 'openings.turnOn')}
        onClick={() => setChanging(true)}
      >
        {t(opening.open ? 'openings.change' : 'openings.turnOn')}
      </Button>
      {changing && <OpeningDialog course={course} opening={opening} onClose={() => setChanging(false)} />}
    </section>
  )
}
