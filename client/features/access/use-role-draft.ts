// A role while it is changed: what the server said last, and over it what was changed here and is not saved. What is not saved
// is kept while the window is open, so that a look at another page loses nothing.
import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { SaveState } from '#client/ui/SavedAt.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { RoleView } from '#protocol/access.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { changeRole, customId } from './store.ts'
import { roleName } from './words.ts'

interface Draft {
  readonly name?: string
  readonly note?: string
  /** Boxes that stand otherwise than the server said. */
  readonly boxes: ReadonlyMap<Capability, boolean>
}

const none: Draft = { boxes: new Map() }
const drafts = signal<ReadonlyMap<string, Draft>>(new Map())

const warn = (event: BeforeUnloadEvent) => event.preventDefault()

/** What of a draft still differs from the role, as it may have been changed by somebody else. */
function differing(role: RoleView, draft: Draft): Draft {
  const boxes = new Map([...draft.boxes].filter(([one, on]) => role.capabilities.includes(one) !== on))
  const name = draft.name !== undefined && draft.name.trim() !== role.name ? { name: draft.name } : {}
  const note = draft.note !== undefined && draft.note.trim() !== role.note ? { note: draft.note } : {}
  return { ...name, ...note, boxes }
}

const countOf = ({ name, note, boxes }: Draft): number =>
  boxes.size + (name === undefined ? 0 : 1) + (note === undefined ? 0 : 1)

function asked(role: RoleView, { name, note, boxes }: Draft) {
  const kept = role.capabilities.filter(one => !boxes.has(one))
  const added = [...boxes].flatMap(([one, on]) => (on ? [one] : []))
  return {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(note === undefined ? {} : { note: note.trim() }),
    ...(boxes.size > 0 ? { capabilities: [...kept, ...added] } : {}),
  }
}

export interface RoleDraft {
  /** As the server said. */
  readonly role: RoleView
  /** As it stands on the screen: fields and boxes with what is not saved. */
  readonly name: string
  readonly note: string
  readonly may: (one: Capability) => boolean
  readonly changed: (one: Capability) => boolean
  readonly count: number
  /** Somebody else changed it while it is open: theirs is shown. */
  readonly changedElsewhere: boolean
  readonly nameMissing: boolean
  readonly save: SaveState
  readonly write: (parts: { readonly name?: string; readonly note?: string }) => void
  readonly flip: (one: Capability, on: boolean) => void
  readonly discard: () => void
  readonly send: () => Promise<void>
  /** Takes what the server said of it elsewhere. */
  readonly keep: (next: RoleView) => void
}

/** `first`: the role as the list has it; a newer one takes its place. `onSaved` comes after each change that was kept. */
export function useRoleDraft(first: RoleView, onSaved: () => void): RoleDraft {
  const { route: go } = useLocation()
  const [told, setTold] = useState(first)
  const [save, setSave] = useState<SaveState>({ state: 'clean' })
  const role = first.version > told.version ? first : told
  const { key } = role
  const written = drafts.value.get(key) ?? none
  const draft = differing(role, written)
  const count = countOf(draft)
  const put = (next: Draft) => {
    const all = new Map(drafts.peek())
    if (countOf(next) > 0) all.set(key, next)
    else all.delete(key)
    drafts.value = all
  }
  const open = count > 0
  useEffect(() => {
    if (!open) return
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [open])
  const named = useRef('')
  named.current = roleName(role)
  // Whoever goes on without saving learns that it waits, and where.
  useEffect(
    () => () => {
      if (!drafts.peek().has(key) || !person.peek()) return
      const back = () => go(pathTo('role', { role: key }))
      const action = { label: t('access.backToRole'), onSelect: back }
      showToast({ topic: key, text: t('access.notSavedYet', { role: named.current }), action })
    },
    [key],
  )

  const back = async (was: RoleView, now: RoleView) => {
    try {
      const { name, note, capabilities } = was
      setTold((await changeRole({ roleId: customId(now), version: now.version, name, note, capabilities })).role)
      onSaved()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  const send = async () => {
    setSave({ state: 'saving' })
    try {
      const { role: now } = await changeRole({ roleId: customId(role), version: role.version, ...asked(role, draft) })
      setTold(now)
      put(none)
      setSave({ state: 'saved', at: new Date().toISOString() })
      onSaved()
      showToast({
        topic: key,
        text: t('access.roleSaved', { role: roleName(now), count }),
        onUndo: () => void back(role, now),
      })
    } catch (error) {
      // Somebody else changed it: theirs is shown, and over it what is not saved yet.
      const conflict = error instanceof ClientProblem && error.code === 'conflict'
      if (conflict) setTold(error.params.current as RoleView)
      setSave({ state: 'failed', detail: conflict ? t('access.changedMeanwhile') : problemWords(error) })
    }
  }
  const name = written.name ?? role.name
  return {
    ...{ role, name, count, save, send },
    changedElsewhere: first.version > told.version && save.state !== 'saving',
    note: written.note ?? role.note,
    nameMissing: name.trim() === '',
    may: one => draft.boxes.get(one) ?? role.capabilities.includes(one),
    changed: one => draft.boxes.has(one),
    write: parts => put({ ...written, ...parts }),
    flip: (one, on) => put(differing(role, { ...written, boxes: new Map([...written.boxes, [one, on]]) })),
    discard: () => {
      put(none)
      setSave({ state: 'clean' })
    },
    keep: setTold,
  }
}
