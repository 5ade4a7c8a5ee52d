// Tells the course home about classes: how one looks, where it leads, how staff start one. Called once by main.
import { Radio } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerCourseAction, registerItemKind } from '#client/features/courses/registry.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { StartClass } from './StartClass.tsx'

/** Registers classes with the course home. To be called once. */
export function startLive(): void {
  registerItemKind('class', {
    icon: Radio,
    label: 'live.class',
    section: 'live.classes',
    detail: ({ detail }) =>
      [
        typeof detail.startedAt === 'string' && dayAndTime(detail.startedAt),
        typeof detail.asked === 'number' && t('live.classAsked', { count: detail.asked }),
        typeof detail.people === 'number' && t('live.classPeople', { count: detail.people }),
      ]
        .filter(Boolean)
        .join(' · ') || undefined,
    path: ({ refId, badge }, audience) => {
      if (audience === 'learner') return pathTo('class', { runId: refId })
      return pathTo(badge === 'ended' ? 'classReport' : 'remote', { runId: refId })
    },
  })
  registerCourseAction({ name: 'start-class', capability: 'live.host', order: 100, Button: StartClass })
}
