import { setImmediate as pause } from 'node:timers/promises'
import { z } from 'zod'
import { shanghaiTime } from '#domain/base/calendar.ts'
import { auditFilter } from '#contract/records/audit.ts'
import { writeCsv } from '#server/kernel/csv.ts'
import { refuse } from '#server/kernel/problem.ts'
import { sendDocument, show } from '#server/kernel/routes.ts'
import { countAuditRows } from './queries.ts'
import { listAuditInWords } from './views.ts'

const filterShape = z.strictObject(auditFilter)
const MOST_ROWS = 50_000
const ROWS_AT_ONCE = 2_000

/** The log as it is filtered, for keeping outside; that it was taken out stands in the log as well. */
export const exportAudit = show(
  { name: 'exportAudit', path: '/api/audit/export', access: ['auditor'] },
  async ({ look, query, reply, work }) => {
    const filter = filterShape.parse(query)
    const total = await countAuditRows(look, filter)
    if (total > MOST_ROWS)
      throw refuse('tooLarge', `一次最多导出 ${MOST_ROWS} 条，现在有 ${total} 条，请用日期分几次导出。`)
    const header = [
      '序号',
      '时间',
      '操作人',
      '事件',
      '对象',
      '对象名称',
      '对象编号',
      '详情',
      '事件代码',
      '本条摘要',
      '上条摘要',
      '时间（UTC）',
      '操作人编号',
      '对象类型',
      '学校编号',
      '原始详情',
      '操作人原文',
    ]
    const parts: Buffer[] = []
    let rows = 0
    // Slice by slice, so that others are served in between; the log only grows behind.
    for (let page = 1; rows < total; page += 1) {
      const items = await listAuditInWords(look, { ...filter, sort: 'seq', page, size: ROWS_AT_ONCE })
      if (items.length === 0) break
      parts.push(writeCsv(page === 1 ? header : null, items.map(lineOf)))
      rows += items.length
      await pause()
    }
    const body = Buffer.concat(parts.length > 0 ? parts : [writeCsv(header, [])])
    await work(async (one) => one.record('audit.exported', 'audit', 'log', { rows }))
    return sendDocument(reply, { name: '审计日志.csv', mime: 'text/csv; charset=utf-8', body })
  },
)

const lineOf = (row: Awaited<ReturnType<typeof listAuditInWords>>[number]) => [
  row.seq,
  shanghaiTime(row.at),
  row.actorName,
  row.eventLabel,
  row.subjectLabel,
  row.subjectName,
  row.subjectId,
  row.detail.map((one) => `${one.label}：${one.value}`).join('；'),
  row.event,
  row.hash,
  row.previousHash,
  row.at,
  row.actorId ?? '',
  row.subjectType,
  row.schoolId ?? '',
  row.rawDetail,
  JSON.stringify(row.actorName),
]
