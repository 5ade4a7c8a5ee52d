// One thing in a course home.
import { ArrowDown, ArrowUp, Circle, CornerDownRight, Eye, EyeOff, KeyRound, Lock, Trash2 } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { LockLine, ReleaseLine } from '#client/features/conditions/LockLine.tsx'
import { DoneMark } from '#client/features/progress/marks.tsx'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Row } from '#client/ui/List.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { CourseItem } from '#protocol/courses.ts'
import type { CourseHome } from './home.ts'
import { aheadOfDown, aheadOfUp } from './order.ts'
import { PickBox } from './PickBox.tsx'
import { itemKind } from './registry.ts'
import { moveItem, removeItem, showItem, shownPublished } from './store.ts'

interface ItemRowProps {
  readonly home: CourseHome
  readonly item: CourseItem
  readonly siblings: readonly CourseItem[]
}

/** A thing in its module: what it is, how it stands for the reader, and for staff what can be done with it. */
export function ItemRow({ home, item, siblings }: ItemRowProps) {
  const { courseId, staff } = home
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
  return (
    <Row
      start={
        <>
          {home.lines && <PickBox id={item.id} title={item.title} lines={home.lines} />}
          <Icon
            as={shut ? Lock : (kind?.icon ?? Circle)}
            size={20}
            label={shut ? t('conditions.lockedTitle') : undefined}
          />
        </>
      }
      title={
        href === undefined && !home.lines ? <span class="item-closed">{inOwnDirection(item.title)}</span> : item.title
      }
      detail={
        <ItemDetail
          published={published || !staff}
          words={
            <>
              {kind && t(kind.label)}
              {words && <> · {words}</>}
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
      }
      href={href}
      end={
        <>
          <ItemBadge badge={item.badge} />
          {!staff && !shut && <DoneMark courseId={courseId} item={item} cell={home.marks(item.id)} />}
          {staff && !published && !home.lines && (
            <Button
              size="small"
              onClick={() => void showItem(courseId, item, 'published')}
              aria-label={t('courses.publishOne', { title: item.title })}
            >
              {t('courses.publish')}
            </Button>
          )}
          {staff && !home.lines && <ItemMenu home={home} item={item} siblings={siblings} published={published} />}
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

/** What the kind says about it, and for staff that learners do not see it yet. */
function ItemDetail({ published, words }: { readonly published: boolean; readonly words: ComponentChildren }) {
  if (published) return <>{words}</>
  return (
    <>
      <span class="item-draft">{t('courses.draft')}</span>
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

function ItemMenu({ home, item, siblings, published }: ItemRowProps & { readonly published: boolean }) {
  const { courseId, modules } = home
  const { title } = item
  const up = aheadOfUp(siblings, item.id)
  const down = aheadOfDown(siblings, item.id)
  const go = async (moduleId: string | null, before: string | null) => {
    if (await moveItem(courseId, item, moduleId, before)) announce(t('courses.moved', { title }))
  }
  const elsewhere: readonly { id: string | null; title: string }[] = [
    { id: null, title: t('courses.unsorted') },
    ...modules,
  ]
  const items: MenuItem[] = [
    published
      ? { label: t('courses.hide'), icon: EyeOff, onSelect: () => void showItem(courseId, item, 'hidden') }
      : { label: t('courses.publish'), icon: Eye, onSelect: () => void showItem(courseId, item, 'published') },
    // A class is come into by its code, when it is held.
    ...(item.kind === 'class'
      ? []
      : [{ label: t('conditions.menu'), icon: KeyRound, onSelect: () => home.onAccess('item', item) }]),
    'line',
    {
      label: t('courses.moveUp'),
      icon: ArrowUp,
      disabled: up === undefined,
      onSelect: () => void go(item.moduleId, up ?? null),
    },
    {
      label: t('courses.moveDown'),
      icon: ArrowDown,
      disabled: down === undefined,
      onSelect: () => void go(item.moduleId, down ?? null),
    },
    ...elsewhere
      .filter(one => one.id !== item.moduleId)
      .map(one => ({
        label: t('courses.moveTo', { title: one.title }),
        icon: CornerDownRight,
        onSelect: () => void go(one.id, null),
      })),
    'line',
    { label: t('courses.remove'), icon: Trash2, kind: 'danger', onSelect: () => void removeItem(courseId, item) },
  ]
  return <Menu label={t('courses.itemMenu', { title })} items={items} />
}
