// What is said outside of classes and forum: announcements, the chat of the biology course, and messages between people.
// Days are counted from a class, hours by the clock. Demo data.

export interface Said {
  /** The class (from 1), and days after it. */
  readonly after: number
  readonly plus?: number
  readonly hour: number
  readonly who: string
  readonly text: string
  readonly title?: string
  readonly thumbs?: readonly string[]
}

export const announced: readonly Said[] = [
  {
    after: 1,
    plus: -1,
    hour: 8.5,
    who: 'Miriam',
    title: 'Welcome to Biology 1',
    text: 'We meet on Tuesday and Thursday at 10:00. Join from your phone or laptop, there is nothing to install. Please read the first two pages before we meet, and say hello in the forum.',
    thumbs: ['Grace', 'Aiko', 'Ben', 'Rosa'],
  },
  {
    after: 2,
    hour: 13.2,
    who: 'Miriam',
    title: 'The notes of our classes are yours',
    text: 'Everybody may write in them while we talk, and go on afterwards. Those of you who missed today: start there.',
    thumbs: ['Camille', 'Priya'],
  },
  {
    after: 4,
    hour: 11.4,
    who: 'Jonas',
    title: 'First homework: a leaf in numbers',
    text: 'Four questions, due before our next class at 8:00. It counts like a class. Ask in the forum if something is unclear, not in the last minute.',
    thumbs: ['Mateusz'],
  },
  {
    after: 6,
    hour: 12.1,
    who: 'Miriam',
    title: 'Second homework is due soon, and what comes next',
    text: 'Respiration in numbers is open, fewer than half of you have handed it in. Next week we compare the two power stations, leaf and muscle. Bring your drawing of the Calvin cycle.',
  },
]

/** Announced the day before anybody looks. */
export const announcedLately = {
  title: 'Office hours on Wednesday, as always',
  text: 'I am in room 114 from 14:00 to 15:00. Bring the question of the homework that you like least; we take it apart together.',
}

export const courseTalk: readonly Said[] = [
  { after: 1, plus: -1, hour: 9.4, who: 'Ben', text: 'Hi all. Is there a room, or is it all on the phone?' },
  {
    after: 1,
    plus: -1,
    hour: 9.6,
    who: 'Jonas',
    text: 'Room 214 for those who are here, and the phone for everything else.',
    thumbs: ['Ben'],
  },
  { after: 1, hour: 11.3, who: 'Rosa', text: 'That was quick. Four questions and I know what I do not know.' },
  { after: 1, hour: 11.4, who: 'Hugo', text: 'Same. Micrometres!' },
  { after: 1, hour: 18.2, who: 'Joon', text: 'I was ill today, what did I miss?' },
  {
    after: 1,
    hour: 18.5,
    who: 'Lena',
    text: 'Cells, and that yeast is a fungus. Everything is in the notes.',
    thumbs: ['Joon'],
  },
  { after: 2, hour: 11.2, who: 'Sofia', text: 'The aubergine is official now' },
  { after: 2, hour: 11.3, who: 'Priya', text: 'I will never salt one again without thinking of you' },
  {
    after: 2,
    hour: 15.8,
    who: 'Grace',
    text: 'Who wants to learn together before the exam? I would book a room.',
    thumbs: ['Aiko', 'Karim', 'Elif', 'Noor'],
  },
  { after: 2, hour: 16.1, who: 'Karim', text: 'Me, any evening but Monday' },
  { after: 2, hour: 16.4, who: 'Elif', text: 'Me too' },
  {
    after: 2,
    plus: 1,
    hour: 9.8,
    who: 'Miriam',
    text: 'Quentin joins us from today on. Please help him to find his way.',
  },
  { after: 2, plus: 1, hour: 10.3, who: 'Oskar', text: 'Welcome Quentin!' },
  { after: 2, plus: 1, hour: 10.9, who: 'Quentin', text: 'Thank you. I am reading the notes now, they are very good.' },
  { after: 3, hour: 11.1, who: 'Karim', text: 'Black leaves. I can not stop thinking about it.' },
  { after: 3, hour: 11.6, who: 'Ingrid', text: 'There are some, nearly: mondo grass.' },
  { after: 3, hour: 19.4, who: 'Farah', text: 'Does somebody have the picture of the thylakoids in large?' },
  { after: 3, hour: 20.1, who: 'Lena', text: 'I put it into the notes of today', thumbs: ['Farah'] },
  { after: 4, hour: 11.2, who: 'Oskar', text: 'A biscuit called Rubisco. I would buy it.' },
  { after: 4, hour: 11.3, who: 'Rosa', text: 'It would take three seconds a crumb' },
  { after: 4, hour: 17.5, who: 'Noor', text: 'Is the homework long?' },
  { after: 4, hour: 17.9, who: 'Mateusz', text: 'Four questions, I needed a quarter of an hour.' },
  { after: 5, hour: 8.9, who: 'Ben', text: 'Handed in at 7:58. Never again.' },
  { after: 5, hour: 9.1, who: 'Hugo', text: '7:59 here' },
  {
    after: 5,
    hour: 11.2,
    who: 'Grace',
    text: 'Study group: tomorrow at 17:00, room 118. Bring your drawings.',
    thumbs: ['Aiko', 'Elif', 'Karim', 'Priya'],
  },
  { after: 5, hour: 11.7, who: 'Amina', text: 'I come a bit later, keep me a seat' },
  { after: 6, hour: 11.2, who: 'Aiko', text: 'I watched the film of the turning thing three more times' },
  { after: 6, hour: 11.4, who: 'Dmitri', text: 'It is called ATP synthase, but turning thing is better' },
  { after: 6, hour: 14.6, who: 'Camille', text: 'Has anybody solved the question with the 15 times?' },
  { after: 6, hour: 15.0, who: 'Ingrid', text: 'Yes, but no spoilers before it is due' },
  { after: 6, hour: 15.1, who: 'Camille', text: 'Fair enough' },
]

