// The entry that is bundled and run: hands the command line to main and its answer to the system.

import { main } from './main.ts'

main(process.argv.slice(2)).then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
