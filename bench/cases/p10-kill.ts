// P10: what a kill -9 of a node costs a document: edits that were called saved and are not there, which must be none, and
// how old the oldest edit was that nobody had promised yet.
import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { readSince } from '#server/platform/docs/loading.ts'
import { openClassroom, startLectern } from '../classroom.ts'
import { takeSeat, type } from '../editors.ts'
import { joinByCode } from '../learner.ts'
import { type BenchCase, median, plainRow } from '../measure.ts'
import { pinLoad } from '../server-process.ts'
import { bringStore } from '../services.ts'

const kills = 10
const everyMs = 20
const writeMs = 1_200

export const p10: BenchCase = {
  id: 'P10',
  what: 'saved edits lost on kill -9, and the unsaved window',
  async run(report) {
    pinLoad()
    const store = await bringStore('bench')
    report(store.about)
    const environment = { databaseUrl: store.url, secretKey: 'the same key for every node of this case' }
    let node = await startLectern(environment)
    const ends: (() => Promise<void>)[] = [store.stop, () => node.kill()]
    try {
      const { code, run, host } = await openClassroom(node, store.url)
      host.close()
      const cookie = await joinByCode(node.url, code, 'Writer')
      const windows: number[] = []
      const waits: number[] = []
      let lost = 0
      let saved = 0
      for (let kill = 0; kill < kills; kill++) {
        const url = `${node.url.replace('http', 'ws')}/collab/${run.noteId}?extended=1`
        const seat = await takeSeat(url, 'y-websocket', { cookie })
        const field = `text${kill}`
        const sentAt: number[] = []
        const savedAt: number[] = []
        const listen = () => {
          const now = performance.now()
          while (savedAt.length < seat.saved) savedAt.push(now)
        }
        seat.ws.on('message', listen)
        const began = performance.now()
        // A moment no rhythm of the server can hide in.
        const until = writeMs + Math.random() * 100
        while (performance.now() - began < until) {
          sentAt.push(performance.now())
          type(seat, 'y-websocket', field)
          await pause(everyMs)
        }
        const killedAt = performance.now()
        const promised = seat.saved
        await node.kill()
        seat.ws.terminate()
        const [read] = await readSince(
          (text, values) => store.query(text, values),
          [{ id: run.noteId ?? '', since: -1 }],
        )
        const doc = new Y.Doc()
        if (read?.snapshot) Y.applyUpdateV2(doc, read.snapshot.body)
        for (const { body } of read?.updates ?? []) Y.applyUpdate(doc, body)
        const there = doc.getText(field).length
        lost += Math.max(0, promised - there)
        saved += promised
        const oldest = sentAt[there]
        windows.push(oldest === undefined ? 0 : killedAt - oldest)
        savedAt.forEach((at, index) => {
          waits.push(at - (sentAt[index] ?? at))
        })
        node = await startLectern(environment)
      }
      report(`${saved} edits called saved, half of them within ${median(waits).toFixed(0)} ms`)
      const what = `saved edits that are not there after ${kills} kills`
      const worst = Math.max(...windows)
      return [
        plainRow({ id: 'P10', what, unit: 'edits', goal: '0' }, lost, lost === 0),
        plainRow(
          { id: 'P10', what: 'age of the oldest edit not stored at the kill, the worst', unit: 'ms', goal: '<= 50' },
          worst,
          worst <= 50,
          windows,
        ),
      ]
    } finally {
      for (const end of ends.reverse()) await end()
    }
  },
}
