import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form } from 'antd'
import { call, type StoredFile } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { Section } from '#console/house/Page.tsx'
import { Line, LongText } from '#console/house/texts.tsx'
import { showTime, Timeline } from '#console/house/Timeline.tsx'
import { type ArticleDetail, correctArticle, raiseArticleLevel } from '#contract/showcase/article.ts'
import { type AdoptedLevel, adoptedLevels, higherLevels } from '#domain/showcase/article.ts'
import { showcaseKeys } from '../queries.ts'

interface Values {
  title: string
  authorName: string
  body: string
  reason: string
  files?: KeptFile[]
}

export type KeptFile = Pick<StoredFile, 'id' | 'name' | 'kind'>

export const filesOf = ({ attachments }: ArticleDetail): KeptFile[] =>
  attachments.map((one) => ({ id: one.fileId, name: one.name, kind: one.kind }))

export function FilesField() {
  return (
    <Form.Item name="files" label="附件">
      <FileField max={10} hint="发布以后，门户上任何人都可以下载。" />
    </Form.Item>
  )
}

/** Mends what the public reads; the page says that it was corrected and why. */
export function Correction({ article, done }: { article: ArticleDetail; done: () => void }) {
  const queries = useQueryClient()
  const { title, body, authorName } = article
  const office = article.schoolName === null
  return (
    <Section title="更正" note="更正前的内容留存；门户上注明更正的日期和理由。">
      <Draft<Values>
        name={`article-correct:${article.id}`}
        initial={{ title, body, authorName, reason: '', ...(office ? { files: filesOf(article) } : {}) }}
        seen={article.updatedAt}
        saveLabel="发布更正"
        done="已更正"
        onSave={async ({ files, ...words }, _form, { seen }) => {
          const fileIds = files ? { fileIds: files.map((one) => one.id) } : {}
          await call(correctArticle, { params: { id: article.id }, body: { ...words, ...fileIds, seen } })
          await readAnew(queries, showcaseKeys.article(article.id))
          done()
        }}
      >
        <Form.Item name="title" label="标题" rules={[{ required: true, whitespace: true }]}>
          <Line most={60} label="标题" />
        </Form.Item>
        <Form.Item name="authorName" label="作者" rules={[{ required: true, whitespace: true }]}>
          <Line most={40} label="作者" />
        </Form.Item>
        <Form.Item name="body" label="正文" rules={[{ required: true, whitespace: true }]}>
          <LongText most={20_000} label="正文" rows={12} />
        </Form.Item>
        {office && <FilesField />}
        <Form.Item name="reason" label="更正的理由" rules={[{ required: true, whitespace: true }]} extra="公开显示。">
          <Line most={500} label="更正的理由" />
        </Form.Item>
      </Draft>
    </Section>
  )
}

/** A higher level took it up later. */
export function Raise({ article }: { article: ArticleDetail }) {
  const levels = higherLevels(article.adoptedLevel)
  return (
    <Act
      name={`raise:${article.id}`}
      label="提高采用级别"
      ask={{
        label: '依据',
        hint: '哪里采用的、文件或刊期；经过留存，计入学校的成绩。',
        choice: {
          label: '采用级别',
          options: levels.map((one) => ({ value: one, label: `${one}级采用` })),
        },
      }}
      done="已登记"
      run={(reason, _day, { choice }) =>
        call(raiseArticleLevel, {
          params: { id: article.id },
          body: { level: levelOf(choice), reason, seen: article.updatedAt },
        })
      }
    />
  )
}

const levelOf = (choice: string | undefined): AdoptedLevel => adoptedLevels.find((one) => one === choice) ?? '区'

/** What it said before, and how it went from hand to hand. */
export function Past({ article }: { article: ArticleDetail }) {
  return (
    <>
      {article.corrections.length > 0 && (
        <Section title="更正前的内容">
          {article.corrections.map((one) => (
            <details key={one.id}>
              <summary>
                {showTime(one.at)} {one.personName}更正：{one.reason}
              </summary>
              <h3>{one.title}</h3>
              <p className="quiet">{one.authorName}</p>
              <p className="lines">{one.body}</p>
              {one.files.length > 0 && <p className="quiet">附件：{one.files.join('、')}</p>}
            </details>
          ))}
        </Section>
      )}
      {article.history.length > 0 && (
        <Section title="经过">
          <Timeline moments={article.history} />
        </Section>
      )}
    </>
  )
}
