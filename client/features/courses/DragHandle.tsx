// The handles that items and modules are dragged by, and the line that shows where they land. For pointers alone: keys and
// readers have the menus, which do the same.
import { GripVertical } from 'lucide-preact'
import { useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { blockOf, levelsOf } from '#protocol/courses/levels.ts'
import type { CourseItem, CourseModule } from '#protocol/courses.ts'
import { type Drag, dragged, followPointer, landing, type Slot } from './dragging.ts'
import type { CourseHome } from './home.ts'
import { moveTo } from './nest-acts.ts'
import { levelAt, type Place } from './nesting.ts'
import { itemsIn } from './outline.ts'
import { moveModule } from './store.ts'
import './Dragging.css'

interface ItemSlot extends Slot, Place {
  readonly moduleId: string | null
}

interface ModuleSlot extends Slot {
  /** The module it comes ahead of; null: the end. */
  readonly before: string | null
}

/** How far the pointer goes sideways for one step of depth, in pixels. */
const stepAcross = 28

const all = (of: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(of)]

/** The places of a module for a block of items: ahead of each line that stays, and behind the last. */
function slotsIn(home: CourseHome, part: HTMLElement, block: readonly CourseItem[], wanted: number): ItemSlot[] {
  const moduleId = part.dataset.part || null
  const rest = itemsIn(home, moduleId).filter(one => !block.some(moved => moved.id === one.id))
  const rows = new Map(
    [...part.querySelectorAll<HTMLElement>('[data-drag-item]')].map(one => [one.dataset.dragItem, one.closest('li')]),
  )
  const room = (part.querySelector('.card, .module-empty') ?? part).getBoundingClientRect()
  const tops = rest.map(one => rows.get(one.id)?.getBoundingClientRect())
  return [...rest, undefined].map((_, at): ItemSlot => {
    const before = at === 0 ? undefined : tops[at - 1]
    const top = tops[at]?.top ?? before?.bottom ?? room.top + room.height / 2
    const level = levelAt(rest, at, wanted, block)
    const inset = 16 + level * 24
    const rtl = getComputedStyle(part).direction === 'rtl'
    return { moduleId, at, level, top, left: rtl ? room.left : room.left + inset, width: room.width - inset }
  })
}

function beginItem(home: () => CourseHome, item: CourseItem): Drag<ItemSlot> {
  const order = itemsIn(home(), item.moduleId)
  const block = blockOf(order, item.id)
  const level = levelsOf(order)[order.findIndex(one => one.id === item.id)] ?? 0
  return {
    ids: block.map(one => one.id),
    slots: across =>
      all('[data-part]').flatMap(part => slotsIn(home(), part, block, level + Math.round(across / stepAcross))),
    onDrop: ({ moduleId, at, level: to }) => {
      const now = itemsIn(home(), item.moduleId)
      const moving = blockOf(now, item.id)
      const rest = itemsIn(home(), moduleId).filter(one => !moving.some(moved => moved.id === one.id))
      const stays = moduleId === item.moduleId && to === level && now.findIndex(one => one.id === item.id) === at
      if (stays || moving.length === 0) return undefined
      return moveTo({ courseId: home().courseId, block: moving, rest, moduleId }, { at, level: to })
    },
  }
}

function beginModule(home: () => CourseHome, module: CourseModule): Drag<ModuleSlot> {
  return {
    ids: [module.id],
    slots: () => {
      const parts = all('[data-part]').filter(one => one.dataset.part && one.dataset.part !== module.id)
      const boxes = parts.map(one => ({ id: one.dataset.part ?? null, box: one.getBoundingClientRect() }))
      const last = boxes.at(-1)
      return [
        ...boxes.map(({ id, box: { top, left, width } }) => ({ before: id, top: top - 8, left, width })),
        ...(last ? [{ before: null, top: last.box.bottom + 8, left: last.box.left, width: last.box.width }] : []),
      ]
    },
    onDrop: ({ before }) => {
      const { courseId, modules } = home()
      const next = modules[modules.findIndex(one => one.id === module.id) + 1]?.id ?? null
      return before === next ? undefined : moveModule(courseId, module, before, modules)
    },
  }
}

export function DragHandle({ home, item }: { readonly home: CourseHome; readonly item: CourseItem }) {
  // What others change meanwhile counts when it is let go.
  const now = useRef(home)
  now.current = home
  return (
    <span
      class="drag-handle"
      data-drag-item={item.id}
      data-dragged={dragged.value.has(item.id) || undefined}
      aria-hidden="true"
      title={t('courses.drag', { title: item.title })}
      onPointerDown={event => followPointer(event, () => beginItem(() => now.current, item))}
    >
      <Icon as={GripVertical} />
    </span>
  )
}

export function ModuleHandle({ home, module }: { readonly home: CourseHome; readonly module: CourseModule }) {
  const now = useRef(home)
  now.current = home
  return (
    <span
      class="drag-handle"
      data-drag-module={module.id}
      data-dragged={dragged.value.has(module.id) || undefined}
      aria-hidden="true"
      title={t('courses.drag', { title: module.title })}
      onPointerDown={event => followPointer(event, () => beginModule(() => now.current, module))}
    >
      <Icon as={GripVertical} />
    </span>
  )
}

/** Where what is dragged will land; stands once on the page. */
export function DropMark() {
  const at = landing.value
  if (!at) return null
  return (
    <div
      class="drop-mark"
      aria-hidden="true"
      style={{ top: `${at.top}px`, left: `${at.left}px`, width: `${at.width}px` }}
    />
  )
}
