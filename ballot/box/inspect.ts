import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connectBallotDatabase } from './database.ts'
import { bodyOfSurvey, type SurveyRow } from './context.ts'

interface Place {
  folder: string
  databaseUrl?: string | undefined
  keyFolder?: string | undefined
}

/** What is wrong with a box as it lies there, in words; nothing is made, mended or opened for respondents by looking. */
export async function inspectBox({ folder, databaseUrl, keyFolder }: Place): Promise<string[]> {
  const path = join(folder, 'ballot.db')
  if (!databaseUrl && !existsSync(path)) return []
  try {
    const database = connectBallotDatabase(databaseUrl ? { url: databaseUrl } : { path })
    try {
      const damage =
        database.engine === 'sqlite'
          ? await database.read.all<{ integrity_check: string }>('pragma integrity_check')
          : []
      const found = damage.map((one) => one.integrity_check).filter((one) => one !== 'ok')
      if (found.length > 0) return found
      const rows = await database.read.all<SurveyRow>('select * from survey')
      return missingKeys(rows, keyFolder ?? join(folder, 'ballot-keys'))
    } finally {
      await database.close()
    }
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error)
    return [`${databaseUrl ? 'BALLOT_DATABASE_URL 指向的数据库' : path} 读不出来（${told}）。`]
  }
}

function missingKeys(rows: readonly SurveyRow[], keys: string): string[] {
  const away = rows.filter(({ id, state }) => state !== 'tallied' && !existsSync(join(keys, `${id}.key`)))
  return [
    ...(rows.length > 0 && !existsSync(join(keys, 'box.key')) ? [`签名密钥 ${join(keys, 'box.key')} 不见了。`] : []),
    ...away.map((row) => `“${bodyOfSurvey(row).title}”的密钥 ${join(keys, `${row.id}.key`)} 不见了，没有它不能计票。`),
  ]
}
