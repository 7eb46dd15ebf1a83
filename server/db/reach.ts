import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from './open.ts'

/** A machine that has just been switched on starts its PostgreSQL beside us. */
const WAIT_MS = 60_000
const AGAIN_AFTER_MS = 1_000
const OLDEST = 150_000

export interface Waiting {
  url: string
  limit?: number
  say?: (line: string) => void
}

/** Waits for a PostgreSQL that is still coming up, and says in words what is wrong with one that cannot be used. */
export async function reachPostgres(
  database: Database,
  { url, limit = WAIT_MS, say = console.error }: Waiting,
): Promise<void> {
  const until = performance.now() + limit
  for (let tries = 1; ; tries += 1) {
    try {
      const { rows } = await sql<{ version: string }>`select current_setting('server_version_num') as version`.execute(
        database.reader,
      )
      const version = Number(rows[0]?.version)
      if (version < OLDEST)
        throw new Error(`PostgreSQL 的版本是 ${Math.floor(version / 10_000)}，本系统要 15 或更新的版本。`)
      return
    } catch (error) {
      const words = postgresWords(error, url)
      if (!words) throw error
      if (!mayComeUp(error) || performance.now() >= until) throw new Error(words, { cause: error })
      if (tries === 1) say(`${words}正在等它启动，最多等 ${Math.ceil(limit / 1_000)} 秒。`)
      await pause(AGAIN_AFTER_MS)
    }
  }
}

const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return ''
  // Of a name with several addresses each one failed.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error]
  if (typeof first === 'object' && first !== null && 'code' in first && typeof first.code === 'string')
    return first.code
  return error instanceof Error && /^timeout e|^Connection terminated/.test(error.message) ? 'noAnswer' : ''
}

const mayComeUp = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH', 'noAnswer', '57P03', '53300'].includes(
    codeOf(error),
  )

const words: Record<string, string> = {
  ECONNREFUSED: '没有程序在那里听。请看 PostgreSQL 启动了没有，主机名和端口对不对。',
  ECONNRESET: '连接被断开。请看 PostgreSQL 的日志。',
  ETIMEDOUT: '没有回应。请看主机名、端口和防火墙。',
  noAnswer: '没有回应。请看主机名、端口和防火墙。',
  EHOSTUNREACH: '那台机器到不了。请看主机名和网络。',
  ENOTFOUND: '找不到这个主机名。请核对主机名。',
  EAI_AGAIN: '现在查不到这个主机名。请看网络和 DNS。',
  '28P01': '用户名或密码不对。密码里有 @ : / 等符号时要按网址编码写。',
  '28000': 'PostgreSQL 不让这个用户从这里登录。请核对用户名和 pg_hba.conf。',
  '3D000': '没有这个数据库。请先建好：createdb -O 用户名 数据库名。',
  '57P03': 'PostgreSQL 正在启动。',
  '53300': '连接数已经用完。请调大 max_connections；每个进程要 10 个，票箱另要 6 个。',
  '42501':
    '这个用户没有权限建表。请让它做数据库的主人：alter database 数据库名 owner to 用户名，再 grant all on schema public to 用户名。',
  '25006': '这个数据库是只读的（备机）。请改为主库的地址。',
  '53100': '数据库服务器的磁盘满了。请先腾出空间。',
}

/** An error of PostgreSQL as whoever starts the product can act on; undefined for one that says nothing of the place. */
export function postgresWords(error: unknown, url: string): string | undefined {
  const said = words[codeOf(error)]
  return said ? `DATABASE_URL 的数据库（${placeOf(url)}）用不了：${said}` : undefined
}

/** Without the password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return '网址写法不对'
  const { hostname, port, pathname, username } = new URL(url)
  return `${username ? `${decodeURIComponent(username)}@` : ''}${hostname || '本机'}:${port || '5432'}${pathname}`
}
