// Words of the frame: navigation, connection, appearance.
export const app = {
  today: 'اليوم',
  courses: 'المقررات',
} as const
