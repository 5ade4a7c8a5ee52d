// The table of contents and the import order in one: a feature may import those before it, through their index only.
import { accessFeature } from './features/access/index.ts'
import { accountsFeature } from './features/accounts/index.ts'
import { auditFeature } from './features/audit/index.ts'
import { contentFeature } from './features/content/index.ts'
import { coursesFeature } from './features/courses/index.ts'
import { todayFeature } from './features/today/index.ts'
import type { Feature } from './platform/feature.ts'

export const features: readonly Feature[] = [
  auditFeature,
  accountsFeature,
  accessFeature,
  coursesFeature,
  contentFeature,
  todayFeature,
]
