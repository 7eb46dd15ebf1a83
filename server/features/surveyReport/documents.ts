import { showScore } from '#domain/score.ts'
import { type Answer, answerLabels, audienceLabels, audiences } from '#domain/survey.ts'
import { againstReadingResults } from '#domain/surveyRules.ts'
import { findSurvey } from '#server/features/survey/store.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { demand } from '#server/kernel/problem.ts'
import { type Exchange, sendDocument, show, XLSX } from '#server/kernel/routes.ts'
import { writeSheet } from '#server/kernel/sheet.ts'
import { officeResults, readSchoolResultOf, resultsAsSeen } from './store.ts'

const shown = (value: number | null | undefined, unit = ''): string =>
  value === null || value === undefined ? '' : `${showScore(value)}${unit}`

const resultSheet = show(
  { name: 'surveyResultSheet', path: '/surveys/:id/results.xlsx', access: ['office'] },
  async (exchange: Exchange) => {
    const { survey, rows: all } = await officeResults(exchange.look, exchange.params['id'] ?? '')
    const { q, without, sort } = exchange.query
    const rows = resultsAsSeen(all, { q, without, sort })
    const body = await writeSheet({
      title: '满意度测评结果',
      columns: [
        { header: '学校', width: 28, kind: 'text' },
        { header: '学段', width: 10, kind: 'text' },
        { header: '满意度指数', width: 12, kind: 'text' },
        { header: '有效答卷', width: 10, kind: 'number' },
        ...audiences.flatMap((audience) => [
          { header: `${audienceLabels[audience]}得分`, width: 10, kind: 'text' as const },
          { header: `${audienceLabels[audience]}答卷`, width: 10, kind: 'number' as const },
          { header: `${audienceLabels[audience]}回收率`, width: 12, kind: 'text' as const },
          { header: `${audienceLabels[audience]}满意率`, width: 12, kind: 'text' as const },
          { header: `${audienceLabels[audience]}不了解`, width: 12, kind: 'text' as const },
        ]),
        { header: '说明', width: 40, kind: 'text' },
      ],
      rows: rows.map((row) => [
        row.schoolName,
        row.stage,
        shown(row.index),
        row.n,
        ...audiences.flatMap((audience) => {
          const one = row.audiences.find((each) => each.audience === audience)
          return [
            one?.hidden ? '人数过少' : shown(one?.mean),
            one?.n ?? null,
            shown(one?.responseRate, '%'),
            shown(one?.satisfied, '%'),
            shown(one?.unknownShare, '%'),
          ]
        }),
        row.without,
      ]),
    })
    return sendDocument(exchange.reply, { name: `${survey.title}结果.xlsx`, mime: XLSX, body })
  },
)

const schoolSheet = show(
  {
    name: 'schoolSurveySheet',
    path: '/surveys/:id/schools/:schoolId/result.xlsx',
    access: ['office', 'leader', 'department', 'secretary', 'clerk'],
  },
  async (exchange: Exchange) => {
    const { id = '', schoolId = '' } = exchange.params
    const result = await readSchoolResultOf(exchange.look, id, schoolId)
    const answers = Object.keys(answerLabels) as Answer[]
    const body = await writeSheet({
      title: '本校测评结果',
      columns: [
        { header: '对象', width: 8, kind: 'text' },
        { header: '题目', width: 50, kind: 'text' },
        { header: '得分', width: 10, kind: 'text' },
        { header: '权重', width: 8, kind: 'text' },
        { header: '发出', width: 8, kind: 'number' },
        { header: '收回', width: 8, kind: 'number' },
        { header: '满意率', width: 10, kind: 'text' },
        { header: '不了解', width: 10, kind: 'text' },
        ...answers.map((one) => ({ header: answerLabels[one], width: 10, kind: 'number' as const })),
        { header: '说明', width: 40, kind: 'text' },
      ],
      rows: [
        row({ audience: '全校', title: '满意度指数', mean: result.index, n: result.n, words: result.without }),
        ...result.audiences.flatMap((one) => {
          const audience = audienceLabels[one.audience]
          const words = one.hidden ? '份数过少，不显示' : one.short ? '样本不足，不计入指数' : ''
          return [
            row({ ...one, audience, title: '合计', words, weight: `${one.weight}%` }),
            ...one.items.map((item) =>
              row({ ...item, audience, title: item.text, words: item.unscored ? '不计分' : '' }),
            ),
          ]
        }),
      ],
    })
    return sendDocument(exchange.reply, { name: `${result.schoolName}${result.title}.xlsx`, mime: XLSX, body })
  },
)

function row(line: {
  audience: string
  title: string
  words: string
  mean: number | null
  weight?: string
  issued?: number
  n?: number
  satisfied?: number | null
  unknownShare?: number | null
  counts?: Record<string, number>
}) {
  const answers = Object.keys(answerLabels)
  return [
    line.audience,
    line.title,
    shown(line.mean),
    line.weight ?? '',
    line.issued ?? null,
    line.n ?? null,
    shown(line.satisfied, '%'),
    shown(line.unknownShare, '%'),
    ...answers.map((one) => line.counts?.[one] ?? null),
    line.words,
  ]
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
