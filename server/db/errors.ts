/** One reading of both engines' error codes. */
export type DatabaseFault = 'unique' | 'foreignKey' | 'notNull' | 'retry' | 'busy' | 'unavailable'

const sqliteCodes: Record<number, DatabaseFault> = {
  2067: 'unique',
  1555: 'unique',
  787: 'foreignKey',
  1299: 'notNull',
  5: 'busy',
  13: 'unavailable',
  10: 'unavailable',
}
const postgresCodes: Record<string, DatabaseFault> = {
  '23505': 'unique',
  '23503': 'foreignKey',
  '23502': 'notNull',
  '40001': 'retry',
  '40P01': 'retry',
  '53100': 'unavailable',
  '57P01': 'unavailable',
  ENOSPC: 'unavailable',
  ECONNREFUSED: 'unavailable',
  ECONNRESET: 'unavailable',
}

export function faultOf(error: unknown): DatabaseFault | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('errcode' in error && typeof error.errcode === 'number')
    return sqliteCodes[error.errcode] ?? sqliteCodes[error.errcode & 255]
  if ('code' in error && typeof error.code === 'string') return postgresCodes[error.code]
  return undefined
}
