import type { Unfinished } from '#domain/year/cycle.ts'
import type { Tables } from '#server/db/tables.ts'
import type { ReadOnly } from '#server/kernel/work.ts'

/** What is left lying when a year ends, by the state it is left in; the first part of the key is the table. */
const kinds = [
  ['plan', ['submitted'], '份创建方案等待审核', '/console/plans?state=submitted'],
  ['plan', ['accepted'], '份创建方案已审核通过，学校还没有公布', '/console/plans?state=accepted'],
  ['plan', ['draft'], '份创建方案还在起草', '/console/plans?state=draft'],
  ['summary', ['submitted'], '份年度总结等待审核', '/console/summaries?state=submitted'],
  ['summary', ['draft'], '份年度总结还没有签报', '/console/summaries?state=draft'],
  ['application', ['submitted'], '份申报等待受理', '/console/applications?state=submitted'],
  ['application', ['admitted', 'inReview'], '份申报还在评审', '/console/review'],
  ['application', ['ranked'], '份申报评审完成，还没有审定', '/console/naming'],
  ['entry', ['draft'], '条台账草稿没有归档', '/console/ledger'],
  ['survey', ['frozen', 'issued', 'open', 'closed'], '次群众测评没有办完', '/console/surveys'],
] as const

/** The work that closing the year would leave as it is, each kind with its number and where it is done. */
export async function listUnfinished(db: ReadOnly, cycle: { id: string; year: number }): Promise<Unfinished[]> {
  const found: Unfinished[] = []
  for (const [table, states, words, href] of kinds) {
    const count = await countLeft(db, { table, states, cycleId: cycle.id })
    const at = `${href}${href.includes('?') ? '&' : '?'}year=${cycle.year}`
    if (count > 0) found.push({ id: `${table}:${states[0]}:${count}`, message: `${count} ${words}`, href: at })
  }
  return found
}

async function countLeft(
  db: ReadOnly,
  of: {
    table: 'plan' | 'summary' | 'application' | 'entry' | 'survey'
    states: (typeof kinds)[number][1]
    cycleId: string
  },
): Promise<number> {
  const row = await db
    .selectFrom(of.table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', of.cycleId)
    .where('state', 'in', [...of.states])
    .$if(of.table === 'survey', (rows) => rows.where('kind' as 'id', '=', 'real'))
    .$if(of.table === 'entry', (rows) => rows.where('deletedAt' as 'id', 'is', null))
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

const dependents: readonly (keyof Tables)[] = [
  'plan',
  'entry',
  'visit',
  'inspection',
  'finding',
  'rectification',
  'event',
  'article',
  'summary',
  'application',
  'breach',
  'panel',
  'scoreSheet',
  'result',
  'award',
  'notice',
  'survey',
]

/** Whether anything has been recorded in the year; then it cannot be deleted. */
export async function isUsed(db: ReadOnly, cycleId: string): Promise<boolean> {
  for (const table of dependents) {
    const row = await db
      .selectFrom(table as 'plan')
      .select('id')
      .where('cycleId', '=', cycleId)
      .limit(1)
      .executeTakeFirst()
    if (row) return true
  }
  return false
}
