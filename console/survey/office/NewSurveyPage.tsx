import { Form } from 'antd'
import { Line } from '#console/house/texts.tsx'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { Page } from '#console/house/Page.tsx'
import { createSurvey } from '#contract/survey/survey.ts'
import { WINDOW_DAYS } from '#domain/survey/surveyRules.ts'

interface Values {
  title: string
  opensOn: string
}

export default function NewSurveyPage() {
  const [search] = useSearchParams()
  const go = useNavigate()
  const [year] = useState(() => new Date().getFullYear())
  const kind = search.get('kind') === 'rehearsal' ? 'rehearsal' : 'real'
  const rehearsal = kind === 'rehearsal'
  return (
    <Page
      title={rehearsal ? '新建演练' : '新建测评'}
      width="text"
      crumbs={[{ label: '群众测评', to: '/surveys' }]}
      lead={
        rehearsal
          ? '每一步都和正式测评一样，答卷不计入评审，用完可以清除。'
          : '每年只做一次。题目、日期和最低回收比例新建以后还能改，到冻结为止。'
      }
    >
      <Draft<Values>
        key={kind}
        name={`survey:new:${kind}`}
        initial={{ title: `${year} 年度党建文化品牌建设满意度测评${rehearsal ? '（演练）' : ''}` }}
        saveLabel="新建"
        done="已新建"
        onSave={async (values, _form, held) => {
          const { id } = await call(createSurvey, { body: { kind, ...values }, once: held.id })
          await go(`/surveys/${id}`)
        }}
      >
        <Form.Item name="title" label="名称" rules={[{ required: true }]} extra="印在纸条和答题页上，请写清年度。">
          <Line most={60} label="名称" />
        </Form.Item>
        <Form.Item
          name="opensOn"
          label="开始答题的日期"
          rules={[{ required: true }]}
          extra={`答题 ${WINDOW_DAYS} 天，截止日期新建以后可以改。请给学校留出填报班级人数和发放纸条的时间。`}
        >
          <DateField />
        </Form.Item>
      </Draft>
    </Page>
  )
}
