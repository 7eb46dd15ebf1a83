import { Form } from 'antd'
import { useParams } from 'react-router'
import { dropNotice, endNotice, postNotice, saveNotice } from '#contract/award/notice.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { Line, LongText } from '#console/house/texts.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { dateInWords } from '#domain/base/calendar.ts'
import { noticeLife, type NoticeState } from '#domain/award/noticeLife.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import { quoted } from '#domain/base/text.ts'
import { type Notice, useNotice } from './queries.ts'

export default function NoticePage() {
  const { id = '' } = useParams()
  const notice = useNotice(id)
  return <Loaded query={notice}>{(data) => <Shown notice={data} />}</Loaded>
}

const leadOf = (notice: Notice): string => {
  if (notice.endsOn) return `${showDate(notice.postedOn)} 至 ${showDate(notice.endsOn)}，发布当日不计。`
  if (notice.state !== 'draft') return notice.closedReason
  return notice.wouldEndOn
    ? `今天发布的话，公示到${dateInWords(notice.wouldEndOn)}为止，发布当日不计。`
    : notice.wouldEndLack
}

const tones: Partial<Record<string, 'ok' | 'quiet'>> = { ended: 'ok', superseded: 'quiet', dropped: 'quiet' }

function Shown({ notice }: { notice: Notice }) {
  const params = { id: notice.id }
  const seen = notice.updatedAt
  const last = notice.wouldEndOn ? `公示到${dateInWords(notice.wouldEndOn)}为止。` : ''
  return (
    <Page
      title="公示"
      crumbs={[{ label: '审定公布', to: '/naming' }]}
      state={<StateTag label={noticeLife.states[notice.state as NoticeState]} tone={tones[notice.state] ?? 'info'} />}
      lead={leadOf(notice)}
      action={
        <>
          {notice.moves['post'] && (
            <Act
              label="发布公示"
              primary
              reasons={notice.moves['post']}
              confirm={`${last}发布后名单和文字不能直接改，公众可以在门户上提出异议；要改，用“更正审定”，这份公示会标明被替代。`}
              run={() => call(postNotice, { params, body: { seen } })}
            />
          )}
          {notice.moves['end'] && (
            <Act
              label="结束公示"
              primary
              reasons={notice.moves['end']}
              confirm="结束以后不再接收异议，可以公布结果。"
              run={() => call(endNotice, { params, body: { seen } })}
            />
          )}
        </>
      }
      more={
        notice.state === 'draft' ? (
          <Act
            label="作废草稿"
            reasons={notice.moves['drop'] ?? []}
            ending={noWayBack.notice.drop}
            ask={{ label: '作废的理由' }}
            run={(reason) => call(dropNotice, { params, body: { reason, seen } })}
          />
        ) : (
          notice.state !== 'dropped' && <a href={`/notices/${notice.id}`}>门户上的公示</a>
        )
      }
    >
      {notice.openObjections > 0 && (
        <div className="notice notice-warn">
          <p>有 {notice.openObjections} 件异议还没有答复。</p>
        </div>
      )}
      {notice.closedReason && notice.endsOn && (
        <div className="notice notice-warn">
          <p>这份公示已被替代，理由：{notice.closedReason}</p>
        </div>
      )}
      <Section title="名单" note="由审定决定生成，按学段排列，不分先后。">
        {notice.names.map(({ stage, schools }) => (
          <Facts
            key={stage}
            items={[
              {
                label: stage,
                value: schools
                  .map((one) => `${one.schoolName}${quoted(one.brandName)}${one.note && `（${one.note}）`}`)
                  .join('\n'),
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
      <Form.Item name="body" label="正文" rules={[{ required: true }]} extra="“（请填写）”处要填好，才能发布。">
        <LongText most={3000} label="正文" rows={10} />
      </Form.Item>
    </Draft>
  )
}
