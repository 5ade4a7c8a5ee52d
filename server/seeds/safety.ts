// The demo school's second course: a company's first hour for new staff. Its class stands open, so that a newcomer has a
// room to join at once.
import { type DemoCourse, multiple, single, trueFalse } from './course.ts'

export const safety: DemoCourse = {
  title: 'Safety at work: the first hour',
  shortName: 'SAFE',
  summary: 'What everybody in the building needs to know on the first day.',
  modules: [
    {
      title: 'Before you start',
      pages: [
        {
          title: 'Exits, alarms, meeting points',
          body: `Find the two exits nearest to your desk **today**, before you need them.

## When the alarm sounds

1. Leave what you are doing. Do not save, do not pack.
2. Take the stairs. The lifts stop.
3. Go to the meeting point on the lawn and stay until your name was called.

Nobody goes back in before the warden says so, also not for a coat.`,
        },
        {
          title: 'Lifting and carrying',
          body: `Most injuries at work are not dramatic. They are backs.

- Look at the load first: weight, grip, the way you will go.
- Feet apart, back straight, lift with your legs.
- Above 25 kg, or when in doubt: two people or a trolley.`,
        },
      ],
      activities: [
        {
          kind: 'quiz',
          title: 'Are you ready for day one?',
          questions: [
            single(
              'The alarm sounds while you are writing a mail. What do you do?',
              ['Send it first', 'Leave at once', 'Ask a colleague whether it is a drill', 'Wait for the second alarm'],
              1,
            ),
            trueFalse('You may take the lift if the stairs are crowded.', 'false'),
            multiple(
              'Which of these call for a second person or a trolley?',
              ['A box of 30 kg', 'A box you can not see over', 'A laptop', 'A monitor up a ladder'],
              [0, 1, 3],
            ),
          ],
        },
      ],
    },
  ],
}
