import { Checkbox, Select } from 'antd'
import { useState } from 'react'
import { askJunk, judgeJunk } from '#contract/award/objection.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { useYear } from '#console/house/year.tsx'
import { useHolds } from '#console/me.ts'
import { statesOf } from '#domain/base/lifecycle.ts'
import { objectionLife, type ObjectionState } from '#domain/award/objectionLife.ts'
import { OneObjection } from './OneObjection.tsx'
import { type Objection, useHandlers, useObjections } from './queries.ts'

const PAGE = 50
type ObjectionFilter = ObjectionState | 'crowded' | ''

const filters: { value: ObjectionFilter; label: string }[] = [
  { value: '', label: '全部' },
  { value: 'crowded', label: '同一网络短时间大量提交，待受理' },
  ...statesOf(objectionLife).map(([value, label]) => ({ value, label })),
]

export default function ObjectionsPage() {
  const office = useHolds('office')
  const year = useYear()
  const [state, filter] = useState<ObjectionFilter>('')
  const [page, turn] = useState(1)
  const [chosen, choose] = useState<string[]>([])
  const objections = useObjections({ size: PAGE, page, state, year })
  const handlers = useHandlers(office)
  return (
    <Page
      years="every"
      title="异议"
      lead="收到后先受理，再指定核查人；核查人写明结论，由局党工委办答复。公示要等全部答复后才能结束；由两人确认的灌水不算在内，但留存可查。"
    >
      <div className="page-actions">
        <Select
          aria-label="状态"
          style={{ minWidth: 220 }}
          value={state}
          options={filters}
          onChange={(value) => {
            filter(value)
            turn(1)
            choose([])
          }}
        />
        <ManyActs office={office} chosen={chosen} clear={() => choose([])} items={objections.data?.items ?? []} />
      </div>
      <Loaded query={objections}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty title="没有异议" hint={state ? '没有这种状态的异议。' : '公示期间收到的异议会出现在这里。'} />
          ) : (
            <>
              <Pick items={items} chosen={chosen} choose={choose} />
              {items.map((one) => (
                <OneObjection
                  key={one.id}
                  objection={one}
                  handlers={handlers.data ?? []}
                  chosen={chosen.includes(one.id)}
                  choose={(on) => choose(on ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))}
                />
              ))}
              {total > PAGE && (
                <div className="page-actions">
                  <button type="button" className="link" disabled={page === 1} onClick={() => turn(page - 1)}>
                    上一页
                  </button>
                  <span>
                    第 {page} 页，共 {total} 件
                  </span>
                  <button type="button" className="link" disabled={page * PAGE >= total} onClick={() => turn(page + 1)}>
                    下一页
                  </button>
                </div>
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

/** Only what may be named junk, or judged to be, can be chosen. */
export const pickable = (one: Objection): boolean => one.state === 'received' || one.state === 'junkAsked'

function Pick({
  items,
  chosen,
  choose,
}: {
  items: readonly Objection[]
  chosen: readonly string[]
  choose: (ids: string[]) => void
}) {
  const all = items.filter(pickable).map((one) => one.id)
  if (all.length === 0) return null
  return (
    <Checkbox
      checked={all.every((id) => chosen.includes(id))}
      onChange={(event) => choose(event.target.checked ? all : [])}
    >
      选中本页可以批量处理的 {all.length} 件
    </Checkbox>
  )
}

function ManyActs({
  office,
  chosen,
  clear,
  items,
}: {
  office: boolean
  chosen: readonly string[]
  clear: () => void
  items: readonly Objection[]
}) {
  const some = items.filter((one) => chosen.includes(one.id))
  if (some.length === 0) return null
  const ids = some.map((one) => one.id)
  const asked = some.every((one) => one.state === 'junkAsked')
  const reasons = (action: string) => [
    ...new Set(
      some
        .flatMap((one) => one.moves[action] ?? [{ message: '选中的异议状态不同，请按状态筛选后再选。' }])
        .map((one) => one.message),
    ),
  ]
  const judge = async (action: 'confirm' | 'drop') => {
    await call(judgeJunk, { body: { ids, action } })
    clear()
  }
  if (asked)
    return (
      <>
        <Act
          label={`确认 ${ids.length} 件是灌水`}
          danger
          reasons={reasons('confirmJunk')}
          confirm="确认以后不再办理，也不影响结束公示；留存可查，错了可以恢复办理。"
          run={() => judge('confirm')}
        />
        {office && <Act label="不是灌水，退回办理" reasons={reasons('dropJunk')} run={() => judge('drop')} />}
      </>
    )
  return (
    <Act
      label={`把 ${ids.length} 件列为灌水`}
      reasons={reasons('askJunk')}
      done="已提出，等另一人确认"
      ask={{ label: '理由', hint: '写给提出人看；由局党工委办另一人或分包领导确认后生效。' }}
      run={async (reason) => {
        await call(askJunk, { body: { ids, reason } })
        clear()
      }}
    />
  )
}
