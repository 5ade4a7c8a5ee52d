// The two classes of week 2. Demo data.
import { numeric, open, shortText, single, trueFalse } from '../course.ts'
import type { HeldClass } from './held-class.ts'

export const week2: readonly HeldClass[] = [
  {
    title: 'Photosynthesis: catching light',
    module: 1,
    activities: [
      {
        kind: 'word-cloud',
        title: 'Light: first words',
        questions: [open('Which words come to mind when you hear “photosynthesis”?')],
      },
      {
        kind: 'quiz',
        title: 'Catching light',
        questions: [
          single('Which colour of light does a leaf absorb least?', ['Blue', 'Green', 'Orange', 'Red'], 1),
          single(
            'Where do the light reactions happen?',
            ['In the stroma', 'In the thylakoid membranes', 'In the cell wall', 'In the nucleus'],
            1,
          ),
          trueFalse('The oxygen a plant gives off comes from water.', 'true'),
        ],
      },
    ],
    absent: ['Amina'],
    talk: [
      [1, 'Miriam', 'Welcome, Quentin, good to have you. We start with words, no notes needed.'],
      [2, 'Quentin', 'Thank you, glad to be in'],
      [6, 'Rosa', 'Somebody wrote "the sea" and I like it'],
      [7, 'Miriam', 'Rightly so: about half of all photosynthesis happens there.'],
      [16, 'Karim', 'If green is wasted, why are leaves not black?'],
      [18, 'Miriam', 'A fine question for the list, and nobody has the full answer.'],
      [25, 'Lena', 'Thylakoids look like stacks of coins'],
      [26, 'Hugo', 'Pancakes'],
      [27, 'Lena', 'Now I am hungry'],
      [39, 'Joon', 'So van Helmont forgot the air?'],
      [40, 'Miriam', 'He did. The word gas is his, all the same.'],
    ],
    questions: [
      {
        minute: 18,
        who: 'Karim',
        title: 'Why are leaves green and not black?',
        votes: 13,
        outcome: 'accepted',
        replies: [
          { minute: 21, who: 'Ingrid', text: 'Perhaps because there is more light than a leaf can use anyway?' },
          {
            minute: 130,
            who: 'Miriam',
            text: 'That is one of the better ideas: in full sun a leaf has too much light, not too little, and what is left over does harm. It is not settled.',
          },
        ],
      },
      { minute: 31, who: 'Priya', title: 'Do red leaves photosynthesise?', votes: 7, outcome: 'aloud' },
      { minute: 43, who: 'Farah', title: 'Could people have chloroplasts in their skin?', votes: 10 },
    ],
  },
  {
    title: 'The Calvin cycle',
    module: 1,
    activities: [
      {
        kind: 'quiz',
        title: 'The Calvin cycle, step by step',
        questions: [
          single(
            'What does the Calvin cycle need from the light reactions?',
            ['ATP and NADPH', 'Oxygen', 'Chlorophyll', 'Water'],
            0,
          ),
          numeric('How many molecules of CO₂ are bound to make one molecule of glucose?', '6', '0'),
          trueFalse('The Calvin cycle runs at night only.', 'false'),
          shortText('Which enzyme binds carbon dioxide?', ['rubisco']),
        ],
      },
      {
        kind: 'open-text',
        title: 'What is still unclear in week 2?',
        questions: [open('What would you like to see explained once more?')],
      },
    ],
    absent: ['Tom', 'Dmitri', 'Emre'],
    talk: [
      [1, 'Miriam', 'The slow half today. Take a sheet of paper, we draw it.'],
      [8, 'Grace', 'May we use three colours?'],
      [9, 'Miriam', 'Please do.'],
      [17, 'Aiko', 'Why is it called a cycle if sugar comes out?'],
      [19, 'Mateusz', 'Because most of it goes round again to catch the next CO2'],
      [20, 'Miriam', 'Five out of six parts go round, one leaves. Thank you, Mateusz.'],
      [31, 'Sofia', 'Rubisco is my new favourite word'],
      [32, 'Oskar', 'It sounds like a biscuit'],
      [44, 'Jonas', 'Photos of your drawings are welcome in the forum.'],
    ],
    questions: [
      { minute: 12, who: 'Elif', title: 'Why "dark reactions" if they stop in the dark?', votes: 9, outcome: 'aloud' },
      {
        minute: 26,
        who: 'Ben',
        title: 'How fast is rubisco?',
        votes: 5,
        outcome: 'accepted',
        replies: [
          {
            minute: 33,
            who: 'Lena',
            text: 'About three molecules a second. Very slow for an enzyme, so plants have lots of it.',
          },
        ],
      },
      {
        minute: 40,
        who: 'Noor',
        nameless: true,
        title: 'Could you draw the cycle again without the names?',
        votes: 12,
      },
    ],
  },
]
