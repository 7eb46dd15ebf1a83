import { useQuery } from '@tanstack/react-query'
import { Pagination, Select } from 'antd'
import { useSearchParams } from 'react-router'
import { call } from '#console/api.ts'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { useNarrow } from '#console/house/narrow.ts'
import { Page } from '#console/house/Page.tsx'
import { listFindings } from '#contract/supervision.ts'
import { type FindingState, findingLife } from '#domain/lifecycles/finding.ts'
import { FindingRow } from './FindingRow.tsx'

const SIZE = 20
const states = Object.entries(findingLife.states).map(([value, label]) => ({ value, label }))
const isState = (text: string | null): text is FindingState => text !== null && text in findingLife.states

export default function FindingsPage() {
  const [search, setSearch] = useSearchParams()
  const narrow = useNarrow(640)
  const page = Math.max(1, Number(search.get('page')) || 1)
  const asked = search.get('state')
  const state = isState(asked) ? asked : ''
  const findings = useQuery({
    queryKey: ['findings', state, page],
    queryFn: ({ signal }) => call(listFindings, { query: { state, page, size: SIZE } }, signal),
  })
  return (
    <Page years="every" title="督查问题" lead="初步意见送达后学校可以说明或申辩；出具意见后不作处理，或者下达整改。">
      <div className="list-tools">
        <Select
          aria-label="状态"
          className="list-filter"
          placeholder="全部状态"
          allowClear
          value={state || null}
          options={states}
          onChange={(next: string | null) => setSearch(next ? { state: next } : {}, { replace: true })}
        />
        {findings.data && <span className="list-count">共 {findings.data.total} 条</span>}
      </div>
      <Loaded query={findings}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty
              title={state ? '没有这种状态的督查问题' : '没有督查问题'}
              hint={state ? '换一个状态再看。' : '督查中发现并送达的问题会出现在这里。'}
            />
          ) : (
            <>
              {items.map((finding) => (
                <FindingRow key={finding.id} finding={finding} />
              ))}
              {total > SIZE && (
                <Pagination
                  className="list-pages"
                  current={page}
                  pageSize={SIZE}
                  total={total}
                  simple={narrow}
                  showSizeChanger={false}
                  onChange={(next) => setSearch({ ...(state && { state }), page: String(next) })}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
