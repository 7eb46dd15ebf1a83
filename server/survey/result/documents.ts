import { keysOf } from '#domain/base/record.ts'
import { answerLabels, type Audience, audienceLabels, audiences } from '#domain/survey/survey.ts'
import { againstReadingResults } from '#domain/survey/surveyRules.ts'
import { findSurvey } from '#server/survey/survey/queries.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { type ListSheetColumn, sendListSheet } from '#server/kernel/listSheet.ts'
import { demand } from '#server/kernel/problem.ts'
import { type Exchange, sendDocument, show } from '#server/kernel/routes.ts'
import type { SheetCell } from '#server/kernel/sheet.ts'
import { listResultsAsSeen, type OfficeResult, readOfficeResults, readSchoolResultOf } from './views.ts'

const resultSheet = show(
  { name: 'surveyResultSheet', path: '/surveys/:id/results.xlsx', access: ['office'] },
  async (exchange: Exchange) => {
    const { survey, rows: all } = await readOfficeResults(exchange.look, exchange.params['id'] ?? '')
    const { q, without, sort } = exchange.query
    const rows = await listResultsAsSeen(exchange.look, survey, all, { q, without, sort })
    return sendListSheet(exchange, {
      title: '满意度测评结果',
      name: `${survey.title}结果`,
      rows,
      columns: [
        { header: '学校', width: 28, kind: 'text', of: (row) => row.schoolName },
        { header: '学段', width: 10, kind: 'text', of: (row) => row.stage },
        { header: '满意度指数', width: 12, kind: 'score', of: (row) => row.index },
        { header: '有效答卷', width: 10, kind: 'number', of: (row) => row.n },
        ...audiences.flatMap((audience) => columnsOf(audience)),
        { header: '说明', width: 40, kind: 'text', of: (row) => row.without },
      ],
    })
  },
)

type ResultRow = OfficeResult
type AudienceResult = ResultRow['audiences'][number]

function columnsOf(audience: Audience): ListSheetColumn<ResultRow>[] {
  const column = (what: string, width: number, kind: 'number' | 'score', of: (one?: AudienceResult) => SheetCell) => ({
    header: `${audienceLabels[audience]}${what}`,
    width,
    kind,
    of: (row: ResultRow) => of(row.audiences.find((one) => one.audience === audience)),
  })
  return [
    column('得分', 10, 'score', (one) => (one?.hidden ? '人数过少' : one?.mean)),
    column('答卷', 10, 'number', (one) => one?.n),
    column('回收率（%）', 12, 'score', (one) => one?.responseRate),
    column('满意率（%）', 12, 'score', (one) => one?.satisfied),
    column('不了解（%）', 12, 'score', (one) => one?.unknownShare),
  ]
}

const schoolSheet = show(
  {
    name: 'schoolSurveySheet',
    path: '/surveys/:id/schools/:schoolId/result.xlsx',
    access: ['office', 'leader', 'department', 'secretary', 'clerk'],
  },
  async (exchange: Exchange) => {
    const { id = '', schoolId = '' } = exchange.params
    const result = await readSchoolResultOf(exchange.look, id, schoolId)
    const answers = keysOf(answerLabels)
    return sendListSheet(exchange, {
      title: '本校测评结果',
      name: `${result.schoolName}${result.title}`,
      rows: linesOf(result),
      columns: [
        { header: '对象', width: 8, kind: 'text', of: (line) => line.audience },
        { header: '题目', width: 50, kind: 'text', of: (line) => line.title },
        { header: '得分', width: 10, kind: 'score', of: (line) => line.mean },
        { header: '权重', width: 8, kind: 'text', of: (line) => line.weight },
        { header: '发出', width: 8, kind: 'number', of: (line) => line.issued },
        { header: '收回', width: 8, kind: 'number', of: (line) => line.n },
        { header: '满意率（%）', width: 10, kind: 'score', of: (line) => line.satisfied },
        { header: '不了解（%）', width: 10, kind: 'score', of: (line) => line.unknownShare },
        ...answers.map((answer) => ({
          header: answerLabels[answer],
          width: 10,
          kind: 'number' as const,
          of: (line: Line) => line.counts?.[answer],
        })),
        { header: '说明', width: 40, kind: 'text', of: (line) => line.words },
      ],
    })
  },
)

interface Line {
  audience: string
  title: string
  words: string | null
  mean: number | null
  weight?: string
  issued?: number
  n?: number
  satisfied?: number | null
  unknownShare?: number | null
  counts?: Record<string, number>
}

/** The whole school, then each audience with its questions. */
function linesOf(result: Awaited<ReturnType<typeof readSchoolResultOf>>): Line[] {
  const whole = { audience: '全校', title: '满意度指数', mean: result.index, n: result.n, words: result.without }
  const perAudience = result.audiences.flatMap((one) => {
    const audience = audienceLabels[one.audience]
    const words = one.hidden ? '份数过少，不显示' : one.short ? '样本不足，不计入指数' : ''
    const sum = { ...one, audience, title: '合计', words, weight: `${one.weight}%` }
    const items = one.items.map((item) => ({
      ...item,
      audience,
      title: item.text,
      words: item.unscored ? '不计分' : '',
    }))
    return [sum, ...items]
  })
  return [whole, ...perAudience]
}

const auditFile = show(
  { name: 'surveyAuditFile', path: '/surveys/:id/audit.json', access: ['office', 'auditor'] },
  async (exchange: Exchange) => {
    const survey = await findSurvey(exchange.look, exchange.params['id'] ?? '')
    demand(againstReadingResults(survey))
    const body = await askBox(exchange.house.ballotBox.auditFile(survey.id))
    return sendDocument(exchange.reply, { name: `${survey.title}核验文件.json`, mime: 'application/json', body })
  },
)

export const surveyReportDocuments = [resultSheet, schoolSheet, auditFile]
