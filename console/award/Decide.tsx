import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Modal, Select } from 'antd'
import { Link } from 'react-router'
import { decideResult } from '#contract/award/award.ts'
import { call, Refused, type StoredFile } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { FileField } from '#console/house/FileField.tsx'
import { Section } from '#console/house/Page.tsx'
import { Line, LongText } from '#console/house/texts.tsx'
import { skippedBy } from '#domain/award/award.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { showFixed } from '#domain/base/score.ts'
import { quoted } from '#domain/base/text.ts'
import type { Naming } from './queries.ts'

interface DecisionForm {
  heldOn: string
  attendees: string
  minutes: string
  chosen?: Record<string, string[]>
  skipReason?: string
  files?: StoredFile[]
}

const SHOWN = 'shown'

/** The decision of the meeting: whom it chose, in the order of places with the line of the quota, asked once more before it counts. */
export function Decide({ naming, resultId }: { naming: Naming; resultId: string }) {
  const queries = useQueryClient()
  const [modal, holder] = Modal.useModal()
  const words = outcomeWords(naming.outcomeKind)
  const chosenOf = (values: DecisionForm) =>
    Object.entries(values.chosen ?? {}).flatMap(([grade, ids]) =>
      (ids ?? []).map((applicationId) => ({ applicationId, grade: words.graded ? grade : '' })),
    )
  const skipped = (values: DecisionForm) =>
    skippedBy({
      ranked: naming.candidates,
      chosen: chosenOf(values),
      breached: naming.candidates.filter((one) => one.breached).map((one) => one.schoolName),
      graded: words.graded,
    })

  async function save(values: DecisionForm) {
    const chosen = chosenOf(values)
    const names = chosen.map(({ applicationId, grade }) => {
      const one = naming.candidates.find((candidate) => candidate.applicationId === applicationId)
      return [one?.schoolName, grade].filter(Boolean).join('　')
    })
    const left = skipped(values).map((one) => one.schoolName)
    const agreed = await modal.confirm({
      title: '登记审定决定',
      okText: '确认登记',
      cancelText: '再看看',
      content: <Agreement proposed={words.proposed} names={names} skipped={left} />,
    })
    if (!agreed) throw stay()
    const { heldOn, attendees, minutes, skipReason = '', files = [] } = values
    const fileIds = files.map((one) => one.id)
    await call(decideResult, {
      params: { id: resultId },
      body: { heldOn, attendees, minutes, skipReason, fileIds, grades: chosen, seen: naming.seen },
    })
    await readAnew(queries)
  }

  return (
    <Section title="登记审定决定" note={<Quota naming={naming} />}>
      {holder}
      <Draft<DecisionForm>
        name={`decide:${resultId}:${naming.decisions.length}`}
        initial={{ chosen: {} }}
        saveLabel="登记决定"
        done="已登记审定决定"
        onSave={save}
      >
        <MeetingFields since={naming.result?.sealedOn} />
        <ChosenFields naming={naming} />
      </Draft>
    </Section>
  )
}

function Quota({ naming }: { naming: Naming }) {
  const words = outcomeWords(naming.outcomeKind)
  const left = naming.quota.most - naming.quota.held
  return (
    <>
      名额：{naming.quota.reason}
      {naming.quota.held > 0 && `已公布 ${naming.quota.held} 所，还可以增补 ${Math.max(0, left)} 所。`}
      {words.graded && (
        <>
          得分的来历见<Link to="/ranking">评审结果</Link>。
        </>
      )}
    </>
  )
}

/** What is about to be put on record, asked once more. */
function Agreement(props: { proposed: string; names: readonly string[]; skipped: readonly string[] }) {
  const { proposed, names, skipped } = props
  return (
    <>
      <p>{names.length > 0 ? `${proposed} ${names.length} 所：` : '不增补学校，已公布的不变。'}</p>
      <ul className="plain-list">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      {skipped.length > 0 && <p>名次在前而没有选：{skipped.join('、')}。</p>}
      <p>登记以后由另一人对照纪要确认，再发布公示。登记错了，可以用“更正审定”写明理由重来。</p>
    </>
  )
}

function MeetingFields({ since }: { since: string | null | undefined }) {
  return (
    <>
      <Form.Item name="heldOn" label="会议日期" rules={[{ required: true }]}>
        <DateField {...(since ? { min: since } : {})} />
      </Form.Item>
      <Form.Item name="attendees" label="参会人员" rules={[{ required: true }]}>
        <Line most={500} label="参会人员" />
      </Form.Item>
      <Form.Item name="minutes" label="会议纪要" rules={[{ required: true }]}>
        <LongText most={3000} label="会议纪要" rows={4} />
      </Form.Item>
      <Form.Item name="files" label="纪要附件" extra="会议纪要、签到表等的扫描件或文档，选填，最多 5 份。">
        <FileField max={5} />
      </Form.Item>
    </>
  )
}

function ChosenFields({ naming }: { naming: Naming }) {
  const words = outcomeWords(naming.outcomeKind)
  const left = naming.quota.most - naming.quota.held
  const ordered = words.graded ? naming.candidates.toSorted((a, b) => a.place - b.place) : naming.candidates
  const grades = words.graded ? naming.grades : [SHOWN]
  return (
    <>
      {grades.map((grade) => (
        <Form.Item
          key={grade}
          name={['chosen', grade]}
          label={words.graded ? `${words.proposed}${quoted(grade)}的学校` : `${words.proposed}的学校`}
        >
          <Select
            mode="multiple"
            optionFilterProp="label"
            placeholder="点开选择，可输入校名查找"
            options={optionsOf(ordered, left, words.graded)}
          />
        </Form.Item>
      ))}
      {words.graded && (
        <Form.Item
          name="skipReason"
          label="没有按名次选的理由"
          extra="名次在前的学校没有选、选了名次在后的，要写明。按名次选的不用填。"
        >
          <LongText most={1000} label="没有按名次选的理由" rows={2} />
        </Form.Item>
      )}
    </>
  )
}

const stay = () =>
  new Refused(409, { code: 'stateChanged', message: '没有登记，您填写的内容还在本页。', reasons: [], requestId: '' })

/** Place, points and the line of the quota stand inside the bureau only; a year of showing results has none of them. */
function optionsOf(ordered: Naming['candidates'], left: number, graded: boolean) {
  return ordered.map((one, at) => {
    const name = `${one.schoolName}（${one.stage}）${one.brandName}`
    const barred = one.breached ? '　有资格前置情形，不能选' : ''
    const place = `第 ${one.place} 名　${showFixed(one.total)} 分　${at < left ? '名额以内' : '名额以外'}　`
    return { value: one.applicationId, label: `${graded ? place : ''}${name}${barred}`, disabled: one.breached }
  })
}
