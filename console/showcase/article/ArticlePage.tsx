import { Form, Select } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import {
  adoptArticle,
  type ArticleDetail,
  deleteArticle,
  publishArticle,
  returnArticle,
  saveArticle,
  submitArticle,
  withdrawArticle,
} from '#contract/showcase/article.ts'
import { adoptedLevels, articleKindLabels } from '#domain/showcase/article.ts'
import { articleLife } from '#domain/showcase/articleLife.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import { quoted } from '#domain/base/text.ts'
import { Correction, FilesField, filesOf, type KeptFile, Past, Raise } from './Correction.tsx'
import { articleTones } from './tone.ts'
import { useArticle } from '../queries.ts'

export default function ArticlePage() {
  const { id = '' } = useParams()
  const article = useArticle(id)
  return <Loaded query={article}>{(data) => <Shown article={data} />}</Loaded>
}

function Shown({ article }: { article: ArticleDetail }) {
  const { moves } = article
  const [correcting, setCorrecting] = useState(false)
  return (
    <Page
      title={article.title}
      width="text"
      crumbs={[{ label: '经验文章', to: '/articles' }]}
      state={<StateTag label={articleLife.states[article.state]} tone={articleTones[article.state]} />}
      lead={`${articleKindLabels[article.kind]}　${article.schoolName ?? '局党工委办'}　${article.authorName}`}
      action={<NextActs article={article} />}
      more={<MoreActs article={article} correcting={correcting} correct={setCorrecting} />}
    >
      {article.returnReason && (
        <div className="notice notice-warn">
          <p className="notice-title">已退回修改</p>
          <p>{article.returnReason}</p>
        </div>
      )}
      {correcting && moves['correct'] && <Correction article={article} done={() => setCorrecting(false)} />}
      {article.mayWrite ? <Words article={article} /> : <Content article={article} />}
      <Past article={article} />
      {article.state === 'published' && (
        <p>
          <a href={`/articles/${article.id}`}>看门户上的文章</a>
        </p>
      )}
    </Page>
  )
}

/** The one next step of this state for this person. */
function NextActs({ article }: { article: ArticleDetail }) {
  const { moves } = article
  const params = { id: article.id }
  const [level, setLevel] = useState<(typeof adoptedLevels)[number]>('区')
  return (
    <>
      {moves['submit'] && article.mayWrite && article.schoolName && (
        <Act
          label="报送"
          primary
          reasons={moves['submit']}
          confirm="报送后不能再改。"
          run={() => call(submitArticle, { params, body: { seen: article.updatedAt } })}
        />
      )}
      {moves['publish']?.length === 0 && (
        <Act
          label="发布"
          primary
          confirm="发布后门户上马上可以看到。以后要改须写明理由，门户上注明更正。"
          run={() => call(publishArticle, { params, body: { seen: article.updatedAt } })}
        />
      )}
      {moves['adopt']?.length === 0 && (
        <>
          <Select
            aria-label="采用级别"
            value={level}
            onChange={setLevel}
            options={adoptedLevels.map((one) => ({ value: one, label: `${one}级采用` }))}
          />
          <Act
            label="采用"
            primary
            confirm={`记为“${level}级采用”，计入学校的成绩；以后被上级采用，可以再提高级别，但不能降低。`}
            run={() => call(adoptArticle, { params, body: { level, seen: article.updatedAt } })}
          />
        </>
      )}
    </>
  )
}

function MoreActs(props: { article: ArticleDetail; correcting: boolean; correct: (on: boolean) => void }) {
  const { article, correcting, correct } = props
  const { moves } = article
  const params = { id: article.id }
  const go = useNavigate()
  return (
    <>
      {moves['return']?.length === 0 && (
        <Act
          label="退回"
          ask={{ label: '退回理由' }}
          run={(reason) => call(returnArticle, { params, body: { reason, seen: article.updatedAt } })}
        />
      )}
      {moves['raise']?.length === 0 && <Raise article={article} />}
      {moves['correct']?.length === 0 && (
        <button type="button" className="button" aria-expanded={correcting} onClick={() => correct(!correcting)}>
          更正
        </button>
      )}
      {article.mayDelete && (
        <Act
          label="删除草稿"
          danger
          apart
          confirm={`删除草稿${quoted(article.title)}，不能恢复。`}
          done="已删除"
          run={async () => {
            await call(deleteArticle, { params })
            await go('/articles')
          }}
        />
      )}
      {moves['withdraw']?.length === 0 && (
        <Act
          label="撤下"
          danger
          ending={noWayBack.article.withdraw}
          ask={{ label: '撤下理由' }}
          run={(reason) => call(withdrawArticle, { params, body: { reason } })}
        />
      )}
    </>
  )
}

/** For whom may not write any more: what stands in it, and what became of it. */
function Content({ article }: { article: ArticleDetail }) {
  return (
    <Facts
      items={[
        { label: '正文', value: article.body, wide: true },
        ...(article.attachments.length > 0
          ? [{ label: '附件', value: <Attachments files={article.attachments} />, wide: true }]
          : []),
        ...(article.adoptedLevel ? [{ label: '采用', value: `${article.adoptedLevel}级采用` }] : []),
        ...(article.withdrawnReason ? [{ label: '撤下理由', value: article.withdrawnReason, wide: true }] : []),
      ]}
    />
  )
}

function Words({ article }: { article: ArticleDetail }) {
  const { title, body, authorName } = article
  const office = article.schoolName === null
  return (
    <Draft<{ title: string; body: string; authorName: string; files?: KeptFile[] }>
      name={`article:${article.id}`}
      initial={{ title, body, authorName, ...(office ? { files: filesOf(article) } : {}) }}
      seen={article.updatedAt}
      saveLabel="保存草稿"
      quiet={article.schoolName !== null}
      onSave={({ files, ...words }, _form, { seen }) =>
        call(saveArticle, {
          params: { id: article.id },
          body: { ...words, ...(files ? { fileIds: files.map((one) => one.id) } : {}), updatedAt: seen },
        })
      }
    >
      <Form.Item name="title" label="标题" rules={[{ required: true, whitespace: true }]}>
        <Line most={60} label="标题" />
      </Form.Item>
      <Form.Item name="authorName" label="作者" rules={[{ required: true, whitespace: true }]}>
        <Line most={40} label="作者" />
      </Form.Item>
      <Form.Item name="body" required label="正文">
        <LongText most={20_000} label="正文" rows={16} />
      </Form.Item>
      {office && <FilesField />}
    </Draft>
  )
}
