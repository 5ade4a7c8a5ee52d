// Words sized by how often they came, none over another, and the same as a table behind a switch. The heading says the
// finding; nobody is named. While it changes, too, no word crosses another: one that needs another place fades in there.
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Switch } from '#client/ui/Choice.tsx'
import { type CloudPicture, type CloudWord, layoutCloud } from './cloud-layout.ts'
import './Cloud.css'

export type CloudProps = {
  readonly title: string
  /** How many words from how many people, in words. */
  readonly summary: (left: number) => string
  readonly words: readonly CloudWord[]
  /** What the words and their numbers are called, for the table. */
  readonly heads: { readonly word: string; readonly times: string }
  /** On the stage: large, and without the switch. */
  readonly stage?: boolean | undefined
}

const pen = { context: undefined as CanvasRenderingContext2D | null | undefined }

/** The width of a text in type of size 1, with a little more than the browser says. */
function widthOf(text: string): number {
  pen.context ??= document.createElement('canvas').getContext('2d')
  if (!pen.context) return [...text].length * 0.66
  pen.context.font = `650 100px ${getComputedStyle(document.body).fontFamily}`
  return (pen.context.measureText(text).width / 100) * 1.04
}

/** The cloud. */
export function Cloud({ title, summary, words, heads, stage = false }: CloudProps) {
  const [asTable, setAsTable] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const [shape, setShape] = useState({ width: stage ? 1600 : 360, height: stage ? 620 : 280 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const { clientWidth, clientHeight } = element
      if (clientWidth > 0 && clientHeight > 0) setShape({ width: clientWidth, height: clientHeight })
    }
    look()
    const watch = new ResizeObserver(look)
    watch.observe(element)
    return () => watch.disconnect()
  }, [asTable])
  const shown = useRef<CloudPicture | undefined>(undefined)
  const picture = useMemo(() => {
    const unit = Math.min(shape.width / (stage ? 1600 : 360), shape.height / (stage ? 620 : 280))
    const sizes = stage ? { least: 30 * unit, most: 150 * unit } : { least: 14, most: Math.max(36, 44 * unit) }
    return layoutCloud(words, { ...shape, ...sizes }, widthOf, shown.current)
  }, [words, shape, stage])
  const { placed, left, zoom } = picture
  const sizeBefore = new Map(shown.current?.placed.map(one => [one.text, one.size]))
  useLayoutEffect(() => {
    shown.current = picture
  }, [picture])
  const most = Math.max(0, ...words.map(one => one.count))
  const sorted = [...words].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
  return (
    <figure class="cloud" data-stage={stage || undefined}>
      <figcaption class="bars-head">
        <span class="bars-title">{title}</span>
        <span class="muted figures">{summary(left)}</span>
      </figcaption>
      {asTable ? (
        <table class="bars-table" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{heads.word}</th>
              <th scope="col" data-numeric>
                {heads.times}
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(word => (
              <tr key={word.text}>
                <th scope="row">
                  <bdi>{word.text}</bdi>
                </th>
                <td data-numeric>{word.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div class="cloud-box" ref={box}>
          <svg viewBox={`0 0 ${shape.width} ${shape.height}`} aria-hidden="true">
            <g
              class="cloud-all"
              style={{
                transform: `translate(${zoom.x.toFixed(1)}px, ${zoom.y.toFixed(1)}px) scale(${zoom.scale.toFixed(3)})`,
              }}
            >
              {placed.map(word => (
                <g
                  key={`${word.text} ${word.turn}`}
                  style={{ transform: `translate(${word.x.toFixed(1)}px, ${word.y.toFixed(1)}px)` }}
                >
                  <text
                    class="cloud-word"
                    data-most={word.count === most || undefined}
                    // Inside the place that is its own by now; one that shrinks does so at once, for its neighbours.
                    data-grows={word.size > (sizeBefore.get(word.text) ?? word.size) || undefined}
                    style={{ fontSize: `${word.size.toFixed(1)}px` }}
                  >
                    {word.text}
                  </text>
                </g>
              ))}
            </g>
          </svg>
          <ul class="visually-hidden">
            {sorted.map(word => (
              <li key={word.text}>{`${word.text}: ${word.count}`}</li>
            ))}
          </ul>
        </div>
      )}
      {!stage && words.length > 0 && <Switch label={t('ui.showTable')} checked={asTable} onChecked={setAsTable} />}
    </figure>
  )
}
