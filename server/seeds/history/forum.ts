// The forum of biology: what was asked and answered between the classes. Hours from when it was posted. Demo data.

export interface ForumReply {
  readonly hours: number
  readonly who: string
  readonly text: string
  /** Staff or whoever asked took it as the answer. */
  readonly accepted?: true
  /** Who gave it a thumb. */
  readonly thumbs?: readonly string[]
}

export interface ForumTopic {
  /** The evening of one of the classes, counted from 1, or so many days after it. */
  readonly day: { readonly after: number; readonly plus?: number }
  readonly hour: number
  readonly who: string
  readonly title: string
  readonly body: string
  readonly votes: number
  readonly pinned?: true
  readonly replies: readonly ForumReply[]
}

export const forumTopics: readonly ForumTopic[] = [
  {
    day: { after: 1, plus: -1 },
    hour: 9.1,
    who: 'Miriam',
    pinned: true,
    votes: 12,
    title: 'How to ask here so that you get an answer',
    body: 'Say what you have tried and where you got stuck. One question a topic. When somebody helped you, accept their answer: the next one with the same question finds it at once.\n\nJonas and I read along every day. Answer each other, please: whoever explains something learns it twice.',
    replies: [
      {
        hours: 2.2,
        who: 'Jonas',
        text: 'And a photo of your sketch is worth more than ten lines.',
        thumbs: ['Grace', 'Ben'],
      },
      { hours: 5.1, who: 'Priya', text: 'May we answer when we are not sure?' },
      {
        hours: 5.6,
        who: 'Miriam',
        text: 'Please do, and say so. Half an idea is often what was missing.',
        thumbs: ['Priya', 'Noor', 'Karim'],
      },
    ],
  },
  {
    day: { after: 1 },
    hour: 17.4,
    who: 'Lena',
    votes: 6,
    title: 'Prokaryote or eukaryote: is there something in between?',
    body: 'The table on the page has two columns. Is really every cell in one of them?',
    replies: [
      { hours: 1.2, who: 'Mateusz', text: 'As far as I know yes: either there is a nucleus or there is not.' },
      {
        hours: 15.5,
        who: 'Jonas',
        text: 'Mateusz is right about the nucleus. What is in between is the history: some archaea have proteins that we only knew from eukaryotes. Look up "Asgard archaea" if you like a good story.',
        accepted: true,
        thumbs: ['Lena', 'Mateusz', 'Ingrid'],
      },
    ],
  },
  {
    day: { after: 1 },
    hour: 20.2,
    who: 'Dmitri',
    votes: 3,
    title: 'Micrometre, nanometre: how do you remember the prefixes?',
    body: 'I was off by ten in the quiz, again.',
    replies: [
      { hours: 0.4, who: 'Hugo', text: 'milli, micro, nano: three zeros each. I write them on my hand.' },
      {
        hours: 0.9,
        who: 'Aiko',
        text: 'A hair is about 70 µm thick. A cell is a fifth of a hair. That is enough for most questions.',
        accepted: true,
        thumbs: ['Dmitri', 'Rosa', 'Elif'],
      },
      { hours: 1.1, who: 'Dmitri', text: 'The hair is good, I keep that one.' },
    ],
  },
  {
    day: { after: 2 },
    hour: 18.8,
    who: 'Elif',
    votes: 7,
    title: 'Why does a salted aubergine lose water?',
    body: 'Sofia said it in class and now I want to know which way round it is. The salt is outside, so the water goes out. But why does the salt not just go in?',
    replies: [
      {
        hours: 0.7,
        who: 'Grace',
        text: 'Because the membrane lets water through and ions hardly at all. So only one of the two can move.',
        accepted: true,
        thumbs: ['Elif', 'Sofia', 'Miriam'],
      },
      { hours: 13.4, who: 'Miriam', text: 'I could not have said it shorter. Thank you, Grace.' },
    ],
  },
  {
    day: { after: 2 },
    hour: 16.1,
    who: 'Rosa',
    votes: 5,
    title: 'Onion skin under the microscope: what are the dark dots?',
    body: 'In the picture from class there is a dot in nearly every cell, always at the edge.',
    replies: [
      {
        hours: 3.3,
        who: 'Camille',
        text: 'The nucleus? It is pushed to the side by the vacuole.',
        accepted: true,
        thumbs: ['Rosa'],
      },
      { hours: 3.5, who: 'Rosa', text: 'That makes sense, the vacuole is the big empty room then.' },
    ],
  },
  {
    day: { after: 2, plus: 1 },
    hour: 19.5,
    who: 'Quentin',
    votes: 2,
    title: 'I joined late: what should I read first?',
    body: 'Hello, I am new since this week. Which of the pages matter most for the next class?',
    replies: [
      { hours: 0.6, who: 'Oskar', text: 'Welcome! The tour of the cell, then the willow. Twenty minutes in all.' },
      {
        hours: 1.8,
        who: 'Jonas',
        text: 'What Oskar says. The notes of the two classes are good as well, others wrote them while it happened.',
        accepted: true,
        thumbs: ['Quentin'],
      },
      { hours: 2.5, who: 'Quentin', text: 'Read both, thank you. See you in class.' },
    ],
  },
  {
    day: { after: 3 },
    hour: 21.1,
    who: 'Farah',
    votes: 9,
    title: 'The seed in the dark: heavier or lighter?',
    body: 'The page asks whether a seedling that grew in the dark is heavier than its seed when both are dried. I would say heavier, because it grew.',
    replies: [
      { hours: 0.3, who: 'Karim', text: 'Where would it get the carbon from, without light?' },
      { hours: 0.5, who: 'Farah', text: 'From the seed. Oh.' },
      {
        hours: 0.8,
        who: 'Ingrid',
        text: 'And some of it is breathed out, so it is even lighter than before.',
        accepted: true,
        thumbs: ['Farah', 'Karim', 'Jonas', 'Aiko'],
      },
    ],
  },
  {
    day: { after: 3 },
    hour: 17.7,
    who: 'Joon',
    votes: 4,
    title: 'Do plants under LED lamps grow as well?',
    body: 'My sister grows basil under a purple lamp. Is that enough light, and why purple?',
    replies: [
      {
        hours: 2.1,
        who: 'Priya',
        text: 'Red and blue together look purple, and these are the colours chlorophyll takes best.',
      },
      { hours: 2.9, who: 'Joon', text: 'So green is simply left out. Clever.' },
    ],
  },
  {
    day: { after: 4 },
    hour: 18.3,
    who: 'Amina',
    votes: 5,
    title: 'My drawing of the Calvin cycle, is the arrow right?',
    body: 'I have 3 CO2 going in and one sugar with three carbons going out. Six turns for a glucose then, or two rounds of this?',
    replies: [
      { hours: 1.0, who: 'Mateusz', text: 'Two rounds of what you drew. Six CO2 in all.' },
      { hours: 1.4, who: 'Amina', text: 'So both are right and only the counting differs?' },
      {
        hours: 14.8,
        who: 'Miriam',
        text: 'Both are right. Your drawing is very clear, may I show it in class?',
        accepted: true,
        thumbs: ['Amina', 'Mateusz', 'Grace'],
      },
      { hours: 15.2, who: 'Amina', text: 'Yes, of course!' },
    ],
  },
  {
    day: { after: 4 },
    hour: 22.0,
    who: 'Emre',
    votes: 6,
    title: 'Is rubisco really that slow?',
    body: 'Three a second sounds like nothing. How does a field of wheat manage?',
    replies: [
      { hours: 10.2, who: 'Lena', text: 'By having a lot of it. It is said to be the most common protein on earth.' },
    ],
  },
  {
    day: { after: 5 },
    hour: 16.9,
    who: 'Camille',
    votes: 3,
    title: 'Bread dough in the fridge',
    body: 'It rises there too, only slowly. Do the yeast cells respire or ferment?',
    replies: [
      {
        hours: 4.4,
        who: 'Hugo',
        text: 'Both, first one and then the other, I think: respiration as long as there is air in the dough.',
      },
      {
        hours: 19.5,
        who: 'Sofia',
        text: 'I tried it with two jars, one closed. The open one smells less of alcohol. Picture follows.',
      },
    ],
  },
  {
    day: { after: 5 },
    hour: 19.2,
    who: 'Noor',
    votes: 8,
    title: 'Homework 1, last question: why does more carbon dioxide not slow it down?',
    body: 'I ticked all four. Too much of anything is bad, or not?',
    replies: [
      {
        hours: 0.8,
        who: 'Grace',
        text: 'More carbon dioxide is more of what the cycle needs. Greenhouses add some on purpose.',
        accepted: true,
        thumbs: ['Noor', 'Ben'],
      },
    ],
  },
  {
    day: { after: 5 },
    hour: 20.6,
    who: 'Ben',
    votes: 4,
    title: 'Glycolysis happens outside, but everything else inside?',
    body: 'Why this split? It would be shorter to do all of it in one place.',
    replies: [],
  },
  {
    day: { after: 6 },
    hour: 18.1,
    who: 'Oskar',
    votes: 11,
    title: '30, 32 or 38 ATP: which one do we write?',
    body: 'I asked in class and it is still waiting there. The page says 31, my old book 38, the film 32.',
    replies: [
      {
        hours: 1.5,
        who: 'Aiko',
        text: 'I would write about 30 and say why it is not exact.',
        thumbs: ['Oskar', 'Ingrid'],
      },
      { hours: 2.1, who: 'Karim', text: 'The 38 is from before people knew that the membrane leaks.' },
    ],
  },
  {
    day: { after: 6 },
    hour: 17.3,
    who: 'Alejandra',
    votes: 7,
    title: 'Were mitochondria bacteria once, and how would one prove it?',
    body: 'They have DNA of their own and two membranes. Is that a proof or only a hint?',
    replies: [],
  },
]
