import { useQuery } from '@tanstack/react-query'
import { Form } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { useParams } from 'react-router'
import { endNotice, postNotice, readNotice, saveNotice } from '#contract/award.ts'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { noticeLife } from '#domain/lifecycles/notice.ts'

type Notice = Reply<typeof readNotice>

export default function NoticePage() {
  const { id = '' } = useParams()
  const notice = useQuery({
    queryKey: ['notice', id],
    queryFn: ({ signal }) => call(readNotice, { params: { id } }, signal),
  })
  return <Loaded query={notice}>{(data) => <Shown notice={data} />}</Loaded>
}

function Shown({ notice }: { notice: Notice }) {
  const params = { id: notice.id }
  return (
    <Page
      title="公示"
      crumbs={[{ label: '命名表彰', to: '/naming' }]}
      state={
        <StateTag
          label={noticeLife.states[notice.state as keyof typeof noticeLife.states]}
          tone={notice.state === 'ended' ? 'ok' : 'info'}
        />
      }
      lead={
        notice.endsOn
          ? `${showDate(notice.postedOn)} 至 ${showDate(notice.endsOn)}，发布当日不计。`
          : '发布后按工作日历自动算出截止日。'
      }
      action={
        <>
          {notice.moves['post'] && (
            <Act
              label="发布公示"
              primary
              reasons={notice.moves['post']}
              confirm="发布后名单和文字不能再改，公众可以在门户上提出异议。"
              run={() => call(postNotice, { params })}
            />
          )}
          {notice.moves['end'] && (
            <Act label="结束公示" primary reasons={notice.moves['end']} run={() => call(endNotice, { params })} />
          )}
        </>
      }
      more={notice.state !== 'draft' && <a href={`/notices/${notice.id}`}>门户上的公示</a>}
    >
      {notice.openObjections > 0 && (
        <div className="notice notice-warn">
          <p>有 {notice.openObjections} 件异议还没有答复。</p>
        </div>
      )}
      <Section title="名单" note="由审定决定生成，按学段排列，不排名次。">
        {notice.names.map(({ stage, schools }) => (
          <Facts
            key={stage}
            items={[
              {
                label: stage,
                value: schools.map((one) => `${one.schoolName}“${one.brandName}”`).join('\n'),
                wide: true,
              },
            ]}
          />
        ))}
      </Section>
      <Section title="公示文字">
        {notice.state === 'draft' ? (
          <Words notice={notice} />
        ) : (
          <Facts items={[{ label: notice.title, value: notice.body, wide: true }]} />
        )}
      </Section>
    </Page>
  )
}

function Words({ notice }: { notice: Notice }) {
  return (
    <Draft<{ title: string; body: string }>
      name={`notice:${notice.id}`}
      initial={{ title: notice.title, body: notice.body }}
      seen={notice.updatedAt}
      onSave={(values, _form, { seen }) =>
        call(saveNotice, { params: { id: notice.id }, body: { ...values, updatedAt: seen } })
      }
    >
      <Form.Item name="title" label="标题" rules={[{ required: true }]}>
        <Line most={100} label="标题" />
      </Form.Item>
      <Form.Item name="body" label="正文" rules={[{ required: true }]}>
        <LongText most={3000} label="正文" rows={6} />
      </Form.Item>
    </Draft>
  )
}
