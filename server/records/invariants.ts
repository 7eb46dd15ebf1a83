import { sql } from 'kysely'
import { lifecycles } from '#domain/lifecycles.ts'
import { verifyChain } from '#server/kernel/chain.ts'
import { brokenSeals } from '#server/kernel/seal.ts'
import type { House } from '#server/kernel/work.ts'

export interface Check {
  name: string
  /** What is wrong; none is good. */
  breaches: string[]
}

/** What is true of every installation at every moment, whatever was done before. */
export async function checkInvariants(house: House): Promise<Check[]> {
  return [
    await checkChain(house),
    await checkFiles(house),
    await checkBrands(house),
    await checkStates(house),
    await checkReferences(house),
    await checkSeals(house),
  ]
}

/** All breaches as lines, for a test's assertion. */
export async function breachesOf(house: House): Promise<string[]> {
  const checks = await checkInvariants(house)
  return checks.flatMap((check) => check.breaches.map((breach) => `${check.name}：${breach}`))
}

async function checkChain(house: House): Promise<Check> {
  const verdict = await verifyChain(house.database.reader)
  const breaches = verdict.ok ? [] : [`第 ${verdict.brokenSeq} 条，${verdict.why}`]
  return { name: `审计日志链条（${verdict.rows} 条）`, breaches }
}

const BATCH = 1_000

async function checkFiles(house: House): Promise<Check> {
  const breaches: string[] = []
  let after = ''
  let seen = 0
  for (;;) {
    const rows = await house.database.reader
      .selectFrom('file')
      .select(['id', 'sha256', 'name'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    for (const row of rows) {
      if (!(await house.files.store.isWhole(row.sha256))) breaches.push(`“${row.name}”（${row.id}）不见了或内容已变`)
    }
    seen += rows.length
    after = rows.at(-1)?.id ?? after
    if (rows.length < BATCH) break
  }
  return { name: `文件与登记一致（${seen} 个）`, breaches }
}

async function checkBrands(house: House): Promise<Check> {
  const rows = await house.database.reader
    .selectFrom('brand')
    .select('schoolId')
    .groupBy('schoolId')
    .having((eb) => eb.fn.countAll(), '>', 1)
    .execute()
  return { name: '一校只有一个品牌', breaches: rows.map((row) => `学校 ${row.schoolId} 有多个品牌`) }
}

async function checkStates(house: House): Promise<Check> {
  const breaches: string[] = []
  for (const life of lifecycles) {
    const { rows } = await sql<{ state: string; many: number }>`
      select state, count(*) as many from ${sql.table(life.name)} group by state`.execute(house.database.writer)
    for (const { state, many } of rows)
      if (!Object.hasOwn(life.states, state)) breaches.push(`${life.label}有 ${many} 条处于不存在的状态“${state}”`)
  }
  return { name: '状态都在流程图里', breaches }
}

/** What was submitted, decided, counted or conferred is what stood there then (rule 14). */
async function checkSeals(house: House): Promise<Check> {
  return { name: '封存的内容与摘要一致', breaches: await brokenSeals(house.database.reader) }
}

/** SQLite can tell; PostgreSQL never lets a broken reference in. */
async function checkReferences(house: House): Promise<Check> {
  const name = '引用都有着落'
  if (house.database.engine === 'postgres') return { name, breaches: [] }
  const { rows } = await sql<{ table: string; rowid: number; parent: string }>`pragma foreign_key_check`.execute(
    house.database.writer,
  )
  return { name, breaches: rows.map((row) => `${row.table} 第 ${row.rowid} 行指向不存在的 ${row.parent}`) }
}
