import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Modal } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import {
  amendConferral,
  askRestoration,
  askRevocation,
  conferAwards,
  draftAnnouncement,
} from '#contract/award/award.ts'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { useYear } from '#console/house/year.tsx'
import { Section } from '#console/house/Page.tsx'
import { Line, LongText } from '#console/house/texts.tsx'
import { outcomeWords } from '#domain/year/outcome.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import type { Naming } from './queries.ts'

interface ConferralForm {
  documentNumber: string
  conferredOn: string
  issuer?: string
}

function ConferralFields({ naming }: { naming: Naming }) {
  const words = outcomeWords(naming.outcomeKind)
  return (
    <>
      <Form.Item
        name="documentNumber"
        label={words.documentNumber}
        rules={[{ required: true }]}
        extra="例如：演教党〔2026〕12号"
      >
        <Line most={60} label={words.documentNumber} />
      </Form.Item>
      <Form.Item name="conferredOn" label={words.givenOn} rules={[{ required: true }]}>
        <DateField />
      </Form.Item>
      {words.certificate && (
        <Form.Item name="issuer" label="颁发单位" extra={`印在证书落款处；不填就是${naming.bureauName}。`}>
          <Line most={60} label="颁发单位" />
        </Form.Item>
      )}
    </>
  )
}

export function Confer({ naming }: { naming: Naming }) {
  const year = useYear()
  const queries = useQueryClient()
  const words = outcomeWords(naming.outcomeKind)
  if (naming.conferReasons.length > 0)
    return (
      <Section title={words.give}>
        <ul className="plain-list">
          {naming.conferReasons.map((reason) => (
            <li key={reason.message}>{reason.message}</li>
          ))}
        </ul>
      </Section>
    )
  const note = words.certificate
    ? `登记${words.documentNumber}，系统为每所学校生成证书编号和查验二维码。`
    : `登记${words.documentNumber}和日期，名单即在公示页上公布。`
  const final = noWayBack.application.notAward
  return (
    <Section title={words.give} note={note + final}>
      <Draft<ConferralForm>
        name={`confer:${naming.cycleId}`}
        initial={{}}
        saveLabel={words.give}
        done={words.certificate ? `${words.given}，证书已生成` : words.given}
        onSave={async (values) => {
          await call(conferAwards, { query: { year }, body: { ...values, seen: naming.seen } })
          await readAnew(queries)
        }}
      >
        <ConferralFields naming={naming} />
      </Draft>
    </Section>
  )
}

/** The decision, the recognition or the circular as the public reads it. */
export function Announce({ naming }: { naming: Naming }) {
  const year = useYear()
  const go = useNavigate()
  return (
    <Section
      title="在门户公布"
      note="按公布的结果起草一份通知公告：文号、名单按学段排列。改好以后在“经验文章”里发布，显示在门户的“公示公告”下。"
    >
      <Act
        label="起草公告"
        done="已起草，请核对后发布"
        run={async (_text, _day, held) => {
          const { id } = await call(draftAnnouncement, {
            query: { year },
            body: { seen: naming.seen },
            once: held.id,
          })
          await go(`/articles/${id}`)
        }}
      />
    </Section>
  )
}

type Award = Naming['awards'][number]

/** What can be done about one award: correct its paper, ask to take it back, or ask to undo that. */
export function AwardActs({ award, naming }: { award: Award; naming: Naming }) {
  const words = outcomeWords(naming.outcomeKind)
  const params = { id: award.id }
  const seen = award.updatedAt
  return (
    <>
      {award.state === 'conferred' && <Amend award={award} naming={naming} />}
      {award.moves['revoke']?.length === 0 && (
        <Act
          name={award.id}
          label={words.revoke}
          danger
          size="small"
          done="已提出，等另一人确认"
          ask={{ label: '撤销理由', hint: '由局党工委办另一人或分包领导确认后生效，理由会公开显示。' }}
          run={(reason) => call(askRevocation, { params, body: { reason, seen } })}
        />
      )}
      {award.moves['restore']?.length === 0 && (
        <Act
          name={award.id}
          label="更正撤销"
          size="small"
          done="已提出，等另一人确认"
          ask={{ label: '为什么撤销错了', hint: '由另一人确认后恢复，证书重新有效。' }}
          run={(reason) => call(askRestoration, { params, body: { reason, seen } })}
        />
      )}
    </>
  )
}

function Amend({ award, naming }: { award: Award; naming: Naming }) {
  const [open, setOpen] = useState(false)
  const queries = useQueryClient()
  const words = outcomeWords(naming.outcomeKind)
  const same = naming.awards.filter(
    (one) =>
      one.state === 'conferred' && one.documentNumber === award.documentNumber && one.conferredOn === award.conferredOn,
  )
  return (
    <>
      <button type="button" className="link" onClick={() => setOpen(true)}>
        更正文号
      </button>
      <Modal
        open={open}
        title={`更正${words.documentNumber}、${words.givenOn}`}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>
          同一批公布的 {same.length} 所一起更正；
          {words.certificate ? '证书编号不变，更正前的内容和理由在查验页上看得到。' : '更正前的内容留存。'}
        </p>
        <Draft<ConferralForm & { reason: string }>
          name={`amend:${award.id}`}
          initial={{ documentNumber: award.documentNumber ?? '', conferredOn: award.conferredOn ?? '' }}
          seen={award.updatedAt}
          saveLabel="更正"
          done="已更正"
          onSave={async (values, _form, { seen }) => {
            await call(amendConferral, { params: { id: award.id }, body: { ...values, seen } })
            setOpen(false)
            await readAnew(queries)
          }}
        >
          <ConferralFields naming={naming} />
          <Form.Item name="reason" label="更正的理由" rules={[{ required: true }]}>
            <LongText most={500} label="更正的理由" rows={2} />
          </Form.Item>
        </Draft>
      </Modal>
    </>
  )
}