export interface Conversation {
  /** Who opens it, and with whom. A title makes it a group. */
  readonly between: readonly [string, string, ...string[]]
  readonly title?: string
  readonly lines: readonly Said[]
  /** Who has read all of it; the others have the last lines still before them. */
  readonly readBy: readonly string[]
}

export const conversations: readonly Conversation[] = [
  {
    between: ['Miriam', 'Tom'],
    readBy: ['Tom'],
    lines: [
      {
        after: 5,
        hour: 14.2,
        who: 'Miriam',
        text: 'Hello Tom, you were not there today and twice before. Is everything all right?',
      },
      {
        after: 5,
        hour: 21.3,
        who: 'Tom',
        text: 'Sorry, my shifts at the bakery have changed. I try to be there next time.',
      },
      {
        after: 5,
        plus: 1,
        hour: 8.4,
        who: 'Miriam',
        text: 'Thank you for telling me. I can give you the classes you missed as homework, then they still count.',
      },
      {
        after: 6,
        hour: 16.7,
        who: 'Tom',
        text: 'Yes please, that would help a lot. I also did not do the first homework, is there a way?',
      },
      { after: 6, hour: 16.8, who: 'Tom', text: 'And I did not understand the Calvin cycle at all.' },
    ],
  },
  {
    between: ['Miriam', 'Jonas'],
    readBy: ['Miriam', 'Jonas'],
    lines: [
      {
        after: 3,
        hour: 12.4,
        who: 'Miriam',
        text: 'The question about black leaves was the best of the week. Can you find a paper for them?',
      },
      {
        after: 3,
        hour: 13.1,
        who: 'Jonas',
        text: 'There is a short one in a school journal, I put it into the course.',
      },
      { after: 5, hour: 12.8, who: 'Jonas', text: 'Tom was missing again. Shall I write to him, or you?' },
      {
        after: 5,
        hour: 13.0,
        who: 'Miriam',
        text: 'I do it. You keep an eye on Ben and Noor, please, they are close to giving up on the numbers.',
      },
      { after: 5, hour: 13.2, who: 'Jonas', text: 'I sit down with them before the study group.' },
    ],
  },
  {
    between: ['Zoë', 'Miriam'],
    readBy: ['Zoë'],
    lines: [
      {
        after: 6,
        hour: 9.2,
        who: 'Zoë',
        text: 'Good morning, I have a fever and stay at home today. Can I do the questions later?',
      },
    ],
  },
  {
    between: ['Grace', 'Aiko', 'Karim', 'Elif', 'Priya', 'Amina'],
    title: 'Study group',
    readBy: ['Grace', 'Karim', 'Priya'],
    lines: [
      { after: 2, hour: 17.0, who: 'Grace', text: 'So that we do not fill the chat of the course: here we are.' },
      { after: 2, hour: 17.3, who: 'Aiko', text: 'Good idea. Which evening?' },
      { after: 2, hour: 17.4, who: 'Karim', text: 'Not Monday' },
      { after: 2, hour: 17.8, who: 'Elif', text: 'Wednesday or Friday for me' },
      { after: 3, hour: 18.0, who: 'Grace', text: 'Friday then. I bring the large sheets.' },
      { after: 4, hour: 18.4, who: 'Amina', text: 'I drew the cycle again, with colours. Shall I bring it?' },
      { after: 4, hour: 18.5, who: 'Priya', text: 'Please!' },
      { after: 5, plus: 1, hour: 20.2, who: 'Grace', text: 'That was good. Same time next week?' },
      { after: 5, plus: 1, hour: 20.4, who: 'Karim', text: 'Yes' },
      { after: 6, hour: 19.1, who: 'Aiko', text: 'Can we begin with the electron chain? I am lost there.' },
    ],
  },
  {
    between: ['Emre', 'Oskar'],
    readBy: ['Oskar'],
    lines: [
      { after: 4, hour: 12.5, who: 'Emre', text: 'I overslept. Can I have your sketch?' },
      {
        after: 4,
        hour: 12.9,
        who: 'Oskar',
        text: 'Sure, it is in the notes of the class, on the bottom. Mine is the ugly one.',
      },
      { after: 4, hour: 13.0, who: 'Emre', text: 'The ugly one is the only one I understand.' },
      { after: 6, hour: 18.6, who: 'Oskar', text: 'Did you do the homework yet? The last question is a nice one.' },
    ],
  },
]
