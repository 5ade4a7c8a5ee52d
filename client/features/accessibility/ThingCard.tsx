// Something written, or a file, with what is found in it: each finding leads to its place.

import { BookA, FileCheck2, FileText, FileVideo, Waypoints } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Link } from '#client/ui/Link.tsx'
import type { Finding } from '#protocol/accessibility/findings.ts'
import type { CheckedKind, CheckedThing } from '#protocol/accessibility.ts'
import { FindingsList } from './FindingsList.tsx'

export interface ThingCardProps {
  readonly courseId: string
  readonly thing: {
    readonly kind: CheckedKind
    readonly refId: string
    readonly title: string
    readonly within: CheckedThing['within']
    readonly findings: readonly Finding[]
  }
  /** A quiet line under the title. */
  readonly detail: ComponentChildren
}

const icons: Readonly<Record<CheckedKind, typeof FileText>> = {
  page: FileText,
  file: FileVideo,
  'lesson-page': Waypoints,
  'glossary-entry': BookA,
  assignment: FileCheck2,
}

function placeOf(courseId: string, { kind, refId, within }: ThingCardProps['thing'], finding?: Finding): string {
  const holder = within?.refId ?? ''
  switch (kind) {
    case 'page':
      return pathTo('page', { courseId, pageId: refId }, finding ? { findings: 1, at: finding.block } : { findings: 1 })
    case 'file':
      return pathTo('file', { courseId, fileId: refId }, { findings: 1 })
    case 'lesson-page':
      return pathTo('lessonPage', { courseId, lessonId: holder, pageId: refId }, { findings: 1 })
    case 'glossary-entry':
      return pathTo('glossaryEntry', { courseId, glossaryId: holder, entryId: refId })
    case 'assignment':
      return pathTo('assignment', { courseId, assignmentId: refId })
  }
}

export function ThingCard({ courseId, thing, detail }: ThingCardProps) {
  const { kind, title, within, findings } = thing
  return (
    <section class="card findings-thing" aria-label={title}>
      <div class="findings-thing-head">
        <Icon as={icons[kind]} size={20} />
        <div class="findings-thing-title">
          <h2>
            <Link href={placeOf(courseId, thing)}>{title}</Link>
          </h2>
          <p class="muted">
            {within !== null && <>{within.title} · </>}
            {detail}
          </p>
        </div>
        {findings.length === 0 && <Badge tone="good">{t('accessibility.allMended')}</Badge>}
      </div>
      {findings.length > 0 && (
        <FindingsList
          findings={findings}
          label={title}
          place={(one, words) => <Link href={placeOf(courseId, thing, one)}>{words}</Link>}
        />
      )}
    </section>
  )
}
