// One module of a course home with its items; without a module, what stands above them all.
import { ArrowDown, ArrowUp, Eye, EyeOff, KeyRound, Pencil, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { LockLine, ModuleLock, ReleaseLine } from '#client/features/conditions/LockLine.tsx'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { List } from '#client/ui/List.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import type { CourseItem, CourseModule } from '#protocol/courses.ts'
import { AddMenu } from './AddMenu.tsx'
import { ModuleHandle } from './DragHandle.tsx'
import { type CourseHome, mayChangeIn } from './home.ts'
import { ItemRow } from './ItemRow.tsx'
import { ModuleDialog } from './ModuleDialog.tsx'
import { showMany } from './many.ts'
import { aheadOfDown, aheadOfUp } from './order.ts'
import { itemsIn, leveled } from './outline.ts'
import { PickBox } from './PickBox.tsx'
import { itemKind } from './registry.ts'
import { moveModule, removeModule, shownPublished } from './store.ts'

interface PartProps {
  readonly home: CourseHome
  readonly module: CourseModule | null
}

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

/** Whether a module has anything for this reader; what is locked has its lock. Staff see every one. */
export const hasFor = (home: CourseHome, moduleId: string | null): boolean =>
  home.staff ||
  itemsIn(home, moduleId).length > 0 ||
  (moduleId !== null && home.locks.lockOf('module', moduleId) !== undefined)

/** Whether no learner sees a module, for nothing in it is published and nothing is said of when it opens. */
function isUnseen(home: CourseHome, module: CourseModule, within: readonly CourseItem[]): boolean {
  const release = home.locks.releaseOf('module', module.id)
  if (release && (release.from || release.until || release.tree)) return false
  return !within.some(item => shownPublished(item) && !itemKind(item.kind)?.staffs)
}

export function ModulePart({ home, module }: PartProps) {
  const mine = itemsIn(home, module?.id ?? null)
  const title = module?.title ?? t('courses.unsorted')
  return (
    <div class="course-module" data-part={module?.id ?? ''}>
      <Section
        title={title}
        actions={
          home.lines
            ? module && <PickBox id={module.id} title={title} lines={home.lines} />
            : home.staff && <ModuleActions home={home} module={module} title={title} within={mine} />
        }
      >
        {module && <ModuleAccess home={home} module={module} />}
        {module && home.staff && isUnseen(home, module, mine) && (
          <p class="module-unseen">{t('courses.moduleUnseen')}</p>
        )}
        {mine.length === 0 ? (
          // A learner is here for the lock of the module alone.
          home.staff && <p class="module-empty">{t('courses.emptyModuleStaff')}</p>
        ) : (
          <div class="card" data-flush>
            <List label={title}>
              {leveled(mine).map(({ item, level }) => (
                <ItemRow key={item.id} home={home} item={item} siblings={mine} level={level} />
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

interface ActionsProps extends PartProps {
  readonly title: string
  readonly within: readonly CourseItem[]
}

/** Shows all of a module to learners, or nothing of it: what is so already is left as it is, and what is not theirs to change. */
function showAll(home: CourseHome, within: readonly CourseItem[], shown: 'published' | 'hidden'): MenuItem {
  const items = within.filter(item => shownPublished(item) !== (shown === 'published') && mayChangeIn(home, item))
  return {
    ...(shown === 'published'
      ? { label: t('courses.publishAll'), icon: Eye }
      : { label: t('courses.hideAll'), icon: EyeOff }),
    disabled: items.length === 0,
    onSelect: () => void showMany({ courseId: home.courseId, items, modules: [] }, shown),
  }
}

function ModuleActions({ home, module, title, within }: ActionsProps) {
  const [renaming, setRenaming] = useState(false)
  const add = <AddMenu home={home} moduleId={module?.id ?? null} label={t('courses.addTo', { title })} />
  if (!module) return add
  const { courseId, modules } = home
  const up = aheadOfUp(modules, module.id)
  const down = aheadOfDown(modules, module.id)
  const go = (before: string | null) => moveModule(courseId, module, before, modules)
  const items: MenuItem[] = [
    showAll(home, within, 'published'),
    showAll(home, within, 'hidden'),
    'line',
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
      <ModuleHandle home={home} module={module} />
      {add}
      <Menu label={t('courses.moduleMenu', { title })} items={items} />
      <ModuleDialog open={renaming} onClose={() => setRenaming(false)} courseId={courseId} module={module} />
    </>
  )
}
