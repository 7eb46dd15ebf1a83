import { showParticipants } from '#domain/ledger.ts'
import { entryLife } from '#domain/lifecycles/entry.ts'
import { pillarLabels } from '#domain/pillar.ts'
import { entryFilter } from '#contract/ledger.ts'
import { shanghaiToday } from '#server/kernel/clock.ts'
import { refuse } from '#server/kernel/problem.ts'
import { type Exchange, sendDocument, XLSX } from '#server/kernel/routes.ts'
import { type SheetColumn, writeSheet } from '#server/kernel/sheet.ts'
import { countOfEntries, itemOf, listedFor, pageOfEntries } from './store.ts'

/** More rows than anybody reads in one sheet; making them would also hold up everybody else. */
export const MOST_ROWS = 20_000

const columns: readonly SheetColumn[] = [
  { header: '序号', width: 6, kind: 'number' },
  { header: '学校', width: 24, kind: 'text' },
  { header: '事项', width: 40, kind: 'text' },
  { header: '活动日期', width: 12, kind: 'date' },
  { header: '类别', width: 8, kind: 'text' },
  { header: '形式', width: 12, kind: 'text' },
  { header: '地点', width: 20, kind: 'text' },
  { header: '参加人数', width: 32, kind: 'text' },
  { header: '党员', width: 8, kind: 'number' },
  { header: '教师', width: 8, kind: 'number' },
  { header: '学生', width: 8, kind: 'number' },
  { header: '家长', width: 8, kind: 'number' },
  { header: '佐证材料', width: 10, kind: 'number' },
  { header: '状态', width: 10, kind: 'text' },
  { header: '逾期归档', width: 10, kind: 'text' },
  { header: '归档日期', width: 12, kind: 'date' },
]

/** The list as it is seen: same filters, same order, all pages. */
export async function sendLedgerSheet({ look, query, reply }: Exchange) {
  const filter = entryFilter.parse(query)
  const listed = await listedFor(look, filter)
  const { total } = listed ? await countOfEntries(look.db, listed).executeTakeFirstOrThrow() : { total: 0 }
  if (total > MOST_ROWS)
    throw refuse('tooLarge', `符合条件的有 ${total} 条，一次最多导出 ${MOST_ROWS} 条。请先按学校、类别或日期缩小范围。`)
  const rows = listed ? await pageOfEntries(look.db, listed, { limit: MOST_ROWS, offset: 0 }).execute() : []
  const body = await writeSheet({
    title: '台账',
    columns,
    rows: rows
      .map(itemOf)
      .map((row, index) => [
        index + 1,
        row.schoolName,
        row.title,
        row.happenedOn,
        pillarLabels[row.pillar],
        row.formLabel,
        row.place,
        showParticipants(row),
        row.memberCount,
        row.teacherCount,
        row.pupilCount,
        row.parentCount,
        row.evidenceCount,
        entryLife.states[row.state],
        row.late ? '是' : '',
        row.filedAt ? shanghaiToday(new Date(row.filedAt)) : null,
      ]),
  })
  return sendDocument(reply, { name: `台账-${look.today}.xlsx`, mime: XLSX, body })
}
