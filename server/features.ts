// The table of contents and the import order in one: a feature may import those before it, through their index only.
import type { Feature } from './platform/feature.ts'

export const features: readonly Feature[] = []
