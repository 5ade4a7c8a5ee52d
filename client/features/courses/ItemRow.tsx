// One thing in a course home.
import { Circle, Lock } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { LockLine, ReleaseLine } from '#client/features/conditions/LockLine.tsx'
import { DoneMark } from '#client/features/progress/marks.tsx'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Row } from '#client/ui/List.tsx'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import { type CourseItem, headingKind } from '#protocol/courses.ts'
import { DragHandle } from './DragHandle.tsx'
import { type CourseHome, mayChangeIn, seesAsStaff } from './home.ts'
import { ItemMenu } from './ItemMenu.tsx'
import { PickBox } from './PickBox.tsx'
import { itemKind } from './registry.ts'
import { showItem, shownPublished } from './store.ts'

interface ItemRowProps {
  readonly home: CourseHome
  readonly item: CourseItem
  readonly siblings: readonly CourseItem[]
  /** How deep it stands; what stands in a section of its kind has no depth, and is not dragged. */
  readonly level?: number | undefined
}

/** A thing in its module: what it is, how it stands for the reader, and for who may change it what can be done with it. */
export function ItemRow({ home, item, siblings, level }: ItemRowProps) {
  const { courseId } = home
  const changes = mayChangeIn(home, item)
  const staff = seesAsStaff(home, item)
  const kind = itemKind(item.kind)
  const published = shownPublished(item)
  const audience = staff ? 'staff' : 'learner'
  const { locks, zone, items } = home
  const shut = staff ? undefined : locks.shuts(item)
  const own = shut?.subject === 'item' ? shut : undefined
  const speech = { zone, targets: locks.targets }
  const href =
    shut || home.lines
      ? undefined
      : kind?.path({ courseId, kind: item.kind, refId: item.refId, badge: item.badge }, audience)
  const words = kind?.detail?.(item, courseId, audience)
  const isHeading = item.kind === headingKind
  const spoken = level !== undefined && level > 0 && (
    <VisuallyHidden>{t('courses.level', { level: level + 1 })}</VisuallyHidden>
  )
  return (
    <Row
      level={level}
      start={
        // To a learner a heading is its words alone.
        isHeading && !staff ? undefined : (
          <>
            {spoken}
            {home.lines && changes && <PickBox id={item.id} title={item.title} lines={home.lines} />}
            {changes && !home.lines && level !== undefined && <DragHandle home={home} item={item} />}
            <Icon
              as={shut ? Lock : (kind?.icon ?? Circle)}
              size={20}
              label={shut ? t('conditions.lockedTitle') : undefined}
            />
          </>
        )
      }
      title={
        isHeading ? (
          <h3 class="item-heading">
            {!staff && spoken}
            {inOwnDirection(item.title)}
          </h3>
        ) : href === undefined && !home.lines ? (
          <span class="item-closed">{inOwnDirection(item.title)}</span>
        ) : (
          item.title
        )
      }
      detail={
        isHeading && !staff ? undefined : (
          <ItemDetail
            unseen={published || !staff ? undefined : item.badge === null ? 'draft' : 'hidden'}
            words={
              <>
                {kind && t(kind.label)}
                {words && <> · {words}</>}
                {staff && published && kind?.staffs && <> · {t('courses.metElsewhere')}</>}
                {own && (
                  <>
                    {' · '}
                    <LockLine lock={own} speech={speech} courseId={courseId} items={items} />
                  </>
                )}
                {staff && <ItemAccess home={home} item={item} />}
              </>
            }
          />
        )
      }
      href={href}
      end={
        <>
          {(published || !staff) && <ItemBadge badge={item.badge} />}
          {!home.staff && !shut && <DoneMark courseId={courseId} item={item} cell={home.marks(item.id)} />}
          {changes && !published && !home.lines && (
            <Button
              size="small"
              onClick={() => void showItem(courseId, item, 'published')}
              aria-label={t('courses.publishOne', { title: item.title })}
            >
              {t('courses.publish')}
            </Button>
          )}
          {!home.lines && <ItemMenu home={home} item={item} siblings={siblings} published={published} />}
        </>
      }
    />
  )
}

/** For staff, what they said of when it opens. */
function ItemAccess({ home, item }: { readonly home: CourseHome; readonly item: CourseItem }) {
  const release = home.locks.releaseOf('item', item.id)
  if (!release || !(release.from || release.until || release.tree)) return null
  return (
    <>
      {' · '}
      <ReleaseLine release={release} speech={{ zone: home.zone, targets: home.locks.targets }} />
    </>
  )
}

interface ItemDetailProps {
  /** Why learners do not see it: it was not given out yet, or was and is hidden. Undefined where they do. */
  readonly unseen: 'draft' | 'hidden' | undefined
  readonly words: ComponentChildren
}

/** What the kind says about it, and for staff that learners do not see it: in place of how far it is, for nobody takes it. */
function ItemDetail({ unseen, words }: ItemDetailProps) {
  if (!unseen) return <>{words}</>
  return (
    <>
      <span class="item-draft">{t(unseen === 'draft' ? 'courses.draft' : 'courses.hiddenState')}</span>
      {words && <> · {words}</>}
    </>
  )
}

function ItemBadge({ badge }: { readonly badge: string | null }) {
  if (badge === 'live') {
    return (
      <Badge tone="accent" live>
        {t('courses.live')}
      </Badge>
    )
  }
  if (badge === 'open') return <Badge tone="good">{t('courses.open')}</Badge>
  if (badge === 'ended') return <Badge>{t('courses.ended')}</Badge>
  return null
}
