import { Form, Radio } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Page } from '#console/house/Page.tsx'
import { useHolds, useMe } from '#console/me.ts'
import { createArticle } from '#contract/showcase/article.ts'
import { articleKindLabels, articleKinds } from '#domain/showcase/article.ts'

interface Values {
  kind: (typeof articleKinds)[number]
  title: string
  authorName: string
  body: string
}

export default function NewArticlePage() {
  const go = useNavigate()
  const office = useHolds('office')
  const me = useMe().data
  const kinds = articleKinds.filter((kind) => (office ? kind !== 'experience' : kind === 'experience'))
  return (
    <Page title={office ? '写一篇' : '报送经验'} width="text" crumbs={[{ label: '经验文章', to: '/articles' }]}>
      <Draft<Values>
        name="article:new"
        initial={{ ...(kinds[0] ? { kind: kinds[0] } : {}), ...(me ? { authorName: me.name } : {}) }}
        saveLabel="保存草稿"
        onSave={async (body, _form, held) => {
          const { id } = await call(createArticle, { body, once: held.id })
          await go(`/articles/${id}`)
        }}
      >
        <Form.Item name="kind" label="类别" rules={[{ required: true }]}>
          <Radio.Group
            optionType="button"
            options={kinds.map((kind) => ({ value: kind, label: articleKindLabels[kind] }))}
          />
        </Form.Item>
        <Form.Item name="title" label="标题" rules={[{ required: true, whitespace: true }]}>
          <Line most={60} label="标题" />
        </Form.Item>
        <Form.Item name="authorName" label="作者" rules={[{ required: true, whitespace: true }]}>
          <Line most={40} label="作者" />
        </Form.Item>
        <Form.Item name="body" required label="正文" extra="背景、做法、成效、启示；空一行分段。">
          <LongText most={20_000} label="正文" rows={16} />
        </Form.Item>
      </Draft>
    </Page>
  )
}
