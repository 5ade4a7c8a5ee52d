// What can be done with one item of a course home, by who may change it and by who says who may: everything that dragging does as well, for keys and readers.
import {
  ArrowDown,
  ArrowUp,
  CornerDownRight,
  Eye,
  EyeOff,
  KeyRound,
  ListIndentDecrease,
  ListIndentIncrease,
  Pencil,
  ShieldCheck,
  Trash2,
} from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { blockOf } from '#protocol/courses/levels.ts'
import { type CourseItem, headingKind } from '#protocol/courses.ts'
import { HeadingDialog } from './HeadingDialog.tsx'
import { type CourseHome, mayChangeIn } from './home.ts'
import { canStep, moveTo, stepItem } from './nest-acts.ts'
import { type Place, placeDown, placeUp } from './nesting.ts'
import { itemsIn } from './outline.ts'
import { itemKind } from './registry.ts'
import { removeItem, showItem } from './store.ts'

interface ItemMenuProps {
  readonly home: CourseHome
  readonly item: CourseItem
  /** What stands in its module, in order. */
  readonly siblings: readonly CourseItem[]
  readonly published: boolean
}

export function ItemMenu({ home, item, siblings, published }: ItemMenuProps) {
  const [renaming, setRenaming] = useState(false)
  const { courseId, modules } = home
  const { title, id } = item
  const own = new Set([id])
  const block = blockOf(siblings, id)
  const step = (to: Place | undefined) => {
    const rest = siblings.filter(one => !block.includes(one))
    if (to) void moveTo({ courseId, block, rest, moduleId: item.moduleId }, to)
  }
  const [up, down] = [placeUp(siblings, id), placeDown(siblings, id)]
  const elsewhere: readonly { id: string | null; title: string }[] = [
    { id: null, title: t('courses.unsorted') },
    ...modules,
  ]
  const moveInto = (moduleId: string | null) => {
    const rest = itemsIn(home, moduleId)
    void moveTo({ courseId, block, rest, moduleId }, { at: rest.length, level: 0 })
  }
  const isHeading = item.kind === headingKind
  const rights = home.rightsIn(id)
  const edit = itemKind(item.kind)?.edit
  // Who may change it is asked of whoever gives roles or makes rules.
  const toRoles: MenuItem = {
    label: t('access.title'),
    icon: ShieldCheck,
    href: pathTo('rolePlace', { kind: 'item', id }),
  }
  const roles = rights.includes('role.give') || rights.includes('role.rule') ? [toRoles] : []
  const changing: MenuItem[] = [
    ...(edit
      ? [{ label: t('content.edit'), icon: Pencil, href: edit({ courseId, kind: item.kind, refId: item.refId }) }]
      : []),
    published
      ? { label: t('courses.hide'), icon: EyeOff, onSelect: () => void showItem(courseId, item, 'hidden') }
      : { label: t('courses.publish'), icon: Eye, onSelect: () => void showItem(courseId, item, 'published') },
    ...(isHeading ? [{ label: t('courses.rename'), icon: Pencil, onSelect: () => setRenaming(true) }] : []),
    // A class is come into by its code, when it is held; a heading leads nowhere.
    ...(item.kind === 'class' || isHeading || !home.staff
      ? []
      : [{ label: t('conditions.menu'), icon: KeyRound, onSelect: () => home.onAccess('item', item) }]),
    // Whoever runs the course and looks after no roles is told there whom to ask.
    ...(roles.length > 0 || home.capabilities.includes('course.change') ? [toRoles] : []),
    'line',
    { label: t('courses.moveUp'), icon: ArrowUp, disabled: up === undefined, onSelect: () => step(up) },
    { label: t('courses.moveDown'), icon: ArrowDown, disabled: down === undefined, onSelect: () => step(down) },
    {
      label: t('courses.indent'),
      icon: ListIndentIncrease,
      disabled: !canStep([siblings], own, 'in'),
      onSelect: () => void stepItem(courseId, siblings, item, 'in'),
    },
    {
      label: t('courses.outdent'),
      icon: ListIndentDecrease,
      disabled: !canStep([siblings], own, 'out'),
      onSelect: () => void stepItem(courseId, siblings, item, 'out'),
    },
    ...elsewhere
      .filter(one => one.id !== item.moduleId)
      .map(one => ({
        label: t('courses.moveTo', { title: one.title }),
        icon: CornerDownRight,
        onSelect: () => moveInto(one.id),
      })),
    'line',
    { label: t('courses.remove'), icon: Trash2, kind: 'danger', onSelect: () => void removeItem(courseId, item) },
  ]
  const items = mayChangeIn(home, item) ? changing : roles
  if (items.length === 0) return null
  return (
    <>
      <Menu label={t('courses.itemMenu', { title })} items={items} />
      {renaming && <HeadingDialog courseId={courseId} heading={item} onClose={() => setRenaming(false)} />}
    </>
  )
}
