import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { call, sentences } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { newId } from '#console/house/kept.ts'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { useHolds } from '#console/me.ts'
import { importDefaultStandard, importStandard } from '#contract/year/cycle.ts'
import { useStandards } from '../queries.ts'

export default function StandardsPage() {
  const office = useHolds('office')
  const go = useNavigate()
  const standards = useStandards()
  const adopt = office && (
    <Act
      label="采用自带的标准"
      primary={standards.data?.items.length === 0}
      done="已采用"
      run={async (_text, _day, held) => {
        const { id } = await call(importDefaultStandard, { once: held.id })
        await go(`/standards/${id}`)
      }}
    />
  )
  return (
    <Page
      title="评估标准"
      lead="标准不能改，只能出新的一版；用过的年度仍按原来的一版。"
      more={(standards.data?.items.length ?? 0) > 0 && adopt}
      action={office && <ImportFile />}
    >
      <Loaded query={standards}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title="还没有评估标准"
              hint={
                office
                  ? '可以先采用系统自带的标准，看过以后再按本区的要求导入自己的。'
                  : '局党工委办发布以后，在这里查看。'
              }
              action={adopt}
            />
          ) : (
            <RowList>
              {items.map((one) => (
                <li key={one.id}>
                  <div>
                    <Link className="row-list-title" to={`/standards/${one.id}`}>
                      {one.title}
                    </Link>
                    <p className="quiet">
                      第 {one.version} 版　{showDate(one.createdAt)} 导入
                      {one.usedBy.length > 0 ? `　用于${one.usedBy.join('、')}` : ''}
                    </p>
                  </div>
                </li>
              ))}
            </RowList>
          )
        }
      </Loaded>
    </Page>
  )
}

function ImportFile() {
  const input = useRef<HTMLInputElement>(null)
  const queries = useQueryClient()
  const go = useNavigate()
  const [refusals, setRefusals] = useState<string[]>([])
  const sending = useRef(newId())

  async function send(file: File) {
    setRefusals([])
    let body: unknown
    try {
      body = JSON.parse(await file.text())
    } catch {
      setRefusals(['文件不是 JSON 格式，请用从本系统导出或按说明制作的标准文件。'])
      return
    }
    try {
      const { id } = await call(importStandard, { body: { body }, once: sending.current })
      await readAnew(queries)
      await go(`/standards/${id}`)
    } catch (error) {
      setRefusals(sentences(error))
    }
  }

  return (
    <div>
      <input
        ref={input}
        className="hidden"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept=".json,application/json"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void send(file)
        }}
      />
      <Button onClick={() => input.current?.click()}>导入标准文件</Button>
      <Reasons title="标准没有导入" reasons={refusals} />
    </div>
  )
}
