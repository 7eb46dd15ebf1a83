import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadEnvFile } from 'node:process'

/** What the box's own process is told from outside; `docs/operations.md` lists each. */
export interface BallotSettings {
  /** Respondents' pages. */
  port: number
  /** The office's calls; never to be shown by a proxy. */
  controlPort: number
  host: string
  folder: string
  databaseUrl: string | undefined
  keyFolder: string | undefined
  newKey: boolean
  publicUrl: string
  secret: string
  /** How many proxies stand before, or their addresses, as in the product. */
  trustProxy: boolean | number | string[]
  /** Whether browsers are told that this name is reached by HTTPS only. */
  hsts: boolean
}

/** Where package.json lies. What is written in `.env` means the same wherever the start is called from. */
const INSTALLED_IN = join(import.meta.dirname, '..')

const SECRET_LENGTH = 32

export function readBallotSettings(
  environment: Record<string, string | undefined>,
): BallotSettings | { mistakes: string[] } {
  const mistakes: string[] = []
  const port = (name: string, unset: string) => {
    const value = Number(environment[name] || unset)
    if (!Number.isInteger(value) || value < 0 || value > 65535)
      mistakes.push(`${name}=${environment[name]} 不是 0–65535 的整数（端口号）。`)
    return value
  }
  const ports = { port: port('BALLOT_PORT', '3001'), controlPort: port('BALLOT_CONTROL_PORT', '3002') }
  const databaseUrl = environment['BALLOT_DATABASE_URL'] || undefined
  if (databaseUrl && !/^postgres(ql)?:\/\/.+/.test(databaseUrl))
    mistakes.push('BALLOT_DATABASE_URL 应以 postgres:// 开头；票箱用自带数据库时请删去这一项。')
  const secret = environment['BALLOT_SECRET'] ?? ''
  if (secret.length < SECRET_LENGTH)
    mistakes.push(`BALLOT_SECRET 至少 ${SECRET_LENGTH} 个字符，并与主程序里的相同。可用 openssl rand -hex 32 生成。`)
  const publicUrl = (environment['PUBLIC_URL'] ?? '').replace(/\/+$/, '')
  if (!URL.canParse(publicUrl) || !/^https?:$/.test(new URL(publicUrl).protocol))
    mistakes.push('PUBLIC_URL 要写答题人打开的网址，例如 https://yipin.example.cn，编码单上的二维码用它。')
  if (mistakes.length > 0) return { mistakes }
  return {
    ...ports,
    host: environment['BALLOT_HOST'] || '127.0.0.1',
    folder: resolve(INSTALLED_IN, environment['BALLOT_DATA_DIR'] || 'data/ballot'),
    databaseUrl,
    keyFolder: environment['BALLOT_KEY_DIR'] ? resolve(INSTALLED_IN, environment['BALLOT_KEY_DIR']) : undefined,
    newKey: environment['BALLOT_NEW_KEY'] === '1',
    publicUrl,
    secret,
    trustProxy: trusted(environment['TRUST_PROXY'] ?? ''),
    hsts: environment['HSTS'] !== '0',
  }
}

const trusted = (text: string): number | string[] | false => {
  if (text === '' || text === '0') return false
  return /^\d$/.test(text) ? Number(text) : text.split(',').map((one) => one.trim())
}

export function environment(): Record<string, string | undefined> {
  const path = join(INSTALLED_IN, '.env')
  if (existsSync(path)) loadEnvFile(path)
  return process.env
}
