// Columns that are held back from learners, above the table, each with its release; and whether new ones are.
import { EyeOff } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { dayAndTime } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Card } from '#client/ui/Card.tsx'
import { Switch } from '#client/ui/Choice.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import type { GradeItem } from '#protocol/grades.ts'
import { changeBook, holdBack } from './release.ts'
import './Release.css'

export type HeldColumnsProps = {
  readonly items: readonly GradeItem[]
  readonly mayRelease: boolean
  readonly onRelease: (item: GradeItem) => void
}

/** What is held back; nothing where all is released. */
export function HeldColumns({ items, mayRelease, onRelease }: HeldColumnsProps) {
  const held = items.filter(one => one.held)
  if (held.length === 0) return null
  return (
    <section class="stack-tight" aria-labelledby="grades-held-back">
      <h2 class="grade-held-title" id="grades-held-back">
        {t('grades.heldBackTitle')}
      </h2>
      <p class="muted">{t('grades.heldBackDetail')}</p>
      <Card flush>
        <List label={t('grades.heldBackTitle')}>
          {[...held].reverse().map(item => (
            <Row
              key={item.id}
              start={<Icon as={EyeOff} size={20} />}
              title={item.title}
              detail={
                item.releasesAt
                  ? t('grades.releasesBySelf', { when: dayAndTime(item.releasesAt) })
                  : t('grades.heldUntil')
              }
              end={
                mayRelease && (
                  <Button
                    size="small"
                    kind="primary"
                    aria-label={t('grades.releaseOf', { title: item.title })}
                    onClick={() => onRelease(item)}
                  >
                    {t('grades.release')}
                  </Button>
                )
              }
            />
          ))}
        </List>
      </Card>
    </section>
  )
}

/** Whether what is to come is held back; acts at once. */
export function NewColumns({ courseId, holds }: { readonly courseId: string; readonly holds: boolean }) {
  return (
    <Switch
      name="holds"
      label={t('grades.holdsNew')}
      hint={t('grades.holdsNewHint')}
      checked={holds}
      onChecked={next => void changeBook(courseId, next)}
    />
  )
}

/** How one column stands, in its dialog, with the act that turns it. */
export function ColumnRelease({
  item,
  onRelease,
  onDone,
}: {
  readonly item: GradeItem
  readonly onRelease: () => void
  readonly onDone: () => void
}) {
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const hold = async () => {
    try {
      await holdBack(item)
      onDone()
    } catch (error) {
      setProblem(problemWords(error))
    }
  }
  return (
    <div class="grade-column-release">
      <p>{item.held ? t('grades.heldBackDetail') : t('grades.isReleased')}</p>
      {item.held ? (
        <Button size="small" onClick={onRelease}>
          {t('grades.release')}
        </Button>
      ) : (
        <Button size="small" icon={EyeOff} onClick={() => void hold()}>
          {t('grades.holdBack')}
        </Button>
      )}
      {problem && <Banner tone="bad">{problem}</Banner>}
    </div>
  )
}
