// The menu of what can be put into a module: every kind that registered itself, text pages among them.
import { Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import type { CourseHome } from './home.ts'
import { type ItemAdder, itemAdders } from './registry.ts'

export interface AddMenuProps {
  readonly home: CourseHome
  /** Null: above all modules. */
  readonly moduleId: string | null
  readonly label: string
  /** Shows the label beside the icon. */
  readonly words?: boolean | undefined
}

/** Nothing at all where nothing can be added. */
export function AddMenu({ home, moduleId, label, words = false }: AddMenuProps) {
  const [chosen, setChosen] = useState<ItemAdder>()
  const adders = itemAdders(home.capabilities)
  if (adders.length === 0) return null
  return (
    <>
      <Menu
        label={label}
        labelShown={words}
        class="add-menu"
        items={adders.map(adder => ({ label: t(adder.label), icon: adder.icon, onSelect: () => setChosen(adder) }))}
      >
        <Icon as={Plus} />
        {words ? label : t('courses.add')}
      </Menu>
      {chosen && <chosen.Dialog courseId={home.courseId} moduleId={moduleId} onClose={() => setChosen(undefined)} />}
    </>
  )
}
