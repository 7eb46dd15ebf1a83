import { Facts } from '#console/house/Facts.tsx'
import { Table } from '#console/house/Table.tsx'
import { showScore } from '#domain/base/score.ts'
import type { Sheet } from './queries.ts'

const captions: Record<string, string> = {
  submitted: '已提交，评分已锁定',
  excluded: '已剔除，不计入得分，留存备查',
}

/** A locked sheet, or one that somebody else fills. */
export function ScoresRead({ sheet }: { sheet: Sheet }) {
  const most = sheet.lines.reduce((sum, line) => sum + line.maximum, 0)
  const scored = (code: string) => {
    const score = sheet.scores[code]
    return score === undefined ? '未评' : showScore(score)
  }
  return (
    <>
      <Table
        caption={captions[sheet.state] ?? '评分还没有提交，提交以后才能看'}
        rows={sheet.lines}
        keyOf={(line) => line.code}
        columns={[
          { title: '指标', render: (line) => `${line.code}　${line.title}` },
          { title: '得分', kind: 'number', render: (line) => scored(line.code) },
          { title: '满分', kind: 'number', render: (line) => showScore(line.maximum) },
        ]}
        foot={['合计', sheet.total === null ? '' : showScore(sheet.total), showScore(most)]}
      />
      <Facts items={[{ label: '评语', value: sheet.remark, wide: true }]} />
    </>
  )
}
