import { Checkbox, Select } from 'antd'
import { useState } from 'react'
import {
  admitObjection,
  amendReply,
  askSchool,
  assignObjection,
  decideObjection,
  dismissObjection,
  reassignObjection,
  replyObjection,
  restoreObjection,
  sendBackObjection,
} from '#contract/award/objection.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { Line } from '#console/house/texts.tsx'
import { showDate, showTime } from '#console/house/Timeline.tsx'
import { objectionLife, type ObjectionState } from '#domain/award/objectionLife.ts'
import { pickable } from './ObjectionsPage.tsx'
import { type Handlers, type Objection } from './queries.ts'

const texts = [
  ['admit', '受理', '受理意见', admitObjection],
  ['dismiss', '不予受理', '不予受理的理由，提出人看得到', dismissObjection],
  ['decide', '作出结论', '核查结论和理由', decideObjection],
  ['sendBack', '退回重查', '退回核查人的理由', sendBackObjection],
  ['reply', '答复', '给提出人的答复', replyObjection],
  ['amendReply', '更正答复', '更正后的答复，原答复留存', amendReply],
  ['restore', '恢复办理', '为什么不是灌水', restoreObjection],
  ['askSchool', '请学校说明', '请学校说明什么；不要写出提出人', askSchool],
] as const

export function OneObjection({
  objection,
  handlers,
  chosen,
  choose,
}: {
  objection: Objection
  handlers: Handlers
  chosen: boolean
  choose: (on: boolean) => void
}) {
  const { id, moves, updatedAt: seen } = objection
  return (
    <Section title={objection.schoolName ?? '不针对某一所学校'} note={objection.noticeTitle}>
      {pickable(objection) && (
        <Checkbox checked={chosen} onChange={(event) => choose(event.target.checked)}>
          选中
        </Checkbox>
      )}
      <Said objection={objection} />
      <div className="page-actions">
        {texts.map(
          ([action, label, question, endpoint]) =>
            moves[action]?.length === 0 && (
              <Act
                name={objection.id}
                key={action}
                label={label}
                ask={{ label: question }}
                run={(text) => call(endpoint, { params: { id }, body: { text, seen } })}
              />
            ),
        )}
        {moves['assign']?.length === 0 && <Assign objection={objection} handlers={handlers} />}
        {moves['reassign']?.length === 0 && <Assign objection={objection} handlers={handlers} again />}
      </div>
    </Section>
  )
}

function Said({ objection }: { objection: Objection }) {
  const from = objection.name ? `${objection.name}，${objection.phone}` : '匿名，凭回执看答复'
  return (
    <Facts
      items={[
        {
          label: '状态',
          value: (
            <StateTag
              label={objectionLife.states[objection.state as ObjectionState]}
              tone={objection.state === 'replied' ? 'ok' : objection.state === 'junk' ? 'quiet' : 'warn'}
            />
          ),
        },
        { label: '收到', value: showTime(objection.receivedAt) },
        {
          label: '答复期限',
          value: objection.dueOn && `${showDate(objection.dueOn)}${objection.overdue ? '，已超过' : ''}`,
        },
        { label: '提出人', value: from },
        { label: '提示', value: objection.crowded && '同一网络短时间内大量提交' },
        { label: '核查人', value: objection.handlerName },
        { label: '内容', value: objection.content, wide: true },
        { label: '受理意见', value: objection.admission, wide: true },
        {
          label: '列为灌水',
          value: objection.junkReason && `${objection.junkAskedByName ?? ''}：${objection.junkReason}`,
          wide: true,
        },
        { label: '请学校说明', value: objection.schoolAsked, wide: true },
        { label: '学校说明', value: objection.schoolAnswer, wide: true },
        { label: '结论', value: objection.decision, wide: true },
        { label: '答复', value: objection.reply, wide: true },
        {
          label: '经过',
          value: objection.steps
            .map((one) => `${showTime(one.at)}　${one.who}　${one.action}${one.text && `：${one.text}`}`)
            .join('\n'),
          wide: true,
        },
      ]}
    />
  )
}

function Assign({ objection, handlers, again }: { objection: Objection; handlers: Handlers; again?: boolean }) {
  const [handlerId, choose] = useState<string>()
  const [reason, say] = useState('')
  const { id, updatedAt: seen } = objection
  const lacks = [
    ...(handlerId ? [] : ['请先选择核查人。']),
    ...(again && reason.trim() === '' ? ['请写明改派的理由。'] : []),
  ]
  return (
    <>
      <Select
        aria-label="核查人"
        placeholder={again ? '改派给' : '选择核查人'}
        style={{ minWidth: 160 }}
        options={handlers
          .filter((one) => one.personId !== objection.handlerId)
          .map((one) => ({ value: one.personId, label: one.name }))}
        onChange={choose}
      />
      {again && (
        <Line
          most={500}
          label="改派的理由"
          aria-label="改派的理由"
          placeholder="改派的理由"
          style={{ maxWidth: 240 }}
          value={reason}
          onChange={(event) => say(event.target.value)}
        />
      )}
      <Act
        label={again ? '改派核查人' : '指定核查人'}
        reasons={lacks}
        run={() =>
          again
            ? call(reassignObjection, { params: { id }, body: { handlerId: handlerId ?? '', reason, seen } })
            : call(assignObjection, { params: { id }, body: { handlerId: handlerId ?? '', seen } })
        }
      />
    </>
  )
}
