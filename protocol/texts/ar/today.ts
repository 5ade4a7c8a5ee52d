// Words of Today.
export const today = {
  title: 'اليوم',
} as const
