// The log: one JSON line an entry on standard output. Never holds a token, a password, an answer or a message body.
import { type Logger, pino } from 'pino'
import type { LogLevel } from '../config.ts'

export type { Logger }

/** The process's logger at a level of Config; `silent` says nothing. */
export const createLog = (level: LogLevel): Logger =>
  pino({
    level,
    base: { pid: process.pid },
    redact: { paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token'], remove: true },
  })
