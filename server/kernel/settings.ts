import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readTrust, type Trust } from './trust.ts'

/** What is set from outside, by environment or `.env`; `docs/operations.md` lists each. */
export interface Settings {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  publicUrl: string
  logLevel: string
  trustProxy: Trust
  /** Whether browsers are told that this name is reached by HTTPS only; off takes it back from those that have heard it. */
  hsts?: boolean
  /** The data folder is taken for this database's own although it does not look so. */
  adopt?: boolean
  /** The ballot box: its own database and key folder here, or the address of its own process and the secret shared with it. */
  ballot: {
    databaseUrl?: string | undefined
    keyFolder?: string | undefined
    url?: string | undefined
    secret?: string | undefined
    newKey?: boolean
  }
}

/** Where package.json lies. What is written in `.env` means the same wherever the start is called from. */
export const INSTALLED_IN = join(import.meta.dirname, '../..')

export const ENV_FILE = join(INSTALLED_IN, '.env')

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** Reads the settings, or says of every wrong one which and why. */
export function readSettings(environment: Record<string, string | undefined>): Settings | { mistakes: string[] } {
  const mistakes: string[] = []
  const typedPort = environment['PORT'] || '3000'
  const isPort = /^\d{1,5}$/.test(typedPort) && Number(typedPort) <= 65535
  if (!isPort) mistakes.push(`PORT=${typedPort} 不是 0–65535 的整数（端口号）。`)
  const port = isPort ? Number(typedPort) : 0
  const host = environment['HOST'] || '127.0.0.1'
  const databaseUrl = environment['DATABASE_URL'] || undefined
  if (databaseUrl && !/^postgres(ql)?:\/\/.+/.test(databaseUrl))
    mistakes.push('DATABASE_URL 应以 postgres:// 开头；不用 PostgreSQL 时请删去这一项。')
  const logLevel = environment['LOG_LEVEL'] || 'info'
  if (!logLevels.includes(logLevel)) mistakes.push(`LOG_LEVEL=${logLevel} 不认识，可选：${logLevels.join('、')}。`)
  const publicUrl = (environment['PUBLIC_URL'] || `http://${host}:${port}`).replace(/\/+$/, '')
  if (!URL.canParse(publicUrl) || !/^https?:$/.test(new URL(publicUrl).protocol))
    mistakes.push(`PUBLIC_URL=${publicUrl} 不是 http(s) 网址。`)
  else if (!isOriginOnly(new URL(publicUrl))) mistakes.push('PUBLIC_URL 只写到域名和端口，不带路径、参数和密码。')
  const trustProxy = readTrust(environment['TRUST_PROXY'])
  if (trustProxy === undefined)
    mistakes.push(
      `TRUST_PROXY=${environment['TRUST_PROXY']} 不认识：写前面自己的反向代理有几层（一般是 1），或它们的地址（用逗号分开）；没有就删去这一项。`,
    )
  const ballot = {
    databaseUrl: environment['BALLOT_DATABASE_URL'] || undefined,
    keyFolder: environment['BALLOT_KEY_DIR'] ? resolve(INSTALLED_IN, environment['BALLOT_KEY_DIR']) : undefined,
    url: environment['BALLOT_URL'] || undefined,
    secret: environment['BALLOT_SECRET'] || undefined,
    newKey: environment['BALLOT_NEW_KEY'] === '1',
  }
  mistakes.push(...mistakesInBallot(ballot))
  if (mistakes.length > 0) return { mistakes }
  return {
    port,
    host,
    dataDir: resolve(INSTALLED_IN, environment['DATA_DIR'] || 'data'),
    databaseUrl,
    // As browsers write it in Origin: small letters, no port that goes without saying.
    publicUrl: new URL(publicUrl).origin,
    logLevel,
    trustProxy: trustProxy ?? false,
    hsts: environment['HSTS'] !== '0',
    adopt: environment['ADOPT_DATA_DIR'] === '1',
    ballot,
  }
}

const isOriginOnly = ({ pathname, search, hash, username }: URL): boolean =>
  pathname === '/' && search === '' && hash === '' && username === ''

function mistakesInBallot({ databaseUrl, url, secret }: Settings['ballot']): string[] {
  const mistakes: string[] = []
  if (databaseUrl && !/^postgres(ql)?:\/\/.+/.test(databaseUrl))
    mistakes.push('BALLOT_DATABASE_URL 应以 postgres:// 开头；票箱用自带数据库时请删去这一项。')
  if (url && !URL.canParse(url)) mistakes.push(`BALLOT_URL=${url} 不是网址。`)
  if (url && (secret ?? '').length < 32) mistakes.push('BALLOT_SECRET 至少 32 个字符，并与票箱进程里的相同。')
  return mistakes
}

/** The environment over what stands in `.env` beside package.json. */
export function environmentWithFile(path = ENV_FILE): Record<string, string | undefined> {
  const fromFile: Record<string, string> = {}
  if (existsSync(path)) {
    for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
      const match = /^\s*([A-Z_][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line)
      if (match?.[1]) fromFile[match[1]] = (match[2] ?? '').replace(/^(['"])(.*)\1$/, '$2')
    }
  }
  return { ...fromFile, ...process.env }
}
