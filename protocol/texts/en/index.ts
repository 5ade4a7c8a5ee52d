// The English catalogue, one file a feature. A feature adds its file and its line here; the key is `feature.key`.
import { app } from '#protocol/texts/en/app.ts'
import { content } from '#protocol/texts/en/content.ts'
import { courses } from '#protocol/texts/en/courses.ts'
import { problems } from '#protocol/texts/en/problems.ts'
import { today } from '#protocol/texts/en/today.ts'
import { ui } from '#protocol/texts/en/ui.ts'
import type { KeyOf } from '#protocol/texts/text.ts'

export const en = { app, content, courses, problems, today, ui } as const

export type Texts = typeof en
export type TextKey = KeyOf<Texts>
