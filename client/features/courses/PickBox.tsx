// The box before a line of the outline while somebody chooses: with Shift a stretch, by mouse and by keyboard alike.
import { t } from '#client/platform/texts.ts'
import { type Line, nothingPicked, pick, picking } from './picking.ts'

interface PickBoxProps {
  readonly id: string
  readonly title: string
  readonly lines: readonly Line[]
}

export function PickBox({ id, title, lines }: PickBoxProps) {
  const picked = picking.value ?? nothingPicked
  return (
    <label class="pick-box">
      <input
        type="checkbox"
        class="choice-box"
        checked={picked.ids.has(id)}
        aria-label={t('courses.manyChoose', { title })}
        onClick={event => {
          picking.value = pick(picking.peek() ?? nothingPicked, id, event.shiftKey ? 'through' : 'alone', lines)
        }}
      />
    </label>
  )
}
