// Spreads those in no group over the groups by chance: shows who would go where, shuffles again, and does it at a tap.
// Mounted while it is open.
import { Shuffle } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { CoursePerson } from '#protocol/courses/people.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Group, GroupSet } from '#protocol/groups.ts'
import { byName, fillSet, previewFill } from './store.ts'

interface FillDialogProps {
  readonly courseId: CourseId
  readonly set: GroupSet
  readonly groups: readonly Group[]
  readonly people: readonly CoursePerson[]
  readonly onClose: () => void
}

export function FillDialog({ courseId, set, groups, people, onClose }: FillDialogProps) {
  const [within, setWithin] = useState(set.withinSections)
  const [busy, setBusy] = useState(false)
  const { value, problem, loading, reload } = useLoad(String(within), () =>
    previewFill({ courseId, setId: set.id, withinSections: within }),
  )
  const names = new Map(people.map(one => [one.accountId, one.name]))
  const coming = groups
    .map(group => ({
      group,
      names: (value?.places ?? [])
        .filter(one => one.groupId === group.id)
        .map(one => ({ name: names.get(one.accountId) ?? '' }))
        .sort(byName),
    }))
    .filter(one => one.names.length > 0)
  const count = value?.places.length ?? 0
  const send = async () => {
    if (!value || count === 0) return
    setBusy(true)
    if (await fillSet(courseId, set.id, value.places)) onClose()
    setBusy(false)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('groups.fillTitle', { name: set.name })}
      wide
      actions={
        <>
          <Button icon={Shuffle} busy={loading && !!value} disabled={count === 0} onClick={reload}>
            {t('groups.shuffle')}
          </Button>
          <Button kind="primary" busy={busy} disabled={count === 0 || loading} onClick={() => void send()}>
            {t('groups.fillAct', { count })}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p class="muted">{t('groups.fillLead')}</p>
        {!set.withinSections && <Checkbox label={t('groups.fillWithin')} checked={within} onChecked={setWithin} />}
        {!value && problem && (
          <ErrorState
            title={t('groups.failed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        )}
        {!value && !problem && <Skeleton form="rows" count={4} />}
        {value && count === 0 && (
          <EmptyState title={value.left.length === 0 ? t('groups.fillNone') : t('groups.fillNoRoom')} />
        )}
        {count > 0 && (
          <dl class="fill-plan">
            {coming.map(one => (
              <div key={one.group.id}>
                <dt>{one.group.name}</dt>
                <dd>{one.names.map(person => person.name).join(', ')}</dd>
              </div>
            ))}
          </dl>
        )}
        {value && value.left.length > 0 && count > 0 && (
          <p class="muted">{t('groups.fillLeft', { count: value.left.length })}</p>
        )}
      </div>
    </Dialog>
  )
}
