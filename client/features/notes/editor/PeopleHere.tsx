// Who has the note open: their avatars, and a list that says where each one writes and goes there.
import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'preact/hooks'
import type { DocumentCopy } from '#client/platform/documents.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { caretPosition, everybodyHere, type Present, placeWords } from './carets.ts'
import { showNames } from './TextEditor.tsx'

/** Faces shown beside one another; the rest is a number. */
const faces = 3

/** Follows who is here, cursors included. */
export function usePresent(copy: DocumentCopy | undefined, meId: string): readonly Present[] {
  const [present, setPresent] = useState<readonly Present[]>([])
  useEffect(() => {
    if (!copy) {
      setPresent([])
      return
    }
    const { awareness } = copy
    const follow = () =>
      setPresent(before => {
        const now = everybodyHere(awareness, meId)
        return JSON.stringify(now) === JSON.stringify(before) ? before : now
      })
    follow()
    awareness.on('change', follow)
    return () => awareness.off('change', follow)
  }, [copy, meId])
  return present
}

export interface PeopleHereProps {
  readonly copy: DocumentCopy
  readonly editor: Editor | undefined
  readonly meId: string
}

export function PeopleHere({ copy, editor, meId }: PeopleHereProps) {
  const present = usePresent(copy, meId)
  if (present.length === 0) return null
  const itemOf = ({ name, client, me }: Present): MenuItem => {
    const at = editor && client !== undefined && !me ? caretPosition(editor.state, copy.awareness, client) : undefined
    const place = editor && at !== undefined ? placeWords(editor.state, at) : ''
    const label = me
      ? t('notes.you')
      : at === undefined
        ? t('notes.onlyReads', { name })
        : place
          ? t('notes.isAt', { name, place })
          : t('notes.isAtStart', { name })
    return {
      label,
      disabled: at === undefined,
      onSelect: () => {
        if (!editor || at === undefined) return
        showNames(editor.view.dom)
        const { node } = editor.view.domAtPos(at)
        const element = node instanceof Element ? node : node.parentElement
        element?.scrollIntoView({ block: 'center' })
      },
    }
  }
  return (
    <Menu class="note-people" label={t('notes.people', { count: present.length })} items={present.map(itemOf)}>
      <span class="note-faces" aria-hidden="true">
        {present.slice(0, faces).map(one => (
          <Avatar key={one.id} name={one.name} seed={one.id} size={24} />
        ))}
      </span>
      {present.length > faces && (
        <span class="figures" aria-hidden="true">
          +{present.length - faces}
        </span>
      )}
    </Menu>
  )
}
