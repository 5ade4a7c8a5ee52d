// The palette: one field, and under it where one can go, what is found and what can be done. Arrows move, Enter takes,
// Escape leaves; a tap does the same.
import { Search, X } from 'lucide-preact'
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type Group, useChoices, whereIs } from './choices.ts'
import { actDialog, paletteOpen } from './open.ts'
import { rememberPlace } from './recent.ts'
import type { PaletteChoice } from './registry.ts'
import './Palette.css'

/** Open as long as it is mounted. */
export function Palette() {
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const { path, route } = useLocation()
  const where = useMemo(() => whereIs(path), [])
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const { groups, searching, failed, again } = useChoices(typed, where)
  const all = groups.flatMap(group => group.choices)
  const current = Math.min(at, all.length - 1)
  const close = () => {
    paletteOpen.value = false
  }

  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current, typed])

  const take = (choice: PaletteChoice | undefined) => {
    if (!choice) return
    // Closed first: the dialog gives the focus back before the page takes it.
    dialog.current?.close()
    close()
    const { does } = choice
    if ('Dialog' in does) {
      actDialog.value = does.Dialog
      return
    }
    if ('run' in does) {
      try {
        does.run(route)
      } catch (error) {
        showToast({ text: problemWords(error), tone: 'bad' })
      }
      return
    }
    // A pasted address says nothing to whoever reads it again.
    if (person.value && !choice.key.startsWith('address '))
      rememberPlace(person.value.id, { key: choice.key, label: choice.label, detail: choice.detail, path: does.go })
    route(does.go)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // Letters that are still being composed are none of ours.
    if (event.isComposing) return
    const last = all.length - 1
    const next = { ArrowDown: current >= last ? 0 : current + 1, ArrowUp: current <= 0 ? last : current - 1 }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      setAt(next)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      take(all[current])
    }
  }

  const selected = all[current]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it, and the browser's own.
    <dialog
      ref={dialog}
      class="palette"
      aria-label={t('palette.title')}
      onCancel={event => {
        event.preventDefault()
        close()
      }}
      onClick={event => {
        if (event.target === dialog.current) close()
      }}
    >
      <div class="palette-head">
        <Icon as={Search} size={20} />
        <input
          class="palette-field"
          type="text"
          role="combobox"
          aria-label={t('palette.field')}
          aria-expanded={all.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={selected ? optionId(id, selected) : undefined}
          placeholder={t('palette.placeholder')}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="go"
          maxLength={100}
          value={typed}
          onInput={event => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton icon={X} label={t('ui.close')} onClick={close} />
      </div>
      <div
        class="palette-list"
        id={`${id}-list`}
        role="listbox"
        aria-label={t('palette.title')}
        ref={list}
        tabIndex={-1}
      >
        {groups.map(group => (
          <GroupView key={group.id} id={id} group={group} selected={selected} onTake={take} />
        ))}
      </div>
      {failed ? (
        <div class="palette-foot" role="alert">
          <span>{t('palette.failed')}</span>
          <Button size="small" onClick={again}>
            {t('ui.retry')}
          </Button>
        </div>
      ) : (
        <p class="palette-foot" role="status">
          {searching
            ? t('palette.searching')
            : groups.every(group => group.id === 'more')
              ? t('palette.nothing', { words: typed.trim() })
              : t('palette.count', { count: all.length })}
        </p>
      )}
    </dialog>
  )
}

const optionId = (id: string, choice: PaletteChoice): string => `${id}-${choice.key.replace(/[^\w-]/g, '_')}`

interface GroupProps {
  readonly id: string
  readonly group: Group
  readonly selected: PaletteChoice | undefined
  readonly onTake: (choice: PaletteChoice) => void
}

function GroupView({ id, group, selected, onTake }: GroupProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox; a fieldset may not stand there.
    <div role="group" aria-labelledby={`${id}-${group.id}`}>
      <p class="palette-group" id={`${id}-${group.id}`}>
        {group.title}
      </p>
      {group.choices.map(choice => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option.
        <div
          key={choice.key}
          id={optionId(id, choice)}
          class="palette-option"
          role="option"
          aria-selected={choice === selected}
          onMouseDown={event => event.preventDefault()}
          onClick={() => onTake(choice)}
        >
          <Icon as={choice.icon} />
          <span class="palette-words">{choice.label}</span>
          {choice.detail && <span class="palette-detail">{choice.detail}</span>}
        </div>
      ))}
    </div>
  )
}
