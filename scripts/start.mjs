// `npm start` and `npm run lectern`: installs and builds what is missing, then becomes the `lectern` command.
// Plain Node without packages; everything after the script's name goes to the command.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, checkNode, endWithParent, install, root } from './prepare.mjs'

checkNode()
endWithParent()
install({ withDev: false })
build(['server', 'client'])
process.chdir(root)
process.setSourceMapsEnabled(true)
const bundle = join(root, 'dist', 'lectern.js')
process.argv = [process.execPath, bundle, ...process.argv.slice(2)]
await import(pathToFileURL(bundle).href)
