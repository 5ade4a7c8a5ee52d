// The two classes of week 1. Demo data.
import { multiple, numeric, shortText, single, trueFalse } from '../course.ts'
import type { HeldClass } from './held-class.ts'

export const week1: readonly HeldClass[] = [
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
          single(
            'What happens to a red blood cell in pure water?',
            ['It shrinks', 'It swells and bursts', 'It stays as it is', 'It divides'],
            1,
          ),
          shortText('What are the proteins called that let water through a membrane?', ['aquaporin', 'aquaporins']),
        ],
      },
      {
        kind: 'poll',
        title: 'Membranes: how sure are you?',
        questions: [
          single(
            'Could you explain osmosis to a friend?',
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
]
