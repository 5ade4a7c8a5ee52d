// The registry of question types on the screen: one line a type.
import type { QuestionTypeName } from '#protocol/question-types/registry.ts'
import { multipleParts, singleParts, trueFalseParts } from './choice.tsx'
import { numericParts } from './numeric.tsx'
import { openParts } from './open.tsx'
import { shortTextParts } from './short-text.tsx'
import type { TypeParts } from './type.ts'

export const typeParts: Readonly<Record<QuestionTypeName, TypeParts>> = {
  single: singleParts,
  multiple: multipleParts,
  'true-false': trueFalseParts,
  numeric: numericParts,
  'short-text': shortTextParts,
  open: openParts,
}
