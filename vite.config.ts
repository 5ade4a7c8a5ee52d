// How the client is built and served in development. The built page must pass our Content-Security-Policy:
// no inline script or style, nothing from another origin, and every asset under a hashed name.

import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

const node = `http://localhost:${process.env.PORT ?? '8080'}`
// The page's own address stays in Host, so that the same-origin check sees what the browser sees.
const toNode = { target: node, changeOrigin: false }

export default defineConfig({
  root: 'client',
  plugins: [preact({ devToolsEnabled: false, reactAliasesEnabled: true })],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    // Small files as data: addresses would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
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
