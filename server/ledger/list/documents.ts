import { shanghaiDate } from '#domain/base/calendar.ts'
import { showParticipants } from '#domain/ledger/entryContent.ts'
import { entryLife } from '#domain/ledger/entryLife.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { pupilsWord, stageOfAll } from '#domain/base/pupils.ts'
import { entryFilter } from '#contract/ledger/ledger.ts'
import { demandReadable, MOST_ROWS, sendListSheet } from '#server/kernel/listSheet.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { countOfEntries, itemOf, listedFor, pageOfEntries } from './queries.ts'

/** The list as it is seen: same filters, same order, all pages. */
export async function sendLedgerSheet(exchange: Exchange) {
  const { look, query } = exchange
  const listed = await listedFor(look, entryFilter.parse(query))
  const { total } = listed ? await countOfEntries(look.db, listed).executeTakeFirstOrThrow() : { total: 0 }
  demandReadable(total, '请先按学校、类别或日期缩小范围。')
  const rows = listed ? await pageOfEntries(look.db, listed, { limit: MOST_ROWS, offset: 0 }).execute() : []
  return sendListSheet(exchange, {
    title: '台账',
    rows: rows.map(itemOf),
    columns: [
      { header: '序号', width: 6, kind: 'number', of: (_row, index) => index + 1 },
      { header: '学校', width: 24, kind: 'text', of: (row) => row.schoolName },
      { header: '事项', width: 40, kind: 'text', of: (row) => row.title },
      { header: '活动日期', width: 12, kind: 'date', of: (row) => row.happenedOn },
      { header: '类别', width: 8, kind: 'text', of: (row) => pillarLabels[row.pillar] },
      { header: '形式', width: 12, kind: 'text', of: (row) => row.formLabel },
      { header: '地点', width: 20, kind: 'text', of: (row) => row.place },
      { header: '参加人数', width: 32, kind: 'text', of: (row) => showParticipants(row, row.stage) },
      { header: '党员', width: 8, kind: 'number', of: (row) => row.memberCount },
      { header: '教师', width: 8, kind: 'number', of: (row) => row.teacherCount },
      { header: pupilsWord(stageOfAll(rows)), width: 8, kind: 'number', of: (row) => row.pupilCount },
      { header: '家长', width: 8, kind: 'number', of: (row) => row.parentCount },
      { header: '佐证材料', width: 10, kind: 'number', of: (row) => row.evidenceCount },
      { header: '状态', width: 10, kind: 'text', of: (row) => entryLife.states[row.state] },
      { header: '逾期归档', width: 10, kind: 'text', of: (row) => (row.late ? '是' : '') },
      { header: '归档日期', width: 12, kind: 'date', of: (row) => row.filedAt && shanghaiDate(row.filedAt) },
    ],
  })
}
