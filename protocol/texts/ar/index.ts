// The Arabic catalogue. A key that is missing is said in English; locales.test.ts holds each to the parameters of its
// English text.
import type { Catalogue } from '#protocol/texts/text.ts'
import { app } from './app.ts'
import { courses } from './courses.ts'
import { today } from './today.ts'

export const ar = { app, courses, today } as const satisfies Catalogue
