// Words for setting up a course: its change log, and acts on many of its things.
export const courseSetup = {
  log: 'Change log',
  logLead: 'Who changed what in this course, the latest first.',
  logWhat: 'What',
  logAnything: 'Anything',
  logWho: 'Who',
  logAnybody: 'Anybody',
  logFrom: 'From',
  logTo: 'Until',
  logCsv: 'Save as CSV',
  logMore: 'Show more',
  logFailed: 'The change log could not be loaded',
  logEmpty: 'Nothing has been changed yet',
  logEmptyLead: 'What is added, published, moved, renamed or removed in this course appears here.',
  logNoMatch: 'Nothing matches',
  logNoMatchLead: 'Choose a longer time, or another person or kind.',
} as const
