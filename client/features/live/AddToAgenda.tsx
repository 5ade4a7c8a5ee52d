// Puts one more activity of the course on the agenda of a class that runs.
import { Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { kindIcons } from '#client/features/activities/kinds/icons.ts'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { call, request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Activity } from '#protocol/activities.ts'
import { activityRoutes } from '#protocol/activities.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import type { AgendaEntry } from '#protocol/live/stage.ts'
import { liveCalls } from '#protocol/live.ts'

export type AddToAgendaProps = {
  readonly runId: string
  readonly courseId: string
  readonly agenda: readonly AgendaEntry[]
  readonly onClose: () => void
}

/** Open while it is mounted. */
export function AddToAgenda({ runId, courseId, agenda, onClose }: AddToAgendaProps) {
  const all = useLoad(courseId, () =>
    request(activityRoutes.list, { courseId, limit: 200 } as InputBefore<typeof activityRoutes.list>),
  )
  const [busy, setBusy] = useState<string | undefined>(undefined)
  const rest = all.value?.items.filter(one => agenda.every(entry => entry.activityId !== one.id))
  const add = async (activity: Activity) => {
    setBusy(activity.id)
    try {
      await call(liveCalls.addActivity, { runId, activityId: activity.id } as InputBefore<typeof liveCalls.addActivity>)
      onClose()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
      setBusy(undefined)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('live.addActivity')}>
      {all.problem ? (
        <ErrorState title={problemWords(all.problem)} onRetry={all.reload} />
      ) : !rest ? (
        <Skeleton form="rows" />
      ) : rest.length === 0 ? (
        <EmptyState title={t('live.addNone')} />
      ) : (
        <List>
          {rest.map(one => (
            <Row
              key={one.id}
              start={<Icon as={kindIcons[one.kind]} size={20} />}
              title={one.title}
              detail={kindParts[one.kind].label}
              end={busy === one.id ? <Spinner /> : <Icon as={Plus} />}
              onPress={() => busy === undefined && void add(one)}
            />
          ))}
        </List>
      )}
    </Dialog>
  )
}
