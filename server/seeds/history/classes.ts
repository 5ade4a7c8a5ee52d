// The six classes of biology that were held, what people answer in them and how good each is at it. Demo data.
import type { HeldClass } from './held-class.ts'
import { week1 } from './week-1.ts'
import { week2 } from './week-2.ts'
import { week3 } from './week-3.ts'

export const heldClasses: readonly HeldClass[] = [...week1, ...week2, ...week3]

/** What people send to a word cloud, the first ones oftenest. */
export const cloudWords: readonly [string, ...string[]] = [
  'light',
  'light',
  'light',
  'sun',
  'sun',
  'leaves',
  'leaves',
  'green',
  'green',
  'water',
  'oxygen',
  'oxygen',
  'sugar',
  'energy',
  'chlorophyll',
  'the sea',
  'carbon dioxide',
  'plants',
  'trees',
  'air',
]

/** What people write when they are asked what is unclear. */
export const unclear: readonly [string, ...string[]] = [
  'How ATP is made of light, step by step',
  'I lose track of the carbon atoms after the third step',
  'Where NADPH comes from and what is left of it',
  'Nothing today, the drawing helped',
  'Why it is six turns and not three',
  'The difference between stroma and thylakoid space',
  'Rubisco: why does it make mistakes?',
  'What happens in the first minute after sunset',
  'I would like to see one more example with numbers',
  'How cacti do it with closed pores',
]

/** How each of the others does, between 0 and 1; who is not named stands in the middle. */
export const skills: Readonly<Record<string, number>> = {
  Tom: 0.08,
  Grace: 0.95,
  Mateusz: 0.93,
  Aiko: 0.9,
  Ingrid: 0.88,
  Lena: 0.86,
  Priya: 0.82,
  Karim: 0.8,
  Ben: 0.45,
  Noor: 0.42,
  Dmitri: 0.5,
  Oskar: 0.55,
  Camille: 0.6,
  Rosa: 0.62,
}

/** What people write when they do not know the word. */
export const guesses: readonly [string, ...string[]] = [
  'no idea',
  'a carrier',
  'enzyme',
  'not sure',
  'matrix',
  'stroma',
]
