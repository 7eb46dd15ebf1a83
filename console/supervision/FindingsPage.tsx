import { Pagination, Select } from 'antd'
import { useSearchParams } from 'react-router'
import { Loaded } from '#console/house/Loaded.tsx'
import { addressNow } from '#console/house/addressNow.ts'
import { useNarrow } from '#console/house/narrow.ts'
import { NoRows } from '#console/house/NoRows.tsx'
import { pageIn } from '#console/house/nothing.ts'
import { Page } from '#console/house/Page.tsx'
import { SearchBox } from '#console/house/SearchBox.tsx'
import { useYear } from '#console/house/year.tsx'
import { type FindingState, findingLife } from '#domain/supervision/findingLife.ts'
import { quoted } from '#domain/base/text.ts'
import { FindingRow } from './FindingRow.tsx'
import { useFindings } from './queries.ts'

const SIZE = 20
const states = Object.entries(findingLife.states).map(([value, label]) => ({ value, label }))
const isState = (text: string | null): text is FindingState => text !== null && text in findingLife.states

export default function FindingsPage() {
  const [search, setSearch] = useSearchParams()
  const narrow = useNarrow(640)
  const { page } = pageIn(search)
  const q = search.get('q') ?? ''
  const year = useYear()
  const asked = search.get('state')
  const state = isState(asked) ? asked : ''
  const findings = useFindings({ q, state, page, size: SIZE, ...(year ? { year } : {}) })
  function put(changes: Record<string, string>) {
    const next = Object.entries({ ...Object.fromEntries(addressNow()), page: '', ...changes })
    setSearch(
      next.filter(([, value]) => value !== ''),
      { replace: !('page' in changes) },
    )
  }
  return (
    <Page years="every" title="督查问题" lead="初步意见送达后学校可以说明或申辩；出具意见后不作处理，或者下达整改。">
      <div className="list-tools">
        <SearchBox value={q} placeholder="学校或问题" onSearch={(text) => put({ q: text })} />
        <Select
          aria-label="状态"
          className="list-filter"
          placeholder="全部状态"
          allowClear
          value={state || null}
          options={states}
          onChange={(next: string | null) => put({ state: next ?? '' })}
        />
        {findings.data && <span className="list-count">共 {findings.data.total} 条</span>}
      </div>
      <Loaded query={findings}>
        {({ items, total }) =>
          items.length === 0 ? (
            <NoRows
              asked={{
                page,
                size: SIZE,
                total,
                year,
                conditions: [
                  ...(q ? [`查找${quoted(q)}`] : []),
                  ...(state ? [`状态：${findingLife.states[state]}`] : []),
                ],
              }}
              empty={{ title: '没有督查问题', hint: '督查中发现并送达的问题会出现在这里。' }}
              clear={() => put({ q: '', state: '', page: '' })}
              go={(to) => put({ page: String(to) })}
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
                  onChange={(next) => put({ page: String(next) })}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
