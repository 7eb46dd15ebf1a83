import { Button, Form } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { call, type StoredFile } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { FormDialogue } from '#console/house/FormDialogue.tsx'
import { LongText } from '#console/house/texts.tsx'
import { StateTag, type Tone } from '#console/house/StateTag.tsx'
import {
  amendFinding,
  dropFinding,
  type FindingItem,
  issueFinding,
  orderFinding,
  replyFinding,
  resumeFinding,
  sendFinding,
  withdrawFinding,
} from '#contract/supervision/finding.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import { type FindingState, findingLife } from '#domain/supervision/findingLife.ts'

const waiting: Record<FindingState, string> = {
  recorded: '等检查人员送达初步意见。',
  preliminary: '初步意见已送达，等学校回复。',
  replied: '学校已回复，等局党工委办出具督查意见。',
  issued: '督查意见已出具，等局党工委办决定是否下达整改。',
  noAction: '',
  ordered: '',
  withdrawn: '',
}

const findingTones: Record<FindingState, Tone> = {
  recorded: 'quiet',
  preliminary: 'warn',
  replied: 'warn',
  issued: 'warn',
  noAction: 'quiet',
  ordered: 'info',
  withdrawn: 'quiet',
}

/** One finding with everything said about it and what this person may do next. */
export function FindingRow({ finding }: { finding: FindingItem }) {
  const { moves } = finding
  const [replying, setReplying] = useState(false)
  // Going on without the school is no step that is waited for.
  const steps = Object.keys(moves).filter((action) => action !== 'amend' && action !== 'withdraw')
  const idle = steps.length > 0 && !steps.some((action) => moves[action]?.length === 0)
  return (
    <div className="panel-row">
      <h2 className="row-title">
        {finding.schoolName} <StateTag label={findingLife.states[finding.state]} tone={findingTones[finding.state]} />
      </h2>
      <FindingFacts finding={finding} />
      {idle && <p className="quiet">{waiting[finding.state]}</p>}
      <FindingActs finding={finding} onReply={() => setReplying(true)} />
      {replying && <Reply finding={finding} onClose={() => setReplying(false)} />}
    </div>
  )
}

function FindingFacts({ finding }: { finding: FindingItem }) {
  return (
    <Facts
      items={[
        { label: '问题', value: finding.content, wide: true },
        { label: '整改类别', value: finding.severity },
        { label: '来自', value: finding.inspectionTitle },
        ...(finding.preliminary ? [{ label: '初步意见', value: finding.preliminary, wide: true }] : []),
        ...(finding.reply ? [{ label: '学校回复', value: finding.reply, wide: true }] : []),
        ...(finding.replyFiles.length > 0
          ? [{ label: '回复的附件', value: <Attachments files={finding.replyFiles} />, wide: true }]
          : []),
        ...(finding.withdrawnReason ? [{ label: '撤回的理由', value: finding.withdrawnReason, wide: true }] : []),
        ...(finding.opinion ? [{ label: '督查意见', value: finding.opinion, wide: true }] : []),
      ]}
    />
  )
}

function FindingActs({ finding, onReply }: { finding: FindingItem; onReply: () => void }) {
  return (
    <div className="page-actions">
      <Opinions finding={finding} onReply={onReply} />
      <Consequences finding={finding} />
      {finding.rectificationId && <Link to={`/rectifications/${finding.rectificationId}`}>看整改通知</Link>}
    </div>
  )
}

/** What is said back and forth until the opinion stands. */
function Opinions({ finding, onReply }: { finding: FindingItem; onReply: () => void }) {
  const { params, seen, may } = movesOf(finding)
  return (
    <>
      {may('send') && (
        <Act
          name={finding.id}
          label="送达初步意见"
          ask={{ label: '初步意见' }}
          run={(preliminary) => call(sendFinding, { params, body: { preliminary, seen } })}
        />
      )}
      {may('reply') && (
        <Button type="primary" aria-haspopup="dialog" onClick={onReply}>
          回复
        </Button>
      )}
      {may('amend') && (
        <Act
          name={finding.id}
          label="不等回复，继续办理"
          ask={{ label: '理由', hint: '写明什么时候催过、学校为什么没有回复。理由显示在学校回复的位置，长期留存。' }}
          done="可以出具意见了"
          run={(reason) => call(amendFinding, { params, body: { reason, seen } })}
        />
      )}
      {may('issue') && (
        <Act
          name={finding.id}
          label="出具意见"
          ask={{ label: '督查意见' }}
          run={(opinion) => call(issueFinding, { params, body: { opinion, seen } })}
        />
      )}
    </>
  )
}

/** What follows from the opinion, or takes the finding back. */
function Consequences({ finding }: { finding: FindingItem }) {
  const { params, seen, may } = movesOf(finding)
  return (
    <>
      {may('order') && (
        <Act
          name={finding.id}
          label="下达整改"
          ending={noWayBack.finding.order}
          primary
          ask={{
            label: '整改要求',
            day: { label: '整改期限（选填）', hint: '不选就从今天起按年度设置的天数计算。' },
          }}
          run={(requirement, dueOn) => call(orderFinding, { params, body: { requirement, dueOn, seen } })}
        />
      )}
      {may('drop') && (
        <Act
          name={finding.id}
          label="不作处理"
          ask={{ label: '理由' }}
          run={(reason) => call(dropFinding, { params, body: { reason, seen } })}
        />
      )}
      {may('resume') && (
        <Act
          name={finding.id}
          label="恢复办理"
          ask={{ label: '理由' }}
          run={(reason) => call(resumeFinding, { params, body: { reason, seen } })}
        />
      )}
      {may('withdraw') && (
        <Act
          name={finding.id}
          label="撤回"
          ending={noWayBack.finding.withdraw}
          danger
          ask={{ label: '撤回的理由', hint: '记错学校或记错内容时用。已经送达的，学校会看到撤回和理由；原文留存。' }}
          run={(reason) => call(withdrawFinding, { params, body: { reason, seen } })}
        />
      )}
    </>
  )
}

const movesOf = ({ id, stamp, moves }: FindingItem) => ({
  params: { id },
  seen: stamp,
  may: (action: string) => moves[action]?.length === 0,
})

function Reply({ finding, onClose }: { finding: FindingItem; onClose: () => void }) {
  const { id, stamp: seen } = finding
  return (
    <FormDialogue<{ reply: string; files?: StoredFile[] }>
      title="回复"
      onClose={onClose}
      name={`finding-reply:${id}`}
      initial={{}}
      saveLabel="回复"
      done="已回复"
      onSave={({ reply, files = [] }) =>
        call(replyFinding, { params: { id }, body: { reply, fileIds: files.map((one) => one.id), seen } })
      }
    >
      <Form.Item
        name="reply"
        label="本校的说明或申辩"
        rules={[{ required: true, whitespace: true }]}
        extra="原文和附件长期留存。"
      >
        <LongText most={3000} label="本校的说明或申辩" rows={6} />
      </Form.Item>
      <Form.Item name="files" label="附件">
        <FileField max={20} camera hint="照片、PDF、Word、Excel 都可以。" />
      </Form.Item>
    </FormDialogue>
  )
}
