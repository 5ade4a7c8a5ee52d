// How a course shows its grades: points, percent, or bands of its own.
import { Plus, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { FormError } from '#client/ui/Form.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import type { Grading } from '#protocol/grades/grading.ts'
import { type Band, letterBands, mostBands, type Scale } from '#protocol/grades/scale.ts'
import { GradingPart, refusedWords } from './GradingPart.tsx'
import { saveGrading, useTyped } from './grading.ts'
import { percentFrom } from './PolicyFields.tsx'
import './Grading.css'

/** What is wrong with bands; the last one begins at 0 by itself. */
function wrongIn(bands: readonly Band[]): FormError[] {
  const wrong: FormError[] = []
  const names = new Set<string>()
  for (const [at, { name, from }] of bands.entries()) {
    const number = at + 1
    const percent = percentFrom(from)
    const above = percentFrom(bands[at - 1]?.from ?? '')
    const title = name.trim()
    if (title === '') wrong.push({ name: `name-${at}`, message: t('grading.bandNameMissing', { number }) })
    else if (title.length > 30) wrong.push({ name: `name-${at}`, message: t('grading.bandLong', { number }) })
    else if (names.has(title.toLocaleLowerCase()))
      wrong.push({ name: `name-${at}`, message: t('grading.bandTwice', { name: title }) })
    names.add(title.toLocaleLowerCase())
    if (percent === undefined) wrong.push({ name: `from-${at}`, message: t('grading.bandFromWrong', { number }) })
    else if (above !== undefined && Number(percent) >= Number(above))
      wrong.push({ name: `from-${at}`, message: t('grading.bandOrder', { number }) })
    else if (at === bands.length - 1 && Number(percent) !== 0)
      wrong.push({ name: `from-${at}`, message: t('grading.bandLast') })
  }
  return wrong
}

export function ScalePart({ courseId, grading }: { readonly courseId: string; readonly grading: Grading }) {
  const { typed, set, newer, follow } = useTyped<Scale>(grading.scale)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const save = async () => {
    const wrong = typed.shows === 'bands' ? wrongIn(typed.bands) : []
    setErrors(wrong)
    setProblem(undefined)
    if (wrong.length > 0) return
    setBusy(true)
    const bands = typed.bands.map(({ name, from }) => ({ name: name.trim(), from: percentFrom(from) ?? from }))
    // What is not shown is not checked here, and stays as it was.
    const scale = typed.shows === 'bands' ? { ...typed, bands } : { ...typed, bands: grading.scale.bands }
    try {
      const after = await saveGrading(courseId, grading, { scale })
      follow(after.scale)
    } catch (error) {
      setProblem(refusedWords(error))
    }
    setBusy(false)
  }
  return (
    <GradingPart
      title={t('grading.scale')}
      lead={t('grading.scaleLead')}
      newer={newer}
      onFollow={() => follow()}
      busy={busy}
      errors={errors}
      problem={problem}
      onSave={() => void save()}
    >
      <RadioGroup
        label={t('grading.scale')}
        name="shows"
        value={typed.shows}
        onValue={shows => set({ ...typed, shows })}
        options={[
          { value: 'points', label: t('grading.asPoints'), hint: t('grading.asPointsHint') },
          { value: 'percent', label: t('grading.asPercent'), hint: t('grading.asPercentHint') },
          { value: 'bands', label: t('grading.asBands'), hint: t('grading.asBandsHint') },
        ]}
      />
      {typed.shows === 'bands' && (
        <Bands bands={typed.bands} onBands={bands => set({ ...typed, bands: [...bands] })} errors={errors} />
      )}
    </GradingPart>
  )
}

interface BandsProps {
  readonly bands: readonly Band[]
  readonly onBands: (bands: readonly Band[]) => void
  readonly errors: readonly FormError[]
}

function Bands({ bands, onBands, errors }: BandsProps) {
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message
  const change = (at: number, part: Partial<Band>) =>
    onBands(bands.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const passes = [
    { name: t('grading.passed'), from: '50' },
    { name: t('grading.failed'), from: '0' },
  ]
  // Above the last one, which begins at 0.
  const add = () => onBands([...bands.slice(0, -1), { name: '', from: '' }, ...bands.slice(-1)])
  return (
    <div class="stack">
      <div class="cluster">
        <span class="muted">{t('grading.preset')}</span>
        <Button size="small" onClick={() => onBands(letterBands)}>
          {t('grading.presetLetters')}
        </Button>
        <Button size="small" onClick={() => onBands(passes)}>
          {t('grading.presetPass')}
        </Button>
      </div>
      <table class="bands" aria-label={t('grading.bands')}>
        <thead>
          <tr>
            <th scope="col">{t('grading.bandNameHead')}</th>
            <th scope="col">{t('grading.bandFromHead')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {bands.map((band, at) => (
            <tr key={at}>
              <td>
                <Field
                  name={`name-${at}`}
                  label={t('grading.bandName', { number: at + 1 })}
                  labelHidden
                  maxLength={30}
                  value={band.name}
                  onValue={name => change(at, { name })}
                  error={errorOf(`name-${at}`)}
                />
              </td>
              <td>
                <Field
                  name={`from-${at}`}
                  label={t('grading.bandFrom', { number: at + 1 })}
                  labelHidden
                  inputMode="decimal"
                  maxLength={6}
                  value={band.from}
                  onValue={from => change(at, { from })}
                  error={errorOf(`from-${at}`)}
                />
              </td>
              <td>
                <IconButton
                  icon={X}
                  label={t('grading.bandRemove', { name: band.name || t('grading.bandEmpty', { number: at + 1 }) })}
                  disabled={bands.length <= 2}
                  onClick={() => onBands(bands.filter((_, index) => index !== at))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <Button size="small" icon={Plus} disabled={bands.length >= mostBands} onClick={add}>
          {t('grading.bandAdd')}
        </Button>
      </div>
    </div>
  )
}
