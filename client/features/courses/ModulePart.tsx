// One module of a course home with its items; without a module, what stands above them all.
import { ArrowDown, ArrowUp, KeyRound, Pencil, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { LockLine, ModuleLock, ReleaseLine } from '#client/features/conditions/LockLine.tsx'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { List } from '#client/ui/List.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import type { CourseItem, CourseModule } from '#protocol/courses.ts'
import { AddMenu } from './AddMenu.tsx'
import type { CourseHome } from './home.ts'
import { ItemRow } from './ItemRow.tsx'
import { ModuleDialog } from './ModuleDialog.tsx'
import { aheadOfDown, aheadOfUp } from './order.ts'
import { PickBox } from './PickBox.tsx'
import { itemKind } from './registry.ts'
import { moveModule, removeModule } from './store.ts'

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

/** Whether this reader can do anything with it: what is the staff's alone is in the way of the learners' own things. */
const isFor = (home: CourseHome, item: CourseItem): boolean =>
  home.staff || !itemKind(item.kind)?.staffs || home.marks(item.id)?.how === 'marked'

export function ModulePart({ home, module }: PartProps) {
  const mine = home.items.filter(
    item => item.moduleId === (module?.id ?? null) && !ownSection(item) && isFor(home, item),
  )
  const title = module?.title ?? t('courses.unsorted')
  return (
    <div class="course-module">
      <Section
        title={title}
        actions={
          home.lines
            ? module && <PickBox id={module.id} title={title} lines={home.lines} />
            : home.staff && <ModuleActions home={home} module={module} title={title} />
        }
      >
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
