// How the client is built and served in development. The built page must pass our Content-Security-Policy:
// no inline script or style, nothing from another origin, and every asset under a hashed name.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'

const node = `http://localhost:${process.env.PORT ?? '8080'}`
// The page's own address stays in Host, so that the same-origin check sees what the browser sees.
const toNode = { target: node, changeOrigin: false }

/** From so many bytes on a file is not fetched before somebody needs it; but for those that most pages need. */
const largeFile = 150_000
const isNeeded = /^(frame|shared|en-inside)-/
/** The words of another language are for its readers. */
const isOthers = /^(?!en-)[a-z]{2}-(door|inside)-/
const isLarge = (name: string, size: number): boolean =>
  (size >= largeFile && !isNeeded.test(name)) || isOthers.test(name)
const languageOf = (path: string | null): string | undefined => /[\\/]texts[\\/](\w+)[\\/]/.exec(path ?? '')?.[1]
const leastToCompress = 1_000

/** What pages have in common. */
const isShared =
  /[\\/](client[\\/](ui|features[\\/](?!notes|content|live|activities|questions|channels))|protocol|lucide-preact)/
/** Of that, what things are made with, and what the school is looked after with. */
const isStaffs =
  /[\\/](client[\\/]features[\\/](?!notes|content|live|activities|questions|channels|factors)(.*(Dialog|Form|Fields)\.tsx$|(access|audit|imports|webhooks|privacy|archives|participation|cohorts|organisation)[\\/])|protocol[\\/](webhooks|privacy|archives|imports|audit|access)[\\/.])/

// Tells the service worker what this release consists of; its name follows from the names of the files.
const serviceWorker = (): Plugin => {
  let folder = ''
  return {
    name: 'lectern-service-worker',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      // A build of something else, such as the kit alone, installs nothing.
      if (!existsSync(join(folder, 'index.html'))) return
      const built = readdirSync(join(folder, 'assets')).filter(name => !name.endsWith('.map'))
      const kept = ['before-paint.js', 'layers.css', 'icon.svg', 'icon-192.png', 'manifest.webmanifest']
      const small = (name: string) => !isLarge(name, statSync(join(folder, 'assets', name)).size)
      const files = [...built.filter(small).map(name => `/assets/${name}`), ...kept.map(name => `/${name}`)].sort()
      const large = built.filter(name => !small(name)).map(name => `/assets/${name}`)
      const hash = createHash('sha256')
      for (const name of ['index.html', ...kept]) hash.update(readFileSync(join(folder, name)))
      const path = join(folder, 'service-worker.js')
      const text = readFileSync(path, 'utf8')
        .replace(
          "'__RELEASE__'",
          JSON.stringify(
            hash
              .update([...files, ...large].join())
              .digest('hex')
              .slice(0, 16),
          ),
        )
        .replace("['__FILES__']", JSON.stringify(files))
        .replace("['__LARGE__']", JSON.stringify(large))
      writeFileSync(path, text)
      // Compressed once here instead of at every request (server/platform/http/assets.ts).
      for (const name of [...built.map(name => join('assets', name)), 'index.html']) {
        const body = readFileSync(join(folder, name))
        if (body.length < leastToCompress) continue
        const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(body, best))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(body, { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  root: 'client',
  plugins: [preact({ devToolsEnabled: false, reactAliasesEnabled: true }), serviceWorker()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    // Small files as data: addresses would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one file, in kB.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ facadeModuleId }) => {
          const language = languageOf(facadeModuleId)
          return language ? `assets/${language}-[name]-[hash].js` : 'assets/[name]-[hash].js'
        },
        // Every file is a request, and on a bad network a request is what takes the time: the frame is one file, and what
        // several pages share is gathered into few.
        codeSplitting: {
          groups: [
            { name: 'frame', tags: ['$initial'], priority: 3 },
            // A group takes along what its files import, so the one that is needed everywhere comes first.
            {
              name: 'shared',
              test: file => isShared.test(file) && !isStaffs.test(file),
              minShareCount: 2,
              priority: 2,
            },
            // Learners and guests do without it, and so does the first screen of everybody.
            { name: 'staff', test: isStaffs, minShareCount: 2, priority: 1 },
            {
              name: 'class',
              test: /features[\\/](live|activities|questions|channels)[\\/]/,
              minShareCount: 2,
              priority: 1,
            },
            {
              name: 'editor',
              test: /[\\/](@tiptap|prosemirror-|yjs|lib0|y-)|(notes|content)[\\/]editor/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  server: {
    host: true,
    proxy: {
      '/api': toNode,
      '/healthz': toNode,
      '/readyz': toNode,
      '/socket.io': { ...toNode, ws: true },
      '/collab': { ...toNode, ws: true },
    },
  },
})
