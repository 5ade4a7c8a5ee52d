// Reads the colour tokens from the sheet itself and checks their contrast in both themes, and that the answer colours
// stay apart for readers who see fewer colours.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { answerLetters } from '#protocol/question-types/choice.ts'

type Rgb = readonly [number, number, number]
type Theme = 'light' | 'dark'

const sheet = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** OKLCH to linear sRGB, by Björn Ottosson's published matrices; colours outside sRGB are clipped. */
function linear(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** Linear sRGB to OKLab, for distances as the eye sees them. */
function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Contrast by WCAG 2.2, 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const tokens: { readonly [theme in Theme]: Map<string, Rgb> } = { light: new Map(), dark: new Map() }
const colour = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`
for (const [, name, ...n] of sheet.matchAll(
  new RegExp(String.raw`--([\w-]+):\s*light-dark\(\s*${colour},\s*${colour}\s*\)`, 'g'),
)) {
  tokens.light.set(name!, linear(Number(n[0]), Number(n[1]), Number(n[2])))
  tokens.dark.set(name!, linear(Number(n[3]), Number(n[4]), Number(n[5])))
}

function get(theme: Theme, name: string): Rgb {
  const found = tokens[theme].get(name)
  assert.ok(found, `no colour token --${name}`)
  return found
}

const answers = answerLetters.map(letter => `answer-${letter.toLowerCase()}`)
const grounds = ['surface', 'raised', 'sunken', 'hover']

const textPairs = [
  ...['text', 'muted', 'accent', 'accent-hover', 'good', 'warn', 'bad'].flatMap(text => grounds.map(on => [text, on])),
  ...['good', 'warn', 'bad', 'accent'].flatMap(state => [
    [state, `${state}-soft`],
    ['text', `${state}-soft`],
    ['muted', `${state}-soft`],
  ]),
  ['accent-text', 'accent'],
  ['accent-text', 'accent-hover'],
  ['bad-text', 'bad'],
  ...answers.map(answer => [`${answer}-text`, answer]),
] as [string, string][]

const edgePairs = [
  ...['edge', 'accent', 'good', 'warn', 'bad', ...answers].flatMap(edge =>
    ['surface', 'raised', 'sunken'].map(on => [edge, on]),
  ),
  ...answers.map(answer => [answer, 'accent-soft']),
] as [string, string][]

/** What a reader without one kind of cone sees, by Machado, Oliveira and Fernandes (2009), severity 1, linear sRGB. */
const visions: { readonly [name: string]: readonly [Rgb, Rgb, Rgb] } = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function seen(vision: readonly [Rgb, Rgb, Rgb], [r, g, b]: Rgb): Rgb {
  const row = (weights: Rgb) => Math.min(1, Math.max(0, weights[0] * r + weights[1] * g + weights[2] * b))
  return [row(vision[0]), row(vision[1]), row(vision[2])]
}

for (const theme of ['light', 'dark'] as const) {
  describe(`colour tokens, ${theme}`, () => {
    it('give text a contrast of at least 4.5', () => {
      const low = textPairs
        .map(([text, on]) => ({ text, on, ratio: contrast(get(theme, text), get(theme, on)) }))
        .filter(pair => pair.ratio < 4.5)
      assert.deepEqual(low, [])
    })

    it('give edges that matter a contrast of at least 3', () => {
      const low = edgePairs
        .map(([edge, on]) => ({ edge, on, ratio: contrast(get(theme, edge), get(theme, on)) }))
        .filter(pair => pair.ratio < 3)
      assert.deepEqual(low, [])
    })

    for (const [name, vision] of Object.entries(visions)) {
      it(`keep any two answers apart with ${name} colour vision`, () => {
        const near: { pair: string; distance: number }[] = []
        for (const [index, one] of answers.entries()) {
          for (const other of answers.slice(index + 1)) {
            const [x, y] = [one, other].map(answer => oklab(seen(vision, get(theme, answer)))) as [Rgb, Rgb]
            const distance = Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2])
            if (distance < 0.09) near.push({ pair: `${one} ${other}`, distance })
          }
        }
        assert.deepEqual(near, [])
      })
    }
  })
}

describe('sheets', () => {
  it('give every letter an answer may have a mark of its own', () => {
    const marks = readFileSync(new URL('../ui/AnswerMark.css', import.meta.url), 'utf8')
    for (const letter of answerLetters)
      assert.ok(marks.includes(`--mark: var(--answer-${letter.toLowerCase()})`), letter)
  })

  it('have no colour outside the tokens in the base sheet', () => {
    const base = readFileSync(new URL('./base.css', import.meta.url), 'utf8')
    assert.equal(base.match(/#[0-9a-f]{3,8}\b|oklch\(|rgb\(|hsl\(/gi), null)
  })
})
