// Cuts a square out of a picture: dragged by finger or mouse, moved by the arrow keys, enlarged by a slider. Only the cut
// leaves the device.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { type Cut, cutOf, moved } from './cut.ts'

interface CropDialogProps {
  readonly picture: ImageBitmap
  readonly onClose: () => void
  /** Gets the square as base64. What it throws is shown. */
  readonly onDone: (image: string) => Promise<void>
}

/** Edge of what is sent, in pixels: twice what is kept, for the server draws it anew. */
const edge = 512
const mostZoom = 4

async function toBase64(canvas: HTMLCanvasElement): Promise<string> {
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.88))
  if (!blob) throw new Error('The browser could not write the picture')
  let text = ''
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte)
  return btoa(text)
}

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, { x, y, size }: Cut): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, edge, edge)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, x, y, size, size, 0, 0, edge, edge)
}

export function CropDialog({ picture, onClose, onDone }: CropDialogProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [zoom, setZoom] = useState(1)
  const [at, setAt] = useState({ x: 0.5, y: 0.5 })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const zoomId = useId()
  const cut = cutOf(picture, zoom, at)

  useEffect(() => {
    if (canvas.current) draw(canvas.current, picture, cut)
  }, [picture, cut.x, cut.y, cut.size])

  // Distances are told as shares of the square's edge.
  const move = (dx: number, dy: number) => setAt(now => moved(picture, zoom, now, { dx, dy }))
  const step = 0.04
  const arrows: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(step, 0),
    ArrowRight: () => move(-step, 0),
    ArrowUp: () => move(0, step),
    ArrowDown: () => move(0, -step),
  }

  const done = async () => {
    if (!canvas.current || busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await onDone(await toBase64(canvas.current))
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('people.cropTitle')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={() => void done()}>
            {t('people.usePicture')}
          </Button>
        </>
      }
    >
      <div class="stack">
        <canvas
          ref={canvas}
          class="crop"
          width={edge}
          height={edge}
          aria-label={t('people.cropLabel')}
          tabIndex={0}
          onKeyDown={event => {
            const act = arrows[event.key]
            if (!act) return
            event.preventDefault()
            act()
          }}
          onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={event => {
            if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
            const width = event.currentTarget.clientWidth
            move(event.movementX / width, event.movementY / width)
          }}
        />
        <div class="crop-zoom">
          <label for={zoomId}>{t('people.cropZoom')}</label>
          <input
            id={zoomId}
            type="range"
            min="1"
            max={mostZoom}
            step="0.05"
            value={zoom}
            onInput={event => setZoom(Number(event.currentTarget.value))}
          />
        </div>
        <p class="muted">{t('people.cropHint')}</p>
        {problem && <Banner tone="bad">{problem}</Banner>}
      </div>
    </Dialog>
  )
}
