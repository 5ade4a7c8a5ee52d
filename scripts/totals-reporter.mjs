// Mocha's readable report, and beside it the totals in the file TOTALS_FILE names, for scripts that add up.

import { writeFileSync } from 'node:fs'
import mocha from 'mocha'

// biome-ignore lint/style/noDefaultExport: mocha loads a reporter as a module's default.
export default class TotalsReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats
      if (process.env.TOTALS_FILE) writeFileSync(process.env.TOTALS_FILE, JSON.stringify({ passes, failures, pending }))
    })
  }
}
