// One module of a course home with its items; without a module, what stands above them all.
import { ArrowDown, ArrowUp, Circle, CornerDownRight, Eye, EyeOff, KeyRound, Lock, Pencil, Trash2 } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { LockLine, ModuleLock, ReleaseLine } from '#client/features/conditions/LockLine.tsx'
import type { Locks } from '#client/features/conditions/store.ts'
import { DoneMark, type Marks } from '#client/features/progress/marks.tsx'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import type { Capability } from '#protocol/base/roles.ts'
import type { LockSubject } from '#protocol/conditions.ts'
import type { CourseItem, CourseModule } from '#protocol/courses.ts'
import { AddMenu } from './AddMenu.tsx'
import { ModuleDialog } from './ModuleDialog.tsx'
import { aheadOfDown, aheadOfUp } from './order.ts'
import { itemKind } from './registry.ts'
import { moveItem, moveModule, removeItem, removeModule, showItem, shownPublished } from './store.ts'

/** What every part of a course home knows. */
export interface CourseHome {
  readonly courseId: string
  readonly staff: boolean
  readonly capabilities: readonly Capability[]
  readonly modules: readonly CourseModule[]
  readonly items: readonly CourseItem[]
  /** IANA name: dates that the course sets are told in it. */
  readonly zone: string
  readonly locks: Locks
  readonly marks: Marks
  /** Staff look at when something opens. */
  readonly onAccess: (subject: LockSubject, what: CourseItem | CourseModule) => void
}

interface PartProps {
  readonly home: CourseHome
  readonly module: CourseModule | null
}

/** Whether an item stands in a section of its kind instead of above all modules. */
export const ownSection = (item: CourseItem) => (item.moduleId === null ? itemKind(item.kind)?.section : undefined)

/** When it was: by what its kind says, else by when it came. */
const whenOf = ({ detail, id }: CourseItem): string =>
  typeof detail.startedAt === 'string' ? detail.startedAt : `0 ${id}`

/** Things of one kind that are in no module, the newest first, such as the classes that were held. */
export function KindPart({ home, title, items }: { home: CourseHome; title: string; items: readonly CourseItem[] }) {
  const [all, setAll] = useState(false)
  const order = [...items].sort((a, b) => (whenOf(a) < whenOf(b) ? 1 : -1))
  const shown = all ? order : order.slice(0, fewFirst)
  return (
    <div class="course-module">
      <Section title={title}>
        <div class="card" data-flush>
          <List label={title}>
            {shown.map(item => (
              <ItemRow key={item.id} home={home} item={item} siblings={order} />
            ))}
          </List>
        </div>
        {order.length > shown.length && (
          <div>
            <Button kind="quiet" onClick={() => setAll(true)}>
              {t('courses.showAllOf', { count: order.length })}
            </Button>
          </div>
        )}
      </Section>
    </div>
  )
}

const fewFirst = 5

export function ModulePart({ home, module }: PartProps) {
  const mine = home.items.filter(item => item.moduleId === (module?.id ?? null) && !ownSection(item))
  const title = module?.title ?? t('courses.unsorted')
  return (
    <div class="course-module">
      <Section title={title} actions={home.staff && <ModuleActions home={home} module={module} title={title} />}>
        {module && <ModuleAccess home={home} module={module} />}
        {mine.length === 0 ? (
          <p class="module-empty">{home.staff ? t('courses.emptyModuleStaff') : t('courses.emptyModuleLearner')}</p>
        ) : (
          <div class="card" data-flush>
            <List label={title}>
              {mine.map(item => (
                <ItemRow key={item.id} home={home} item={item} siblings={mine} />
              ))}
            </List>
          </div>
        )}
      </Section>
    </div>
  )
}

/** Why a module is locked; for staff, what they said of it. */
function ModuleAccess({ home, module }: { readonly home: CourseHome; readonly module: CourseModule }) {
  const { locks, staff, courseId, items, zone } = home
  const speech = { zone, targets: locks.targets }
  const lock = locks.lockOf('module', module.id)
  const release = locks.releaseOf('module', module.id)
  if (lock)
    return (
      <ModuleLock>
        <LockLine lock={lock} speech={speech} courseId={courseId} items={items} />
      </ModuleLock>
    )
  if (!staff || !release || !(release.from || release.until || release.tree)) return null
  return (
    <ModuleLock>
      <ReleaseLine release={release} speech={speech} />
    </ModuleLock>
  )
}

function ModuleActions({ home, module, title }: PartProps & { readonly title: string }) {
  const [renaming, setRenaming] = useState(false)
  const add = <AddMenu home={home} moduleId={module?.id ?? null} label={t('courses.addTo', { title })} />
  if (!module) return add
  const { courseId, modules } = home
  const up = aheadOfUp(modules, module.id)
  const down = aheadOfDown(modules, module.id)
  const go = async (before: string | null) => {
    if (await moveModule(courseId, module, before)) announce(t('courses.moved', { title }))
  }
  const items: MenuItem[] = [
    { label: t('courses.rename'), icon: Pencil, onSelect: () => setRenaming(true) },
    { label: t('conditions.menu'), icon: KeyRound, onSelect: () => home.onAccess('module', module) },
    { label: t('courses.moveUp'), icon: ArrowUp, disabled: up === undefined, onSelect: () => void go(up ?? null) },
    {
      label: t('courses.moveDown'),
      icon: ArrowDown,
      disabled: down === undefined,
      onSelect: () => void go(down ?? null),
    },
    'line',
    {
      label: t('courses.remove'),
      icon: Trash2,
      kind: 'danger',
      onSelect: () => void removeModule(courseId, module),
    },
  ]
  return (
    <>
      {add}
      <Menu label={t('courses.moduleMenu', { title })} items={items} />
      <ModuleDialog open={renaming} onClose={() => setRenaming(false)} courseId={courseId} module={module} />
    </>
  )
}

interface ItemRowProps {
  readonly home: CourseHome
  readonly item: CourseItem
  readonly siblings: readonly CourseItem[]
}

function ItemRow({ home, item, siblings }: ItemRowProps) {
  const { courseId, staff } = home
  const kind = itemKind(item.kind)
  const published = shownPublished(item)
  const audience = staff ? 'staff' : 'learner'
  const { locks, zone, items } = home
  const shut = staff ? undefined : locks.shuts(item)
  const own = shut?.subject === 'item' ? shut : undefined
  const speech = { zone, targets: locks.targets }
  const href = shut
    ? undefined
    : kind?.path({ courseId, kind: item.kind, refId: item.refId, badge: item.badge }, audience)
  const words = kind?.detail?.(item, courseId, audience)
  return (
    <Row
      start={
        <Icon
          as={shut ? Lock : (kind?.icon ?? Circle)}
          size={20}
          label={shut ? t('conditions.lockedTitle') : undefined}
        />
      }
      title={href === undefined ? <span class="item-closed">{item.title}</span> : item.title}
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
          {staff && !published && (
            <Button
              size="small"
              onClick={() => void showItem(courseId, item, 'published')}
              aria-label={t('courses.publishOne', { title: item.title })}
            >
              {t('courses.publish')}
            </Button>
          )}
          {staff && <ItemMenu home={home} item={item} siblings={siblings} published={published} />}
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
