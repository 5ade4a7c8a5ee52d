// S1: a school is set up: 3,200 people and 9,500 enrolments are read in, a course of 300 items is copied, a video of a
// gigabyte is uploaded through a connection that breaks at every tenth piece, and read from its middle. Seconds, no ratio.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { apiBase, bytesType } from '#protocol/base/call.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { fileRoutes, largestPiece } from '#protocol/files.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { openClassroom, startLectern } from '../classroom.ts'
import { type BenchCase, plainRow } from '../measure.ts'
import { emailOf, fillCourse, peopleList, readIn, takeBack } from '../school.ts'
import { bringStore } from '../services.ts'

const people = 3_200
const enrolments = 9_500
const courses = 40
const items = 300
const videoBytes = 1024 ** 3

/** Sends one piece, or a part of it and then nothing: answers how far the upload is, undefined when it broke off. */
const send = (client: TestClient, uploadId: string, offset: number, piece: Buffer, whole: 'whole' | 'broken') =>
  new Promise<number | undefined>((resolve, reject) => {
    const headers = {
      cookie: client.cookie(),
      'content-type': bytesType,
      'content-length': piece.length,
      'idempotency-key': randomUUID(),
    }
    const call = request(`${client.url}${apiBase}/uploads/${uploadId}?offset=${offset}`, { method: 'PATCH', headers })
    call.on('response', response => {
      const said: Buffer[] = []
      response.on('data', (chunk: Buffer) => said.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(said).toString()
        if (response.statusCode === 200) resolve((JSON.parse(text) as { received: number }).received)
        else reject(new Error(text))
      })
    })
    call.on('error', error => (whole === 'broken' ? resolve(undefined) : reject(error)))
    if (whole === 'whole') call.end(piece)
    else call.write(piece.subarray(0, piece.length / 2), () => call.destroy())
  })

async function uploadBroken(
  client: TestClient,
  courseId: string,
): Promise<{ fileId: string; breaks: number; piece: Buffer }> {
  // What a video begins with, so that its type is known by its content.
  const piece = randomBytes(largestPiece)
  piece.write('\0\0\0\x18ftypisom', 0, 'latin1')
  const { upload } = await client.request(fileRoutes.startUpload, {
    ...{ courseId, folderId: null, name: 'lecture.mp4', size: videoBytes, print: randomUUID() },
  } as never)
  let received = 0
  let breaks = 0
  for (let number = 1; received < videoBytes; number++) {
    const part = piece.subarray(0, Math.min(largestPiece, videoBytes - received))
    const whole = number % 10 === 0 ? 'broken' : 'whole'
    const reached = await send(client, upload.id, received, part, whole)
    if (reached === undefined) {
      breaks++
      received = (await client.request(fileRoutes.getUpload, { uploadId: upload.id })).upload.received
    } else received = reached
  }
  const listed = await client.request(fileRoutes.list, { courseId } as never)
  const fileId = listed.items.find(one => one.name === 'lecture.mp4')?.id
  if (!fileId) throw new Error('The video is not there')
  return { fileId, breaks, piece }
}

export const s1: BenchCase = {
  id: 'S1',
  what: 'a school is set up',
  async run(report) {
    const store = await bringStore('bench')
    const blobs = mkdtempSync(join(tmpdir(), 'lectern-bench-files-'))
    const node = await startLectern({ databaseUrl: store.url, storageUrl: pathToFileURL(blobs).href }, 'any')
    try {
      const { host, run } = await openClassroom(node, store.url)
      for (let course = 0; course < courses; course++)
        await host.request(courseRoutes.create, { title: `Course ${course}` })
      const rows = Array.from(
        { length: enrolments },
        (_, row) => `${emailOf(row % people)},Course ${Math.floor(row / people) * 10 + (row % 10)},`,
      )
      const lists = { people: peopleList(people), enrolments: ['email,course,role', ...rows].join('\n') }
      const { done, checked, seconds } = await readIn(host, lists)
      if (done.people.made !== people || done.enrolments.made !== enrolments)
        throw new Error(`Made ${done.people.made} people, ${done.enrolments.made} enrolments`)
      report(`read in after ${seconds.toFixed(1)} s, the dry run after ${checked.toFixed(1)} s`)
      const takenBack = await takeBack(host, done.id)
      report(`taken back after ${takenBack.toFixed(1)} s`)

      await fillCourse(host, run.courseId as never, items)
      const began = performance.now()
      const { counts } = await host.request(copyRoutes.copy, {
        ...{ courseId: run.courseId as never, how: 'make', title: 'Measured again', shift: { days: 364 } },
      } as never)
      const copied = (performance.now() - began) / 1000
      if (counts.pages !== items) throw new Error(`${counts.pages} pages came along`)
      report(`copied ${items} items in ${copied.toFixed(1)} s`)

      const started = performance.now()
      const { fileId, breaks, piece } = await uploadBroken(host, run.courseId)
      const uploaded = (performance.now() - started) / 1000
      const from = largestPiece * 60
      const seeking = performance.now()
      const answer = await fetch(`${node.url}${apiBase}/files/${fileId}/content`, {
        headers: { cookie: host.cookie(), range: `bytes=${from}-${from + 65_535}` },
      })
      const part = Buffer.from(await answer.arrayBuffer())
      const seek = performance.now() - seeking
      const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
      if (answer.status !== 206 || hash(part) !== hash(piece.subarray(0, 65_536)))
        throw new Error(`Seeking answered ${answer.status} and ${part.length} bytes`)
      report(`uploaded in ${uploaded.toFixed(1)} s, ${breaks} pieces broke off; sought in ${seek.toFixed(0)} ms`)
      host.close()
      const row = (what: string, unit: string, value: number, most: number | null) =>
        plainRow(
          { id: 'S1', what, unit, goal: most === null ? '-' : `<= ${most} ${unit}` },
          value,
          most === null ? null : value <= most,
        )
      return [
        row(`${people} people, ${enrolments} enrolments`, 's', seconds, 60),
        row(`the dry run of them`, 's', checked, null),
        row('all of them taken back', 's', takenBack, null),
        row(`a course of ${items} items copied`, 's', copied, 10),
        row(`1 GB uploaded, ${breaks} times broken off`, 's', uploaded, null),
        row('64 KiB from its middle', 'ms', seek, null),
      ]
    } finally {
      await node.kill()
      await store.stop()
      rmSync(blobs, { recursive: true, force: true })
    }
  },
}
