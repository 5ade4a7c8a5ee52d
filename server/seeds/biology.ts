// The demo school's first course: what a real teacher might have in week three. Text pages in Markdown, quizzes with keys.
import type { DemoCourse } from './course.ts'
import { multiple, numeric, open, shortText, single, trueFalse } from './course.ts'

export const biology: DemoCourse = {
  title: 'Biology 1: Cells and energy',
  shortName: 'BIO 1',
  summary: 'How living things capture, store and spend energy, from the leaf to the muscle.',
  modules: [
    {
      title: 'Week 1: The cell',
      pages: [
        {
          title: 'Welcome, and how this course works',
          body: `Every week has the same shape: **read** two short pages, **meet** in class, **check** what stayed.

- Class is on Tuesday and Thursday at 10:00. You can join from your phone.
- What you answer in class counts towards your participation, right or wrong.
- If you miss a class you get the same questions as homework. They land in the same column of your grades.

## What you need

A phone or a laptop. Nothing to install, no textbook to buy.

> Ask early. A question that feels too simple is usually the one that half the room has.`,
        },
        {
          title: 'A tour of the cell',
          body: `A cell is a room with a great many machines in it. Most of them are made of protein, and most of them are busy.

## Two kinds of cells

| | Prokaryote | Eukaryote |
|---|---|---|
| Nucleus | no | yes |
| Typical size | 1 to 5 µm | 10 to 100 µm |
| Examples | bacteria, archaea | plants, animals, fungi |

## The machines we need in this course

1. **Mitochondria** release the energy held in sugar.
2. **Chloroplasts** capture the energy of light. Only plants and algae have them.
3. **The membrane** decides what comes in and what goes out.

A useful habit: for every part of the cell ask *what goes in, what comes out, and what it costs*.`,
        },
      ],
      activities: [
        {
          kind: 'quiz',
          title: 'Cells: warm-up',
          questions: [
            single(
              'Which of these has no nucleus?',
              ['A bacterium', 'A yeast cell', 'A leaf cell', 'A muscle cell'],
              0,
            ),
            trueFalse('Plant cells have mitochondria.', 'true'),
            multiple(
              'Which parts are found in a leaf cell?',
              ['Chloroplast', 'Mitochondrion', 'Cell wall', 'Flagellum'],
              [0, 1, 2],
            ),
          ],
        },
      ],
    },
    {
      title: 'Week 2: Photosynthesis',
      pages: [
        {
          title: 'Where a tree gets its weight',
          body: `In 1648 Jan van Helmont published the result of a patient experiment. He planted a willow of about two kilograms in a pot of dried, weighed soil and gave it nothing but rain water. Five years later the tree weighed over seventy-six kilograms. The soil had lost some sixty grams.

He concluded that the tree was made of water. He was half right.

## The other half

Most of the dry weight of a tree is carbon, and the carbon comes from the **air**:

\`6 CO2 + 6 H2O + light -> C6H12O6 + 6 O2\`

The oxygen we breathe is what is left over. It comes from the *water*, not from the carbon dioxide.

## Before class

Think about this: a seed sprouts in the dark and grows for a week. Is the seedling, dried, heavier or lighter than the seed was?`,
        },
        {
          title: 'Light reactions and the Calvin cycle',
          body: `Photosynthesis happens in two places and at two speeds.

**Light reactions**, in the thylakoid membranes: light splits water, oxygen leaves, and the energy is kept for a moment in ATP and NADPH.

**Calvin cycle**, in the stroma: carbon dioxide is bound, one molecule at a time, and sugar is built with that ATP and NADPH.

The Calvin cycle needs no light itself, but it runs dry within minutes when the light reactions stop. "Dark reactions" is an unlucky name.`,
        },
      ],
      activities: [
        {
          kind: 'quiz',
          title: 'Photosynthesis: do we have it?',
          questions: [
            single(
              'Where does most of the dry weight of a tree come from?',
              ['The soil', 'Carbon dioxide in the air', 'Water from the roots', 'Sunlight'],
              1,
            ),
            trueFalse('The oxygen released in photosynthesis comes from carbon dioxide.', 'false'),
            multiple(
              'What do the light reactions deliver to the Calvin cycle?',
              ['ATP', 'NADPH', 'Sugar', 'Carbon dioxide'],
              [0, 1],
            ),
            single(
              'A seed sprouts in the dark for a week. How heavy is the dried seedling, compared with the seed?',
              ['Heavier', 'Lighter', 'Exactly as heavy', 'It depends on the water'],
              1,
            ),
            single(
              'The light is switched off. What falls first?',
              [
                'The level of ATP in the chloroplast',
                'The number of chloroplasts',
                'The amount of chlorophyll',
                'The weight of the leaf',
              ],
              0,
            ),
          ],
        },
        {
          kind: 'word-cloud',
          title: 'What comes to mind?',
          questions: [open('Which words come to mind when you hear “photosynthesis”?')],
        },
        {
          kind: 'open-text',
          title: 'What is still unclear?',
          questions: [open('What would you like to see explained once more?')],
        },
        {
          kind: 'poll',
          title: 'How sure do you feel?',
          questions: [
            single(
              'Could you explain photosynthesis to a friend?',
              ['Yes, without notes', 'Yes, with notes', 'Only parts of it', 'Not yet'],
              0,
            ),
          ],
        },
      ],
    },
    {
      title: 'Week 3: Respiration',
      pages: [
        {
          title: 'Spending what was saved',
          body: `What the leaf saves, every cell spends. **Respiration** takes sugar apart again and keeps part of its energy as ATP.

\`C6H12O6 + 6 O2 -> 6 CO2 + 6 H2O + energy\`

Read it from right to left and you have last week's equation. The two are partners: what one gives off the other takes in.

## Without oxygen

When oxygen is short, cells fall back on **fermentation**: quick, but about fifteen times less ATP from the same sugar. Your legs know the feeling. So does bread dough.`,
        },
      ],
      activities: [
        {
          kind: 'quiz',
          title: 'Respiration: first check',
          questions: [
            single('Which gas does respiration give off?', ['Oxygen', 'Carbon dioxide', 'Nitrogen', 'Hydrogen'], 1),
            trueFalse('Plants respire at night only.', 'false'),
            numeric(
              'About how many molecules of ATP does a cell gain from one molecule of glucose, with oxygen?',
              '31',
              '3',
              'ATP',
            ),
            shortText('In which organelle does most of respiration take place?', ['* mitochondrion', '* mitochondria']),
            single(
              'Why does a cell ferment only when it has to?',
              ['It is slower', 'It needs light', 'It yields far less ATP', 'It uses up oxygen'],
              2,
            ),
          ],
        },
      ],
    },
  ],
}

/** Which activities were asked in the past class; what is left is the reader's own. */
export const pastClassActivities = ['Cells: warm-up', 'How sure do you feel?'] as const

/** What was said in the past class, in order: who (by place among the learners; -1 is the teacher) and what. */
export const pastTalk: readonly { who: number; text: string }[] = [
  { who: -1, text: 'Good morning. Put your phones on the table, we begin with three questions.' },
  { who: 4, text: 'Is yeast a plant or an animal?' },
  { who: 9, text: 'Neither, it is a fungus. But it has a nucleus.' },
  { who: -1, text: 'Exactly. That is why it is not the answer to the first one.' },
  { who: 12, text: 'Why would a plant need mitochondria if it has chloroplasts?' },
  { who: -1, text: 'Because it spends energy too, also at night. Week 3 is about that.' },
  { who: 2, text: 'So the cell wall is the thing that makes celery crunchy?' },
  { who: -1, text: 'That, and the water pressed against it. Well seen.' },
]
