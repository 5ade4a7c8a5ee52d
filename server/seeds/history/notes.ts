// What stands in the notes, and who wrote which lines when. Minutes are counted from the beginning of a class; the note
// of the course grows after each class. Demo data.

/** `#` a heading, `-` a point, `>` a quotation, `[ ]` and `[x]` a task, anything else a paragraph. */
export interface Stroke {
  readonly minute: number
  readonly who: string
  readonly lines: readonly string[]
}

/** The notes of the six classes, in order. */
export const classNotes: readonly (readonly Stroke[])[] = [
  [
    {
      minute: 2,
      who: 'Miriam',
      lines: ['# What a cell is', 'A room with a great many machines in it, most of them made of protein.'],
    },
    { minute: 14, who: 'Grace', lines: ['- prokaryote: no nucleus, 1 to 5 µm', '- eukaryote: nucleus, 10 to 100 µm'] },
    { minute: 16, who: 'Amina', lines: ['- yeast is a fungus and has a nucleus'] },
    {
      minute: 22,
      who: 'Lena',
      lines: [
        '# Plant cells',
        'They have chloroplasts and mitochondria. The wall makes celery crunchy, together with the water pressed against it.',
      ],
    },
    { minute: 37, who: 'Mateusz', lines: ['# Sizes', '1 mm = 1,000 µm = 1,000,000 nm. A hair is about 70 µm.'] },
    {
      minute: 95,
      who: 'Jonas',
      lines: ['Slides are on the course page. Viruses: see the question of Farah, they are not cells.'],
    },
  ],
  [
    { minute: 3, who: 'Miriam', lines: ['# In and out', 'What gets through a membrane, and what does it cost?'] },
    {
      minute: 16,
      who: 'Ingrid',
      lines: [
        '- by itself: oxygen, carbon dioxide, a little water',
        '- through a door: ions, glucose, most of the water',
        '- with a pump, and for ATP: whatever goes uphill',
      ],
    },
    { minute: 24, who: 'Sofia', lines: ['# Osmosis', 'Salted aubergine: water leaves, salt stays outside.'] },
    {
      minute: 31,
      who: 'Priya',
      lines: ['A red blood cell in pure water bursts. A plant cell does not, it has a wall.'],
    },
    {
      minute: 140,
      who: 'Camille',
      lines: [
        'I was not there and wrote this from what you have above. Please correct me:',
        '- osmosis is diffusion of water through a membrane',
        '- it needs no ATP',
      ],
    },
    { minute: 400, who: 'Miriam', lines: ['Nothing to correct, Camille.'] },
  ],
  [
    {
      minute: 4,
      who: 'Miriam',
      lines: ['# Light reactions', 'Where: the thylakoid membranes. In: light, water. Out: oxygen, ATP, NADPH.'],
    },
    {
      minute: 17,
      who: 'Karim',
      lines: ['> If green is wasted, why are leaves not black?', 'Open question, see the list.'],
    },
    { minute: 27, who: 'Hugo', lines: ['Thylakoids: pancakes. A stack of them is called a granum.'] },
    {
      minute: 33,
      who: 'Aiko',
      lines: ['- van Helmont, 1648: willow 2 kg to 76 kg, soil lost 60 g', '- he forgot the air'],
    },
    { minute: 320, who: 'Lena', lines: ['The picture in large is on page 2 of the slides.'] },
  ],
  [
    {
      minute: 3,
      who: 'Miriam',
      lines: ['# The Calvin cycle', 'Bind, reduce, renew. Needs no light itself, but runs dry within minutes.'],
    },
    {
      minute: 12,
      who: 'Grace',
      lines: [
        '- bind: CO2 + a sugar with five carbons, by rubisco',
        '- reduce: with ATP and NADPH',
        '- renew: five of six parts go round again',
      ],
    },
    { minute: 21, who: 'Mateusz', lines: ['Counting: 6 CO2 make one glucose. Two rounds of the drawing with three.'] },
    {
      minute: 45,
      who: 'Oskar',
      lines: ['My sketch, in words: a circle, three arrows in, one arrow out, a lot of rubber.'],
    },
    { minute: 180, who: 'Emre', lines: ['Thank you all, I overslept and this saved me.'] },
  ],
  [
    { minute: 3, who: 'Miriam', lines: ['# Respiration', 'The equation of last week from right to left.'] },
    {
      minute: 15,
      who: 'Quentin',
      lines: [
        '- glycolysis: in the cytosol, one glucose to two pyruvates',
        '- the rest: in the mitochondrion, needs oxygen',
      ],
    },
    { minute: 29, who: 'Noor', lines: ['Without oxygen: fermentation. Quick, but about fifteen times less ATP.'] },
    { minute: 61, who: 'Jonas', lines: ['Lactate is not what makes muscles sore, small tears are.'] },
  ],
  [
    {
      minute: 3,
      who: 'Miriam',
      lines: ['# The mitochondrion', 'Two membranes. The inner one is folded: more room for the chain.'],
    },
    {
      minute: 14,
      who: 'Karim',
      lines: [
        '- electrons go down, protons are pumped out',
        '- protons flow back through ATP synthase and turn it',
        '- about a hundred turns a second',
      ],
    },
    { minute: 35, who: 'Jonas', lines: ['The film: look for "ATP synthase in motion" in the library of the school.'] },
    {
      minute: 43,
      who: 'Alejandra',
      lines: ['Still open: were they bacteria once? DNA of their own, two membranes, divide by themselves.'],
    },
  ],
]

/** The note of the course: after each class (from 1) somebody adds to it. */
export const courseNote: readonly (Stroke & { readonly after: number })[] = [
  {
    after: 1,
    minute: 120,
    who: 'Miriam',
    lines: ['# Words we use', 'One line each. Add what is missing, mend what is wrong.'],
  },
  {
    after: 1,
    minute: 300,
    who: 'Grace',
    lines: ['- eukaryote: a cell with a nucleus', '- organelle: a part of a cell with a task of its own'],
  },
  {
    after: 2,
    minute: 200,
    who: 'Elif',
    lines: ['- osmosis: water moves through a membrane towards what is dissolved', '- aquaporin: a door for water'],
  },
  {
    after: 3,
    minute: 260,
    who: 'Rosa',
    lines: ['- thylakoid: where light is caught', '- stroma: the room around it, where sugar is built'],
  },
  { after: 4, minute: 330, who: 'Aiko', lines: ['- rubisco: binds CO2, slow but everywhere'] },
  {
    after: 4,
    minute: 350,
    who: 'Miriam',
    lines: [
      '# Before the exam',
      '[x] the two equations, from left to right and back',
      '[ ] the drawing of the Calvin cycle from memory',
      '[ ] what needs oxygen and what does not',
    ],
  },
  { after: 5, minute: 280, who: 'Ben', lines: ['- fermentation: without oxygen, little ATP, quick'] },
  { after: 6, minute: 150, who: 'Ingrid', lines: ['- ATP synthase: the turning thing'] },
]
