// The six classes of biology that were held: what was asked, who was missing, what was said and what stayed open. People
// by their first name, minutes from the beginning. Demo data.
import type { DemoActivity } from '../course.ts'
import { multiple, numeric, open, shortText, single, trueFalse } from '../course.ts'

export interface AskedInClass {
  readonly minute: number
  readonly who: string
  readonly title: string
  readonly votes: number
  readonly nameless?: true
  readonly replies?: readonly { readonly minute: number; readonly who: string; readonly text: string }[]
  /** aloud: answered in the room. accepted: the last reply is the answer. Left out: it still waits. */
  readonly outcome?: 'aloud' | 'accepted'
}

export interface HeldClass {
  readonly title: string
  /** In which module of the course its activities stand. */
  readonly module: number
  readonly activities: readonly DemoActivity[]
  readonly absent: readonly string[]
  readonly talk: readonly (readonly [minute: number, who: string, text: string])[]
  readonly questions: readonly AskedInClass[]
}

export const heldClasses: readonly HeldClass[] = [
  {
    title: 'The cell: first class',
    module: 0,
    activities: [
      {
        kind: 'quiz',
        title: 'Cells: first look',
        questions: [
          single('Which of these has no nucleus?', ['A bacterium', 'A yeast cell', 'A leaf cell', 'A nerve cell'], 0),
          trueFalse('Plant cells have mitochondria.', 'true'),
          multiple(
            'What is found in a leaf cell?',
            ['Chloroplast', 'Mitochondrion', 'Cell wall', 'Flagellum'],
            [0, 1, 2],
          ),
          numeric('How many micrometres are there in a millimetre?', '1000', '0', 'µm'),
        ],
      },
    ],
    absent: ['Joon'],
    talk: [
      [1, 'Miriam', 'Good morning. Put your phones on the table, we begin with four questions.'],
      [3, 'Ben', 'Sound is fine from the last row'],
      [5, 'Lena', 'Hello from the tram, three minutes late'],
      [11, 'Amina', 'Is yeast a plant or an animal?'],
      [12, 'Grace', 'Neither, it is a fungus. But it has a nucleus.'],
      [13, 'Miriam', 'Exactly, and that is why it is not the answer to the first one.'],
      [19, 'Ingrid', 'Why would a plant need mitochondria if it has chloroplasts?'],
      [20, 'Miriam', 'Because it spends energy too, also at night. Week 3 is about that.'],
      [27, 'Aiko', 'So the cell wall is what makes celery crunchy?'],
      [28, 'Miriam', 'That, and the water pressed against it. Well seen.'],
      [41, 'Dmitri', 'I had 100 for the micrometres. Prefixes, every time.'],
      [42, 'Hugo', 'Three zeros down, three zeros up'],
      [47, 'Jonas', 'The slides are on the course page from tonight on.'],
    ],
    questions: [
      {
        minute: 15,
        who: 'Farah',
        title: 'Are viruses cells?',
        votes: 9,
        outcome: 'accepted',
        replies: [
          { minute: 17, who: 'Mateusz', text: 'They have no membrane of their own making, so I would say no.' },
          {
            minute: 90,
            who: 'Miriam',
            text: 'No. A virus has no metabolism and cannot divide on its own: it borrows a cell for both. Whether it is alive is a question of words, whether it is a cell is not.',
          },
        ],
      },
      { minute: 24, who: 'Karim', title: 'Will the Latin names be asked in the exam?', votes: 14, outcome: 'aloud' },
      { minute: 36, who: 'Rosa', title: 'How big is the largest cell there is?', votes: 4 },
    ],
  },
  {
    title: 'Membranes: in and out',
    module: 0,
    activities: [
      {
        kind: 'quiz',
        title: 'Membranes: who gets through?',
        questions: [
          single(
            'What crosses the membrane by itself most easily?',
            ['Oxygen', 'Glucose', 'Sodium ions', 'A protein'],
            0,
          ),
          trueFalse('Osmosis needs ATP.', 'false'),
          single('A red blood cell in pure water', ['shrinks', 'bursts', 'stays as it is', 'divides'], 1),
          shortText('What are proteins called that let water through a membrane?', ['aquaporin', 'aquaporins']),
        ],
      },
      {
        kind: 'poll',
        title: 'Membranes: how sure are you?',
        questions: [
          single(
            'I could explain osmosis to a friend',
            ['Yes, without notes', 'Yes, with notes', 'Only parts of it', 'Not yet'],
            0,
          ),
        ],
      },
    ],
    absent: ['Tom', 'Camille'],
    talk: [
      [1, 'Miriam', 'Today: what gets in, what gets out, and what it costs.'],
      [4, 'Elif', 'Is somebody sitting next to the window? The projector is hard to see.'],
      [5, 'Jonas', 'Blinds are down, better?'],
      [6, 'Elif', 'Much better'],
      [13, 'Emre', 'Why does oxygen get through and sodium not, sodium is smaller?'],
      [15, 'Miriam', 'Size is not all of it. Sodium carries a charge, and the inside of the membrane is oil.'],
      [22, 'Sofia', 'My grandmother salts aubergines. Is that osmosis?'],
      [23, 'Miriam', 'It is, and a very good one to remember.'],
      [34, 'Oskar', 'Aquaporin. I had aquaport, so close.'],
      [35, 'Priya', 'Mine was "water tunnel"'],
      [46, 'Miriam', 'Read the page on the willow before the next class, it is short.'],
    ],
    questions: [
      {
        minute: 17,
        who: 'Noor',
        title: 'Is diffusion faster when it is warm?',
        votes: 6,
        outcome: 'accepted',
        replies: [
          {
            minute: 19,
            who: 'Jonas',
            text: 'Yes. Particles move faster, so a difference evens out sooner. Try it with a tea bag in cold and in hot water.',
          },
        ],
      },
      {
        minute: 29,
        who: 'Ben',
        nameless: true,
        title: 'What is the difference between osmosis and diffusion, once more?',
        votes: 11,
        outcome: 'aloud',
      },
      { minute: 38, who: 'Alejandra', title: 'How does a freshwater fish not burst?', votes: 8 },
    ],
  },
  {
    title: 'Photosynthesis: catching light',
    module: 1,
    activities: [
      {
        kind: 'word-cloud',
        title: 'Light: first words',
        questions: [open('Which words come to mind when you hear photosynthesis?')],
      },
      {
        kind: 'quiz',
        title: 'Catching light',
        questions: [
          single('Which colour of light does a leaf use least?', ['Red', 'Blue', 'Green', 'Violet'], 2),
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
      [16, 'Karim', 'If green is used least, why not black leaves?'],
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
          numeric('How many molecules of CO2 are bound for one glucose?', '6', '0'),
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
            'Where does glycolysis happen?',
            ['In the cytosol', 'In the mitochondrion', 'In the nucleus', 'In the chloroplast'],
            0,
          ),
          numeric('How many pyruvates come from one glucose?', '2', '0'),
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
            'I could explain respiration to a friend',
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
