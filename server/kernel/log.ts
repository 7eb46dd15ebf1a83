import { type Logger, pino } from 'pino'

export type Log = Logger

export function openLog(level: string): Log {
  return pino({ level, redact: ['req.headers.cookie', 'req.headers.authorization', 'password', 'token'] })
}
