// Words of courses.
export const courses = {
  title: 'المقررات',
} as const
