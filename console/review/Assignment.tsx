import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { assignSheets } from '#contract/review/panel.ts'
import { type Panel, useAssignmentPreview } from './queries.ts'

/** What would be sent out to whom, before it is. */
export function Assignment({ panel, onDone }: { panel: Panel; onDone: () => void }) {
  const preview = useAssignmentPreview(panel.id)
  return (
    <Loaded query={preview}>
      {({ make, skipped, kept, hidden }) => (
        <Section
          title="分配预览"
          note={`将新发 ${make.length} 张，已有 ${kept} 张不变，因回避不发 ${skipped.length} 张。${hidden > 0 ? `您回避的 ${hidden} 所学校不在内，由局党工委办的另一位同志分配。` : ''}`}
          action={
            <Act
              label={`发出 ${make.length} 张评分表`}
              primary
              reasons={
                make.length === 0 ? ['没有要新发的评分表：请先受理申报、选好专家，或者已经全部发出。'] : undefined
              }
              confirm="专家马上就能在“我的评审”里看到；被评的申报转为评审中。"
              done="评分表已发出"
              run={async (_text, _day, held) => {
                await call(assignSheets, { params: { id: panel.id }, once: held.id })
                onDone()
              }}
            />
          }
        >
          {skipped.length > 0 && (
            <>
              <p>须回避：</p>
              <ul className="plain-list">
                {skipped.map((one) => (
                  <li key={`${one.reviewerName} ${one.schoolName}`}>
                    {one.reviewerName}不评{one.schoolName}：{one.reason}
                  </li>
                ))}
              </ul>
            </>
          )}
          {make.length > 0 && (
            <details>
              <summary>要发出的评分表</summary>
              <ul className="plain-list">
                {Object.entries(Object.groupBy(make, (one) => one.reviewerName)).map(([name, list = []]) => (
                  <li key={name}>
                    {name}（{list.length} 张）：{list.map((one) => one.schoolName).join('、')}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </Section>
      )}
    </Loaded>
  )
}
