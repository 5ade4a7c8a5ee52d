// The people of the demo school. Fixed, so that pictures, stories and bots can count on them.

export const demoPassword = 'lectern demo'

export interface DemoMember {
  readonly name: string
  readonly email: string
  readonly siteRole: 'administrator' | 'member'
  readonly demo: 'staff' | 'assistant' | 'learner'
}

const person = (
  name: string,
  demo: 'staff' | 'assistant' | 'learner',
  siteRole: 'administrator' | 'member' = 'member',
): DemoMember => {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ø]/g, 'o')
    .replace(/[ł]/g, 'l')
    .replace(/[ı]/g, 'i')
    .replace(/[^a-z ]/gi, '')
  return { name, email: `${plain.toLowerCase().split(' ').join('.')}@demo.example`, siteRole, demo }
}

export const instructor = person('Miriam Okafor', 'staff')
export const assistant = person('Jonas Lindqvist', 'assistant')
export const administrator = person('Ada Navarro', 'staff', 'administrator')

/** Comes to no class in the demo: the one to give homework to. */
export const absentee = person('Zoë Adeyemi', 'learner')

export const learners: readonly DemoMember[] = [
  person('Emre Yıldız', 'learner'),
  absentee,
  ...[
    'Aiko Tanaka',
    'Alejandra Maximiliana Fernández de Córdoba',
    'Amina Diallo',
    'Ben Carter',
    'Camille Laurent',
    'Dmitri Volkov',
    'Elif Kaya',
    'Farah Haddad',
    'Grace Mwangi',
    'Hugo Martins',
    'Ingrid Sørensen',
    'Joon Park',
    'Karim Nasser',
    'Lena Hoffmann',
    'Mateusz Wójcik',
    'Noor Rahman',
    'Oskar Nyström',
    'Priya Raman',
    'Quentin Moreau',
    'Rosa Delgado',
    'Sofia Conti',
    'Tom Whitaker',
  ].map(name => person(name, 'learner')),
]
