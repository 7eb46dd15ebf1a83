/** One reading of both engines' error codes. */
export type DatabaseFault =
  | 'unique'
  | 'foreignKey'
  | 'notNull'
  | 'retry'
  | 'busy'
  /** No room is left on the disk. */
  | 'full'
  /** The database is away, or cannot be read or written at all. */
  | 'unavailable'
  /** It lives, but has no place or no time for one more. */
  | 'crowded'
  /** No process could be started that looks at files. */
  | 'noWorker'

const sqliteCodes: Record<number, DatabaseFault> = {
  2067: 'unique',
  1555: 'unique',
  787: 'foreignKey',
  1299: 'notNull',
  5: 'busy',
  13: 'full',
  8: 'unavailable',
  10: 'unavailable',
  11: 'unavailable',
  14: 'unavailable',
  26: 'unavailable',
}
const postgresCodes: Record<string, DatabaseFault> = {
  '23505': 'unique',
  '23503': 'foreignKey',
  '23502': 'notNull',
  '40001': 'retry',
  '40P01': 'retry',
  '53100': 'full',
  '53200': 'crowded',
  '53300': 'crowded',
  '53400': 'crowded',
  '55P03': 'crowded',
  '57014': 'crowded',
  '25006': 'unavailable',
  '28000': 'unavailable',
  '28P01': 'unavailable',
  '3D000': 'unavailable',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  WORKER_UNREADY: 'noWorker',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'unavailable',
  ECONNREFUSED: 'unavailable',
  ECONNRESET: 'unavailable',
  ETIMEDOUT: 'unavailable',
  EPIPE: 'unavailable',
  ENOTFOUND: 'unavailable',
  EAI_AGAIN: 'unavailable',
  EHOSTUNREACH: 'unavailable',
  ENETUNREACH: 'unavailable',
}
/** The driver has no code for a connection that broke under it, nor for one it waited for in vain. */
const driverSentences: [RegExp, DatabaseFault][] = [
  [/^Connection terminated|is not queryable|connection has been discarded/, 'unavailable'],
  [/^timeout e(xceeded|xpired)|^Query read timeout/, 'crowded'],
]

export function faultOf(error: unknown): DatabaseFault | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('errcode' in error && typeof error.errcode === 'number')
    return sqliteCodes[error.errcode] ?? sqliteCodes[error.errcode & 255]
  if ('code' in error && typeof error.code === 'string')
    return postgresCodes[error.code] ?? (error.code.startsWith('08') ? 'unavailable' : undefined)
  if (!(error instanceof Error)) return undefined
  return driverSentences.find(([pattern]) => pattern.test(error.message))?.[1]
}

/** What people are told of a fault that is not their doing; each says whether something may have been saved. */
export const faultSentences: Partial<Record<DatabaseFault, string>> = {
  full: '系统出了问题：服务器的磁盘满了，没有保存。请先留着这一页，把这句话告诉管理员，腾出空间以后再提交一次。',
  unavailable:
    '系统出了问题：数据库现在用不了，可能正在重启。请过一两分钟刷新页面，看看刚才的操作保存了没有，没有的再做一次。',
  noWorker:
    '系统出了问题：服务器的内存或进程数不够，现在启动不了检查文件的程序，文件没有收下，不是文件的问题。请过几分钟再传一次。',
  crowded: '系统出了问题：现在用的人太多，数据库忙不过来，没有完成操作。请过一分钟再试一次。',
}
