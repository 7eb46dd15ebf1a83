import { Select } from 'antd'
import { useState } from 'react'
import { moveRecommendation, selectRecommendation } from '#contract/award/recommendation.ts'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { quoted } from '#domain/base/text.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import { recommendationLife } from '#domain/award/recommendationLife.ts'
import { useNaming, useRecommendations } from './queries.ts'

const levels = { city: '市', province: '省' } as const
type Level = keyof typeof levels
type Action = keyof typeof recommendationLife.actions

export default function RecommendationsPage() {
  const year = useYear()
  const rows = useRecommendations(year)
  return (
    <Page
      years="every"
      title="推荐申报"
      lead="从已公布的品牌里遴选有示范性、影响力的，整理好推荐材料，向市、省推荐，并登记结果。"
    >
      <Choose />
      <Section title="已遴选">
        <Loaded query={rows}>
          {(items) =>
            items.length === 0 ? (
              <Empty title="还没有推荐" hint="公布之后，从上面选择学校和级别。" />
            ) : (
              <RowList>
                {items.map((row) => (
                  <li key={row.id}>
                    <div>
                      <span className="row-list-title">
                        {row.schoolName}
                        {quoted(row.brandName)}
                      </span>
                      <p className="quiet">
                        向{levels[row.targetLevel as Level]}推荐
                        {row.digest && `，推荐材料摘要 ${row.digest.slice(0, 16)}…`}
                        {row.outcome && `，${row.outcome}`}
                        {row.awardRevoked && '，入选已经撤销，名额空出'}
                      </p>
                    </div>
                    <div className="row-list-due">
                      <StateTag
                        label={recommendationLife.states[row.state as keyof typeof recommendationLife.states]}
                        tone={row.awardRevoked ? 'bad' : row.state === 'won' ? 'ok' : 'info'}
                      />
                      {row.digest && (
                        <a className="button" href={`/recommendations/${row.id}/package.json`} download>
                          下载材料
                        </a>
                      )}
                      {Object.keys(row.moves).map((action) => (
                        <Act
                          name={row.id}
                          key={action}
                          size="small"
                          label={recommendationLife.actions[action as Action]}
                          reasons={row.moves[action]}
                          ending={action === 'withdraw' ? noWayBack.recommendation.withdraw : undefined}
                          ask={{
                            label: action === 'withdraw' || action === 'retract' ? '撤回的理由' : '说明',
                            optional: !['return', 'withdraw', 'retract'].includes(action),
                          }}
                          run={(note) =>
                            call(moveRecommendation, {
                              params: { id: row.id },
                              body: { action: action as Action, note, seen: row.updatedAt },
                            })
                          }
                        />
                      ))}
                    </div>
                  </li>
                ))}
              </RowList>
            )
          }
        </Loaded>
      </Section>
    </Page>
  )
}

function Choose() {
  const year = useYear()
  const naming = useNaming(year)
  const [awardId, chooseAward] = useState<string>()
  const [targetLevel, chooseLevel] = useState<Level>('city')
  const conferred = naming.data?.awards.filter((award) => award.valid) ?? []
  return (
    <Section title="遴选">
      <div className="page-actions">
        <Select
          aria-label="学校"
          placeholder="选择已公布的学校"
          style={{ minWidth: 260 }}
          options={conferred.map((award) => ({ value: award.id, label: `${award.schoolName} ${award.brandName}` }))}
          onChange={chooseAward}
        />
        <Select
          aria-label="推荐级别"
          value={targetLevel}
          options={Object.entries(levels).map(([value, label]) => ({ value: value as Level, label: `${label}级` }))}
          onChange={chooseLevel}
        />
        <Act
          label="列为推荐"
          primary
          reasons={awardId ? [] : ['请先选择一所已公布的学校。']}
          run={(_text, _day, held) =>
            call(selectRecommendation, { body: { awardId: awardId ?? '', targetLevel }, once: held.id })
          }
        />
      </div>
    </Section>
  )
}
