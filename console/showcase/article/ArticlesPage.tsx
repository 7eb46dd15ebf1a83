import { ListTable } from '#console/house/ListTable.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { listArticles } from '#contract/showcase/article.ts'
import { articleKindLabels } from '#domain/showcase/article.ts'
import { articleLife } from '#domain/showcase/articleLife.ts'
import { articleTones } from './tone.ts'

export default function ArticlesPage() {
  const writer = useHolds('office', 'secretary', 'clerk')
  const office = useHolds('office')
  return (
    <Page
      years="every"
      title="经验文章"
      lead={
        office
          ? '学校报送的经验在这里采用或退回，采用后发布到门户；也可以发布动态和公告。'
          : '好做法、好经验写下来报送，采用后在门户发布。'
      }
      action={
        writer && (
          <LinkButton to="/articles/new" primary>
            {office ? '写一篇' : '报送经验'}
          </LinkButton>
        )
      }
    >
      <ListTable
        label="文章列表"
        endpoint={listArticles}
        search="标题"
        filters={[
          {
            key: 'state',
            label: '状态',
            options: Object.entries(articleLife.states).map(([value, label]) => ({ value, label })),
          },
        ]}
        columns={[
          { key: 'title', title: '标题', render: (row) => row.title },
          { key: 'kind', title: '类别', render: (row) => articleKindLabels[row.kind], wideOnly: true },
          { key: 'school', title: '单位', render: (row) => row.schoolName ?? '局党工委办' },
          {
            key: 'state',
            title: '状态',
            render: (row) => <StateTag label={articleLife.states[row.state]} tone={articleTones[row.state]} />,
          },
          {
            key: 'level',
            title: '采用',
            render: (row) => (row.adoptedLevel ? `${row.adoptedLevel}级` : ''),
            wideOnly: true,
          },
          {
            key: 'publishedAt',
            title: '发布日期',
            render: (row) => (row.publishedAt ? showDate(row.publishedAt) : ''),
          },
        ]}
        rowKey={(row) => row.id}
        rowHref={(row) => `/articles/${row.id}`}
        empty={{ title: '还没有文章', hint: '有了好做法，随时写一篇。' }}
      />
    </Page>
  )
}
