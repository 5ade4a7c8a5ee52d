// What can be done with all that is chosen, at the head of the outline while somebody chooses.
import {
  CalendarClock,
  CornerDownRight,
  Eye,
  EyeOff,
  ListIndentDecrease,
  ListIndentIncrease,
  Trash2,
  X,
} from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useShortcuts } from '#client/app/keys/shortcuts.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import type { CourseItem } from '#protocol/courses.ts'
import { ManyDatesDialog } from './ManyDatesDialog.tsx'
import { MoveManyDialog } from './MoveManyDialog.tsx'
import { type Chosen, removeMany, showMany } from './many.ts'
import { canStep, stepMany } from './nest-acts.ts'
import { beginPicking, endPicking, type Line, letGo, nothingPicked, picking, standing } from './picking.ts'

const steps = [
  ['in', ListIndentIncrease, 'courses.indent'],
  ['out', ListIndentDecrease, 'courses.outdent'],
] as const

interface PickBarProps {
  readonly lines: readonly Line[]
  readonly all: Chosen
  /** What stands above all modules and in each of them, in order. */
  readonly orders: readonly (readonly CourseItem[])[]
  readonly zone: string
}

export function PickBar({ lines, all, orders, zone }: PickBarProps) {
  const [open, setOpen] = useState<'move' | 'dates'>()
  const [busy, setBusy] = useState(false)
  // Another course begins with nothing chosen.
  useEffect(() => endPicking, [all.courseId])
  const everything = () => {
    picking.value = { ids: new Set(lines.map(one => one.id)), last: undefined }
  }
  useShortcuts(t('courses.manyKeys'), [
    { keys: 'escape', label: t('courses.manyEnd'), run: endPicking },
    { keys: 'mod+a', label: t('courses.manyAll'), run: everything },
  ])
  const ids = standing(picking.value ?? nothingPicked, lines)
  const chosen: Chosen = {
    courseId: all.courseId,
    items: lines.flatMap(line => all.items.find(one => one.id === line.id && ids.has(one.id)) ?? []),
    modules: all.modules.filter(one => ids.has(one.id)),
  }
  const count = chosen.items.length + chosen.modules.length
  const act = async (run: () => Promise<boolean>) => {
    setBusy(true)
    // What was chosen meanwhile stays so.
    if (await run()) letGo(ids)
    setBusy(false)
  }
  const noItems = busy || chosen.items.length === 0
  return (
    <section class="pick-bar" aria-label={t('courses.manyKeys')}>
      <div class="pick-bar-count">
        <span role="status">{t('courses.manyChosen', { count })}</span>
        <Button kind="quiet" size="small" onClick={count === lines.length ? beginPicking : everything}>
          {t(count === lines.length ? 'courses.manyNone' : 'courses.manyAll')}
        </Button>
        <IconButton icon={X} label={t('courses.manyEnd')} onClick={endPicking} />
      </div>
      <div class="pick-bar-acts">
        <Button
          icon={Eye}
          size="small"
          disabled={noItems}
          onClick={() => void act(() => showMany(chosen, 'published'))}
        >
          {t('courses.publish')}
        </Button>
        <Button
          icon={EyeOff}
          size="small"
          disabled={noItems}
          onClick={() => void act(() => showMany(chosen, 'hidden'))}
        >
          {t('courses.hide')}
        </Button>
        <Button icon={CornerDownRight} size="small" disabled={noItems} onClick={() => setOpen('move')}>
          {t('courses.manyMove')}
        </Button>
        {steps.map(([way, icon, label]) => (
          <Button
            key={way}
            icon={icon}
            size="small"
            disabled={noItems || !canStep(orders, ids, way)}
            onClick={() => void act(() => stepMany(chosen, orders, way))}
          >
            {t(label)}
          </Button>
        ))}
        <Button icon={CalendarClock} size="small" disabled={busy || count === 0} onClick={() => setOpen('dates')}>
          {t('courses.manyDates')}
        </Button>
        <Button
          icon={Trash2}
          size="small"
          disabled={busy || count === 0}
          onClick={() => void act(() => removeMany(chosen))}
        >
          {t('courses.remove')}
        </Button>
      </div>
      {open === 'move' && (
        <MoveManyDialog chosen={chosen} all={all} orders={orders} onClose={() => setOpen(undefined)} onAct={act} />
      )}
      {open === 'dates' && (
        <ManyDatesDialog chosen={chosen} zone={zone} onClose={() => setOpen(undefined)} onAct={act} />
      )}
    </section>
  )
}
