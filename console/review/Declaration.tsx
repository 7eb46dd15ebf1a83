import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Button, Radio } from 'antd'
import { LongText } from '#console/house/texts.tsx'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call, sentences } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Reasons } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { announce } from '#console/house/announce.ts'
import { declareSheet, recuseSheet } from '#contract/review/sheet.ts'
import { askedKinds, recusalKinds } from '#domain/review/panel.ts'
import { reviewKeys, type Sheet } from './queries.ts'

type Asked = (typeof askedKinds)[number]

/** Asked before anything of the dossier is shown (rule 9). */
export function Declaration({ sheet }: { sheet: Sheet }) {
  if (sheet.state !== 'assigned' || !sheet.moves['declare'])
    return <p>评审专家尚未声明有无利害关系，申报材料和评分还没有打开。</p>
  const conflict = sheet.moves['declare'].find((one) => one.code === 'conflictOfInterest')
  if (sheet.moves['declare'].length > 0 && !conflict) return <p>只有分配到的评审专家本人可以声明。</p>
  return (
    <div className="declaration">
      <Section title="评分前，请先确认" note="声明之前不显示申报材料。同一所学校只需声明一次。">
        <p>对{sheet.schoolName}，您有没有以下情形：</p>
        <ul className="plain-list">
          {Object.entries(recusalKinds).map(([kind, label]) => (
            <li key={kind}>{label}</li>
          ))}
        </ul>
        <div className="declaration-act">
          <Act
            label="我没有以上情形，开始评分"
            primary
            reasons={sheet.moves['declare']}
            done="已声明，可以评分"
            run={() => call(declareSheet, { params: { id: sheet.id }, body: { seen: sheet.updatedAt } })}
          />
        </div>
      </Section>
      <Recuse sheet={sheet} />
    </div>
  )
}

/** After recusing the sheet no longer exists for the reviewer, so the way leads back to the list. */
export function Recuse({ sheet }: { sheet: Sheet }) {
  const go = useNavigate()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<Asked>()
  const [reason, setReason] = useState('')
  const [reasons, setReasons] = useState<string[]>([])

  async function send() {
    if (!kind) return setReasons(['请选择属于哪种情形。'])
    try {
      await call(recuseSheet, { params: { id: sheet.id }, body: { kind, reason, seen: sheet.updatedAt } })
      announce('已回避，这所学校不再出现在您的评审里')
      await go('/sheets')
      queries.removeQueries({ queryKey: reviewKeys.everySheet })
      await readAnew(queries)
    } catch (error) {
      setReasons(sentences(error))
    }
  }

  if (!open)
    return (
      <button type="button" className="link" onClick={() => setOpen(true)}>
        有利害关系，申请回避
      </button>
    )
  return (
    <Section title="申请回避" note="回避后，您看不到这所学校的申报材料和评分；区教育局会另行安排。">
      <Reasons title="还不能提交" reasons={reasons} />
      <Radio.Group
        className="recuse-kinds"
        aria-label="属于哪种情形"
        value={kind}
        onChange={(event) => setKind(event.target.value)}
        options={askedKinds.map((value) => ({ value, label: recusalKinds[value] }))}
      />
      <div className="ask">
        <label htmlFor="recuse-reason">具体情况</label>
        <LongText
          most={300}
          id="recuse-reason"
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <Button onClick={() => void send()}>确认回避</Button>
    </Section>
  )
}
