// The two classes of week 3. Demo data.
import { multiple, numeric, shortText, single, trueFalse } from '../course.ts'
import type { HeldClass } from './held-class.ts'

export const week3: readonly HeldClass[] = [
  {
    title: 'Respiration: spending it',
    module: 2,
    activities: [
      {
        kind: 'quiz',
        title: 'Spending energy',
        questions: [
          single('Which gas does respiration use up?', ['Oxygen', 'Carbon dioxide', 'Nitrogen', 'Hydrogen'], 0),
          trueFalse('Plants respire all day and all night.', 'true'),
          single(
            'Where does glycolysis take place?',
            ['In the cytosol', 'In the mitochondrion', 'In the nucleus', 'In the chloroplast'],
            0,
          ),
          numeric('How many molecules of pyruvate does one molecule of glucose give?', '2', '0'),
        ],
      },
    ],
    absent: ['Tom', 'Sofia'],
    talk: [
      [1, 'Miriam', 'Read last week from right to left, and you have today.'],
      [9, 'Quentin', 'So a plant eats its own sugar?'],
      [10, 'Miriam', 'It does. Every living cell of it.'],
      [18, 'Dmitri', 'I missed the last one. Is there something to catch up on?'],
      [19, 'Jonas', 'The pages of week 2, and ask me after class.'],
      [28, 'Ingrid', 'Do I breathe out more when I think hard?'],
      [29, 'Grace', 'I would be a steam engine by now'],
      [30, 'Miriam', 'A little. Your brain is a fifth of what you burn, thinking or not.'],
      [45, 'Miriam', 'Homework is out: respiration in numbers. Ask in the forum if you get stuck.'],
    ],
    questions: [
      {
        minute: 14,
        who: 'Hugo',
        title: 'What do muscles do when there is no oxygen?',
        votes: 7,
        outcome: 'accepted',
        replies: [
          {
            minute: 60,
            who: 'Jonas',
            text: 'They ferment: glucose becomes lactate, which yields little but at once. Your liver turns it back later.',
          },
        ],
      },
      { minute: 24, who: 'Camille', title: 'Why does bread dough rise in the fridge too?', votes: 6 },
      { minute: 37, who: 'Emre', title: 'Is lactic acid really what makes muscles sore?', votes: 11, outcome: 'aloud' },
    ],
  },
  {
    title: 'Inside the mitochondrion',
    module: 2,
    activities: [
      {
        kind: 'quiz',
        title: 'The power station',
        questions: [
          single(
            'What drives the ATP synthase?',
            ['Protons that flow back', 'Light', 'Heat', 'Sugar that dissolves'],
            0,
          ),
          trueFalse('Mitochondria have DNA of their own.', 'true'),
          multiple(
            'What does the electron transport chain need?',
            ['Oxygen', 'NADH', 'Chlorophyll', 'An inner membrane'],
            [0, 1, 3],
          ),
          shortText('What are the folds of the inner membrane called?', ['cristae', 'crista']),
        ],
      },
      {
        kind: 'poll',
        title: 'Week 3: how sure are you?',
        questions: [
          single(
            'Could you explain respiration to a friend?',
            ['Yes, without notes', 'Yes, with notes', 'Only parts of it', 'Not yet'],
            0,
          ),
        ],
      },
    ],
    absent: ['Zoë', 'Lena'],
    talk: [
      [1, 'Miriam', 'Last stop: the machine that turns. There is a film at the end.'],
      [7, 'Tom', 'Back again, sorry for last week'],
      [8, 'Miriam', 'Good to see you, Tom. Stay a minute after class, please.'],
      [15, 'Priya', 'It really turns? Like a motor?'],
      [16, 'Miriam', 'About a hundred times a second.'],
      [24, 'Karim', 'Do we get our mitochondria from our mothers only?'],
      [25, 'Miriam', 'Nearly always, yes.'],
      [33, 'Aiko', 'The film is beautiful'],
      [34, 'Rosa', 'Could you put the link into the notes?'],
      [36, 'Jonas', 'It is in the notes of this class.'],
    ],
    questions: [
      { minute: 11, who: 'Mateusz', title: 'Why an inner membrane with folds?', votes: 8, outcome: 'aloud' },
      { minute: 22, who: 'Alejandra', title: 'Were mitochondria bacteria once?', votes: 12 },
      {
        minute: 41,
        who: 'Oskar',
        title: 'How many ATP is it now, 30, 32 or 38? Every book says something else.',
        votes: 15,
        replies: [{ minute: 44, who: 'Quentin', text: 'Ours says 31 on the page of week 3.' }],
      },
    ],
  },
]
