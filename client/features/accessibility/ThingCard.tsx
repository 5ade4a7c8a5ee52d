// A page or file with what is found in it: each finding leads to its place.

import { FileText, FileVideo } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Link } from '#client/ui/Link.tsx'
import type { Finding } from '#protocol/accessibility/findings.ts'
import type { CheckedKind } from '#protocol/accessibility.ts'
import { FindingsList } from './FindingsList.tsx'

export interface ThingCardProps {
  readonly courseId: string
  readonly thing: {
    readonly kind: CheckedKind
    readonly refId: string
    readonly title: string
    readonly findings: readonly Finding[]
  }
  /** A quiet line under the title. */
  readonly detail: ComponentChildren
}

const placeOf = (courseId: string, kind: CheckedKind, refId: string, finding?: Finding): string =>
  kind === 'page'
    ? pathTo('page', { courseId, pageId: refId }, finding ? { findings: 1, at: finding.block } : { findings: 1 })
    : pathTo('file', { courseId, fileId: refId }, { findings: 1 })

export function ThingCard({ courseId, thing, detail }: ThingCardProps) {
  const { kind, refId, title, findings } = thing
  return (
    <section class="card findings-thing" aria-label={title}>
      <div class="findings-thing-head">
        <Icon as={kind === 'page' ? FileText : FileVideo} size={20} />
        <div class="findings-thing-title">
          <h2>
            <Link href={placeOf(courseId, kind, refId)}>{title}</Link>
          </h2>
          <p class="muted">{detail}</p>
        </div>
        {findings.length === 0 && <Badge tone="good">{t('accessibility.allMended')}</Badge>}
      </div>
      {findings.length > 0 && (
        <FindingsList
          findings={findings}
          label={title}
          place={(one, words) => <Link href={placeOf(courseId, kind, refId, one)}>{words}</Link>}
        />
      )}
    </section>
  )
}
