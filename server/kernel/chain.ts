import { auditText, GENESIS, type ReadOnly, sha256 } from './work.ts'

export interface ChainVerdict {
  ok: boolean
  rows: number
  /** The first row that does not fit. */
  brokenSeq: number | null
  why: string | null
  /** The hash of the last row: written down elsewhere, it proves later that nothing was cut off. */
  head: string | null
}

/** So many rows are read and hashed in a few milliseconds; then everybody else has a turn. */
const BATCH = 250

/** Walks the whole audit chain in batches, so that its length costs time but no memory. */
export async function verifyChain(db: ReadOnly): Promise<ChainVerdict> {
  let rows = 0
  let previousHash = GENESIS
  const broken = (brokenSeq: number, why: string): ChainVerdict => ({
    ok: false,
    rows,
    brokenSeq,
    why,
    head: rows > 0 ? previousHash : null,
  })
  // The head is read first: rows that are added while we walk are checked as well and may lie beyond it.
  const head = await db.selectFrom('auditHead').selectAll().where('id', '=', 1).executeTakeFirst()
  for (;;) {
    const batch = await db
      .selectFrom('auditRow')
      .selectAll()
      .where('seq', '>', rows)
      .orderBy('seq')
      .limit(BATCH)
      .execute()
    for (const row of batch) {
      if (row.seq !== rows + 1) return broken(rows + 1, '缺少这一条记录')
      if (row.previousHash !== previousHash) return broken(row.seq, '与上一条记录的摘要接不上')
      if (sha256(auditText(row)) !== row.hash) return broken(row.seq, '内容与摘要不符')
      rows = row.seq
      previousHash = row.hash
      if (head && row.seq === head.seq && row.hash !== head.hash) return broken(row.seq, '与链头登记的摘要不符')
    }
    if (batch.length < BATCH) break
    // On SQLite nothing above waits for the loop: a long chain would stop the house for as long as it takes.
    await new Promise((next) => setImmediate(next))
  }
  if (head && rows < head.seq) return broken(rows + 1, `链头登记了 ${head.seq} 条，后面的记录不见了`)
  if (!head && rows > 0) return broken(1, '链头登记不见了')
  return { ok: true, rows, brokenSeq: null, why: null, head: rows > 0 ? previousHash : null }
}
