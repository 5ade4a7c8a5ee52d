// What bots are called and what they say. Demo data: names from many places, lines a class would really write.

const first = [
  'Amara',
  'Anton',
  'Aylin',
  'Benedikt',
  'Camila',
  'Chidi',
  'Dana',
  'Diego',
  'Elif',
  'Emeka',
  'Farida',
  'Felix',
  'Grace',
  'Hana',
  'Ibrahim',
  'Ines',
  'Jakub',
  'Jin',
  'Kavya',
  'Kofi',
  'Leila',
  'Liam',
  'Lucía',
  'Mateo',
  'Mei',
  'Mina',
  'Nadia',
  'Noah',
  'Oksana',
  'Omar',
  'Priya',
  'Rafael',
  'Rosa',
  'Sana',
  'Sven',
  'Tomás',
  'Tuan',
  'Valentina',
  'Yara',
  'Zofia',
] as const
const last = [
  'A.',
  'B.',
  'C.',
  'D.',
  'F.',
  'G.',
  'H.',
  'K.',
  'L.',
  'M.',
  'N.',
  'O.',
  'P.',
  'R.',
  'S.',
  'T.',
  'W.',
] as const

/** The name of the bot with this number: distinct for the first 12,000. */
export const nameOf = (index: number): string => {
  const round = Math.floor(index / (first.length * last.length))
  const middle = round === 0 ? '' : `${last[(round - 1) % last.length]} `
  return `${first[index % first.length]} ${middle}${last[(index + Math.floor(index / first.length)) % last.length]}`
}

export type Occasion = 'arrival' | 'open' | 'revealed'

/** Lines by occasion; none of them claims to know what the right answer is. */
export const lines: Readonly<Record<Occasion, readonly [string, ...string[]]>> = {
  arrival: [
    'Good morning',
    'Hi everyone',
    'Am I in the right class?',
    'Sound works on my phone',
    'Hello from the last row',
    'Joined by the code, that was quick',
  ],
  open: [
    'I have to think about this one',
    'Can we have a bit more time?',
    'Is this from chapter two?',
    'Two of these look the same to me',
    'Changed my mind',
    'Reading it again',
  ],
  revealed: [
    'I would have bet on the other one',
    'Could you explain why the second one is wrong?',
    'Got it',
    'That was a tricky one',
    'We had that last week',
    'So close',
    'I mixed those two up again',
    'Can you show the chart once more?',
  ],
}
