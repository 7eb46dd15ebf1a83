import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Input, Select } from 'antd'
import { NumberField } from '#console/house/NumberField.tsx'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { LoadedPage } from '#console/house/LoadedPage.tsx'
import { createCycle } from '#contract/year/cycle.ts'
import { useMe } from '#console/me.ts'
import { useStandards } from '../queries.ts'

interface Values {
  year: number
  title: string
  awardTitle: string
  standardId?: string
}

export default function NewCyclePage() {
  const go = useNavigate()
  const queries = useQueryClient()
  const bureau = useMe().data?.bureauName ?? ''
  const standards = useStandards()
  const [year] = useState(thisYear)
  return (
    <LoadedPage
      query={standards}
      title="新建年度"
      width="text"
      crumbs={[{ label: '年度', to: '/cycles' }]}
      lead="申报时间先按 10 月 1 日至 31 日，其余用通行的设置，建好后都可以改。"
    >
      {({ items }) => (
        <Draft<Values>
          name="cycle:new"
          initial={{
            year,
            title: `${year} 年度`,
            awardTitle: `${bureau.replace(/教育(体育)?局$/, '')}“一校一品”党建文化品牌项目建设成果奖`,
            ...(items[0] ? { standardId: items[0].id } : {}),
          }}
          saveLabel="新建"
          done="已新建"
          onSave={async ({ standardId, ...values }, _form, held) => {
            const body = { ...values, standardId: standardId ?? null }
            const { id } = await call(createCycle, { body, once: held.id })
            await readAnew(queries)
            await go(`/cycles/${id}`)
          }}
        >
          <Form.Item name="year" label="年份" rules={[{ required: true }]}>
            <NumberField label="年份" min={2020} max={2100} />
          </Form.Item>
          <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true, max: 60 }]}>
            <Input />
          </Form.Item>
          <Form.Item name="awardTitle" label="评定结果的名称" rules={[{ required: true, whitespace: true, max: 80 }]}>
            <Input />
          </Form.Item>
          <Form.Item name="standardId" label="评估标准" rules={[{ required: false }]}>
            <Select
              allowClear
              placeholder={items.length === 0 ? '还没有标准，可以建好年度后再选' : '选择评估标准'}
              options={items.map((one) => ({ value: one.id, label: `${one.title}（第 ${one.version} 版）` }))}
            />
          </Form.Item>
        </Draft>
      )}
    </LoadedPage>
  )
}

// The bureau's calendar year, wherever the browser stands.
function thisYear(): number {
  return Number(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format(new Date()))
}
