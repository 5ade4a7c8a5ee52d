// Words of the keyboard shortcuts and their sheet.
export const keys = {
  title: 'Keyboard shortcuts',
  sheet: 'Show these shortcuts',
  everywhere: 'Everywhere',
  goTo: 'Go to {page}',
  or: 'or',
  next: 'then',
  ctrl: 'Ctrl',
  space: 'Space',
  single: 'Shortcuts of a single key',
  singleHint: 'Off when you speak to your device, or press keys by accident. Ctrl and Command keep working.',
  remote: 'In the remote',
  nextAct: 'Do what comes next',
  answering: 'Answering',
  choose: 'Choose {letter}',
} as const
