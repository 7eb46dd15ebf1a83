import { useNavigate } from 'react-router'
import { draftApplication, readOwnApplication } from '#contract/application/application.ts'
import { useYear } from '#console/house/year.tsx'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { applicationLife } from '#domain/application/applicationLife.ts'
import { Eligibility } from './Eligibility.tsx'
import { useOwnApplication } from '../queries.ts'

export default function ApplyPage() {
  const year = useYear()
  const own = useOwnApplication(year)
  if (own.data) return <Shown own={own.data} />
  return (
    <Page years="one" title="申报">
      <Loaded query={own}>{() => null}</Loaded>
    </Page>
  )
}

function Shown({ own }: { own: Reply<typeof readOwnApplication> }) {
  const go = useNavigate()
  const open = own.eligibility.filter((point) => !point.met).length
  return (
    <Page
      years="one"
      title="申报"
      state={
        own.state && (
          <StateTag label={applicationLife.states[own.state as keyof typeof applicationLife.states]} tone="info" />
        )
      }
      lead={`${own.cycleTitle}，申报时间 ${showDate(own.applyFrom)} 至 ${showDate(own.graceUntil ?? own.applyUntil)}${own.completeUntil ? `；本校补充材料到 ${showDate(own.completeUntil)}` : ''}，以服务器时间为准。`}
      action={
        own.applicationId ? (
          <LinkButton primary to={`/applications/${own.applicationId}`}>
            {own.state === 'draft' ? '继续填写申报' : '查看申报'}
          </LinkButton>
        ) : (
          <Act
            label="起草申报"
            primary
            run={async (_text, _day, held) => {
              const { id } = await call(draftApplication, { once: held.id })
              await go(`/applications/${id}`)
            }}
          />
        )
      }
    >
      {(own.state === null || own.state === 'draft' ? own.windowReasons : []).map((reason) => (
        <div key={reason.message} className="notice">
          <p>{reason.message}草稿可以先写好。</p>
        </div>
      ))}
      <Section title="申报条件" note={open === 0 ? '条件都已达到。' : `还有 ${open} 项没有达到；补齐后由书记提交。`}>
        <Eligibility points={own.eligibility} links />
      </Section>
    </Page>
  )
}
