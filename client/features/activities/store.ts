// What the client does with activities: read one, save what is written as it is written, one change after the other so
// that each names the version it read. The only place that asks the activities' routes.
import { batch, signal } from '@preact/signals'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { SaveState } from '#client/ui/SavedAt.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type Activity, type ActivityItem, activityRoutes, type Delivery } from '#protocol/activities.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'

/** How long after the last key a change is sent, in milliseconds. */
const calm = 700
/** How long a removal can be taken back. */
const undoMs = 8_000

export interface ActivityStore {
  readonly activity: { readonly value: Activity | undefined }
  readonly items: { readonly value: readonly ActivityItem[] }
  readonly deliveries: { readonly value: readonly Delivery[] }
  readonly problem: { readonly value: ClientProblem | undefined }
  readonly save: { readonly value: SaveState }
  load(): Promise<void>
  change(changes: { title?: string; settings?: Record<string, unknown> }): void
  /** Answers the new item, or undefined when it was refused. */
  add(question: WrittenQuestion): Promise<ActivityItem | undefined>
  changeItem(itemId: string, changes: { question?: WrittenQuestion; points?: string }): void
  move(itemId: string, position: number): void
  remove(itemId: string): void
  /** Sends at once what waits. */
  flush(): void
}

type Ids<T extends 'activity' | 'item'> = T extends 'activity' ? Activity['id'] : ActivityItem['id']

/** The store of one activity being edited. */
export function openActivity(id: string): ActivityStore {
  const activityId = id as Ids<'activity'>
  const activity = signal<Activity | undefined>(undefined)
  const items = signal<readonly ActivityItem[]>([])
  const deliveries = signal<readonly Delivery[]>([])
  const problem = signal<ClientProblem | undefined>(undefined)
  const save = signal<SaveState>({ state: 'clean' })
  let queue: Promise<unknown> = Promise.resolve()
  let working = 0
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; run: () => void }>()

  async function load(): Promise<void> {
    try {
      const read = await request(activityRoutes.get, { activityId })
      batch(() => {
        activity.value = read.activity
        items.value = read.items
        deliveries.value = read.deliveries
        problem.value = undefined
      })
    } catch (error) {
      problem.value = error instanceof ClientProblem ? error : new ClientProblem('internal')
    }
  }

  /** One change after the other; a refusal shows what holds now. */
  function then<T>(act: () => Promise<T>): Promise<T | undefined> {
    working += 1
    save.value = { state: 'saving' }
    const done = queue.then(act).then(
      value => {
        working -= 1
        // What was typed meanwhile waits for its own calm moment.
        if (working === 0)
          save.value = waiting.size > 0 ? { state: 'dirty' } : { state: 'saved', at: new Date().toISOString() }
        return value
      },
      async (error: unknown) => {
        working -= 1
        const conflict = error instanceof ClientProblem && error.code === 'conflict'
        save.value = { state: 'failed' }
        showToast({ text: conflict ? t('activities.changedElsewhere') : problemWords(error), tone: 'bad' })
        await load()
        return undefined
      },
    )
    queue = done
    return done
  }

  /** After a calm moment; a newer change of the same thing replaces one that waits. */
  function soon(key: string, run: () => void, ms = calm): void {
    const before = waiting.get(key)
    if (before) clearTimeout(before.timer)
    const go = () => {
      waiting.delete(key)
      run()
    }
    waiting.set(key, { timer: setTimeout(go, ms), run: go })
    if (working === 0) save.value = { state: 'dirty' }
  }

  const replace = (item: ActivityItem) => {
    items.value = items.peek().map(one => (one.id === item.id ? item : one))
  }

  return {
    activity,
    items,
    deliveries,
    problem,
    save,
    load,
    change(changes) {
      const now = activity.peek()
      if (!now) return
      activity.value = { ...now, ...changes }
      soon('activity', () => {
        void then(async () => {
          const { title, settings, version } = activity.peek() ?? now
          const saved = await request(activityRoutes.change, { activityId, version, title, settings })
          const typed = activity.peek()
          // What was typed meanwhile stands; only the version is the server's.
          if (typed) activity.value = { ...typed, version: saved.version }
        })
      })
    },
    add: question =>
      then(async () => {
        const item = await request(activityRoutes.addItem, { activityId, question, points: '1' })
        items.value = [...items.peek(), item]
        return item
      }),
    changeItem(itemId, changes) {
      soon(`item ${itemId}`, () => {
        void then(async () => {
          const now = items.peek().find(one => one.id === itemId)
          if (!now) return
          const { version } = now.question
          replace(await request(activityRoutes.changeItem, { activityId, itemId: now.id, version, ...changes }))
        })
      })
    },
    move(itemId, position) {
      const all = items.peek()
      const item = all.find(one => one.id === itemId)
      if (!item) return
      const rest = all.filter(one => one.id !== itemId)
      items.value = [...rest.slice(0, position), item, ...rest.slice(position)]
      void then(() => request(activityRoutes.moveItem, { activityId, itemId: item.id, position }))
    },
    remove(itemId) {
      const before = items.peek()
      const item = before.find(one => one.id === itemId)
      if (!item) return
      const key = `remove ${itemId}`
      items.value = before.filter(one => one.id !== itemId)
      soon(key, () => void then(() => request(activityRoutes.removeItem, { activityId, itemId: item.id })), undoMs)
      showToast({
        text: t('activities.removed'),
        onUndo: () => {
          const waits = waiting.get(key)
          if (!waits) return
          clearTimeout(waits.timer)
          waiting.delete(key)
          const at = before.indexOf(item)
          items.value = [...items.peek().slice(0, at), item, ...items.peek().slice(at)]
          if (working === 0) save.value = { state: 'clean' }
        },
      })
    },
    flush() {
      for (const { timer, run } of [...waiting.values()]) {
        clearTimeout(timer)
        run()
      }
    },
  }
}
