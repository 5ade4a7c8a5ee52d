// Mocha's readable report, and beside it what scripts add up and repeat, in the file TOTALS_FILE names: the totals,
// what failed, and how long each file took.

import { writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import mocha from 'mocha'

const isOutermost = suite => suite.parent?.root === true

// biome-ignore lint/style/noDefaultExport: mocha loads a reporter as a module's default.
export default class TotalsReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    const failed = []
    const took = {}
    let began = 0
    let file = ''
    runner.on('suite', suite => {
      if (!isOutermost(suite)) return
      began = performance.now()
      file = suite.file ?? ''
    })
    runner.on('suite end', suite => {
      if (isOutermost(suite)) took[file] = (took[file] ?? 0) + performance.now() - began
    })
    runner.on('fail', (test, error) => {
      const { message, stack, cause } = Object(error)
      failed.push({
        test,
        told: {
          file: test.file ?? file,
          title: test.fullTitle(),
          message: String(message ?? error),
          stack: String(stack ?? ''),
          cause: String(cause?.message ?? ''),
        },
      })
    })
    // At each failure too: a process that dies afterwards has still told of it.
    const write = over => {
      const { passes, failures, pending } = runner.stats
      // Where its pages stood is known only once its hooks have run.
      const all = failed.map(({ test, told }) => ({ ...told, stood: test.stood ?? [] }))
      const report = { passes, failures, pending, failed: all, took, over }
      if (process.env.TOTALS_FILE) writeFileSync(process.env.TOTALS_FILE, JSON.stringify(report))
    }
    runner.on('fail', () => write(false))
    runner.once('end', () => write(true))
  }
}
