// Whom a host has put out of a class: their seat stays, and is worth nothing until they are let back.
import type { Migration } from '#server/platform/db/migrate.ts'

export const seatsPutOut: Migration = {
  name: '0096-put-out',
  up: 'ALTER TABLE seats ADD COLUMN put_out_at timestamptz;',
}
