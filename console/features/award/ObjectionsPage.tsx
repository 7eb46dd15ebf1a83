import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import {
  admitObjection,
  assignObjection,
  decideObjection,
  dismissObjection,
  listHandlers,
  listObjections,
  replyObjection,
} from '#contract/award.ts'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { useHolds } from '#console/me.ts'
import { objectionLife } from '#domain/lifecycles/objection.ts'

type Objection = Reply<typeof listObjections>['items'][number]

export default function ObjectionsPage() {
  const office = useHolds('office')
  const objections = useQuery({
    queryKey: ['objections'],
    queryFn: ({ signal }) => call(listObjections, { query: { size: 200 } }, signal),
  })
  const handlers = useQuery({
    queryKey: ['handlers'],
    queryFn: ({ signal }) => call(listHandlers, {}, signal),
    enabled: office,
  })
  return (
    <Page
      years="every"
      title="异议"
      lead="收到后先受理，再指定核查人；核查人写明结论，由局党工委办答复。公示要等全部答复后才能结束。"
    >
      <Loaded query={objections}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="没有异议" hint="公示期间收到的异议会出现在这里。" />
          ) : (
            items.map((one) => <One key={one.id} objection={one} handlers={handlers.data ?? []} />)
          )
        }
      </Loaded>
    </Page>
  )
}

function One({ objection, handlers }: { objection: Objection; handlers: Reply<typeof listHandlers> }) {
  const { id, moves } = objection
  const texts = [
    ['admit', '受理', '受理意见', admitObjection],
    ['dismiss', '不予受理', '不予受理的理由', dismissObjection],
    ['decide', '作出结论', '核查结论和理由', decideObjection],
    ['reply', '答复', '给提出人的答复', replyObjection],
  ] as const
  return (
    <Section title={objection.schoolName ?? '不针对某一所学校'} note={objection.noticeTitle}>
      <Facts
        items={[
          {
            label: '状态',
            value: (
              <StateTag
                label={objectionLife.states[objection.state as keyof typeof objectionLife.states]}
                tone={objection.state === 'replied' ? 'ok' : 'warn'}
              />
            ),
          },
          { label: '收到', value: showTime(objection.receivedAt) },
          { label: '提出人', value: `${objection.name}，${objection.phone}` },
          { label: '核查人', value: objection.handlerName },
          { label: '内容', value: objection.content, wide: true },
          { label: '受理意见', value: objection.admission, wide: true },
          { label: '结论', value: objection.decision, wide: true },
          { label: '答复', value: objection.reply, wide: true },
        ]}
      />
      <div className="page-actions">
        {texts.map(
          ([action, label, question, endpoint]) =>
            moves[action]?.length === 0 && (
              <Act
                key={action}
                label={label}
                ask={{ label: question }}
                run={(text) => call(endpoint, { params: { id }, body: { text } })}
              />
            ),
        )}
        {moves['assign']?.length === 0 && <Assign id={id} handlers={handlers} />}
      </div>
    </Section>
  )
}

function Assign({ id, handlers }: { id: string; handlers: Reply<typeof listHandlers> }) {
  const [handlerId, choose] = useState<string>()
  return (
    <>
      <Select
        aria-label="核查人"
        placeholder="选择核查人"
        style={{ minWidth: 160 }}
        options={handlers.map((one) => ({ value: one.personId, label: one.name }))}
        onChange={choose}
      />
      <Act
        label="指定核查人"
        reasons={handlerId ? [] : ['请先选择核查人。']}
        run={() => call(assignObjection, { params: { id }, body: { handlerId: handlerId ?? '' } })}
      />
    </>
  )
}
