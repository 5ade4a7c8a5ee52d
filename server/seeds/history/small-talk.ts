// Where things happen in the building, and what people say besides: short words, and how they come back to something.
// Braces are filled in as in phrases.ts. Demo data.

export const places: readonly [string, ...string[]] = [
  'the loading bay',
  'stairwell B',
  'the kitchen on {n}',
  'the print room',
  'the archive',
  'the workshop',
  'the north entrance',
  'the south entrance',
  'the car park',
  'the bike cellar',
  'the meeting room on {n}',
  'the cold store',
  'the server room',
  'the post room',
  'the lab corridor',
  'the roof terrace',
  'the packing line',
  'the canteen',
  'gate {n}',
  'aisle {n}',
  'the paint store',
  'the reception',
  'the lift lobby',
  'the training room',
]

/** Short words between the others. */
export const nods: readonly [string, ...string[]] = [
  'Thanks!',
  'On my way',
  'Good to know',
  'Same here',
  'Seen it',
  'Will do',
  'Yes please',
  'Ha, again',
  'True',
  'I agree with {name}',
  'Good point, {name}',
  'Agreed',
  'Noted for {day}',
  'Not on my floor',
  'Here it is fine',
  'Thank you, {name}',
  'OK',
  'Was that at {clock}?',
  'Who else was there?',
  'Let us keep an eye on it',
]

/** How somebody comes back to something said hours before. */
export const returns: readonly [string, ...string[]] = [
  'Coming back to this: it is still so at {clock}',
  'Any news on this one?',
  'This is settled, I looked again just now',
  'I had the same question today, so thank you',
  'Could we put this on the board as well?',
  'For the record: ticket {ticket}',
  '{name} asked me about this today too',
  'We should talk about this on {day}',
]
