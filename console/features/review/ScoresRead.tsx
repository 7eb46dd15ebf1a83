import { Facts } from '#console/house/Facts.tsx'
import { showScore } from '#domain/score.ts'
import type { Sheet } from './SheetPage.tsx'

/** A locked sheet, or one that somebody else fills. */
export function ScoresRead({ sheet }: { sheet: Sheet }) {
  const most = sheet.lines.reduce((sum, line) => sum + line.maximum, 0)
  return (
    <>
      <table className="scores">
        <caption>{sheet.state === 'submitted' ? '已提交，评分已锁定' : '评分还没有提交'}</caption>
        <thead>
          <tr>
            <th scope="col">指标</th>
            <th scope="col" className="number">
              得分
            </th>
            <th scope="col" className="number">
              满分
            </th>
          </tr>
        </thead>
        <tbody>
          {sheet.lines.map((line) => {
            const score = sheet.scores[line.code]
            return (
              <tr key={line.code}>
                <th scope="row">
                  {line.code}　{line.title}
                </th>
                <td className="number">{score === undefined ? '未评' : showScore(score)}</td>
                <td className="number">{showScore(line.maximum)}</td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">合计</th>
            <td className="number">{sheet.total === null ? '' : showScore(sheet.total)}</td>
            <td className="number">{showScore(most)}</td>
          </tr>
        </tfoot>
      </table>
      <Facts items={[{ label: '评语', value: sheet.remark, wide: true }]} />
    </>
  )
}
