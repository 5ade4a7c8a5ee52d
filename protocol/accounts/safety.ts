// One person's own audience of how they come in: that devices, passkeys, codes, tokens or connections are others now, or that
// somebody saw Lectern with their eyes. Never what; that is read anew.
import * as z from 'zod/mini'
import { defineScope } from '../base/scope.ts'

export const safetyScope = defineScope({
  name: 'safety',
  state: z.object({}),
  feeds: { changed: z.object({}) },
  fleeting: {},
  apply: state => state,
})
