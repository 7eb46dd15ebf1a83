import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Draft } from '#console/house/Draft.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { deleteCycle, grantGrace, openCycle, reopenCycle } from '#contract/year/cycle.ts'
import { outcomeKinds } from '#domain/year/cycle.ts'
import { CloseYear } from './CloseYear.tsx'
import { settingLabels } from './settingLabels.ts'
import { cycleTone } from './tone.ts'
import { quoted } from '#domain/base/text.ts'
import { type CycleDetail, useCycle } from '../queries.ts'

export default function CyclePage() {
  const { id = '' } = useParams()
  const go = useNavigate()
  const detail = useCycle(id)
  const data = detail.data
  return (
    <Page
      title={data?.cycle.title ?? '年度'}
      crumbs={[{ label: '年度', to: '/cycles' }]}
      state={data && <StateTag label={data.cycle.stateLabel} tone={cycleTone(data.cycle.state)} />}
      lead={data?.cycle.awardTitle}
      action={data && <MainAction detail={data} />}
      more={
        data?.moves['edit'] && (
          <>
            <Act
              label="删除这个年度"
              reasons={data.moves['delete']}
              confirm={`删除${quoted(data.cycle.title)}。建错了才需要删除，删除以后不能恢复；只是年份写错，请用“修改设置”。`}
              done="年度已删除"
              run={async () => {
                await call(deleteCycle, { params: { id } })
                await go('/cycles')
              }}
            />
            <LinkButton to={`/cycles/${id}/edit`}>修改设置</LinkButton>
          </>
        )
      }
    >
      <Loaded query={detail}>{(one) => <CycleParts detail={one} />}</Loaded>
    </Page>
  )
}

function MainAction({ detail: { cycle, moves, unfinished } }: { detail: CycleDetail }) {
  const params = { id: cycle.id }
  if (moves['open'])
    return (
      <Act
        primary
        label="开启年度"
        reasons={moves['open']}
        confirm="开启以后，标准、时间、名额和各项设置都会锁定，学校可以开始填报。确定开启？"
        done="年度已开启"
        run={() => call(openCycle, { params, body: { seen: cycle.updatedAt } })}
      />
    )
  if (moves['close']) return <CloseYear cycle={cycle} reasons={moves['close']} unfinished={unfinished} />
  if (moves['reopen'])
    return (
      <Act
        label="重新开启"
        reasons={moves['reopen']}
        ask={{
          label: '重新开启的理由',
          hint: '各校方案恢复执行，没有办完的事可以接着办。申报时间不变，需要时再给宽限。理由记入审计日志。',
        }}
        done="年度已重新开启"
        run={(reason) => call(reopenCycle, { params, body: { reason } })}
      />
    )
  return null
}

function CycleParts({ detail }: { detail: CycleDetail }) {
  const [granting, setGranting] = useState(false)
  const { cycle, standard, warnings, moves } = detail
  const barred = moves['open'] ?? []
  const window = `${showDate(cycle.applyFrom)} 至 ${showDate(cycle.applyUntil)}`
  return (
    <>
      {barred.length > 0 && (
        <div className="notice notice-warn">
          <p className="notice-title">开启之前还要办</p>
          <ul>
            {barred.map((one) => (
              <li key={one.message}>
                {one.message} {one.href && <Link to={one.href.replace(/^\/console/, '')}>去办</Link>}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Section
        title="依据"
        action={moves['basis'] && <LinkButton to={`/cycles/${cycle.id}/basis`}>填写依据</LinkButton>}
      >
        {warnings.length > 0 && (
          <div className="notice notice-warn">
            <p className="notice-title">依据还不全，请尽快补上</p>
            <ul>
              {warnings.map((one) => (
                <li key={one.message}>{one.message}</li>
              ))}
            </ul>
          </div>
        )}
        <Facts
          items={[
            { label: '依据文件', value: cycle.basisTitle },
            { label: '文号', value: cycle.basisNumber },
            { label: '备案号', value: cycle.filingNumber },
            { label: '批准文号', value: cycle.approvalNumber },
            { label: '告知学校', value: cycle.toldOn && showDate(cycle.toldOn) },
          ]}
        />
      </Section>
      <Section
        title="时间"
        action={
          moves['grace'] && (
            <Button onClick={() => setGranting(true)}>{cycle.graceUntil ? '再宽限' : '宽限申报时间'}</Button>
          )
        }
      >
        <Facts
          items={[
            { label: '方案提交期限', value: cycle.planUntil ? showDate(cycle.planUntil) : '不限' },
            { label: '申报时间', value: window },
            ...(cycle.reopenReason ? [{ label: '重新开启过', value: `理由：${cycle.reopenReason}` }] : []),
            ...(cycle.graceUntil
              ? [
                  {
                    label: '宽限',
                    value: `全体学校宽限到 ${showDate(cycle.graceUntil)}。理由：${cycle.graceReason ?? ''}`,
                  },
                ]
              : []),
          ]}
        />
      </Section>
      <Section title="标准和名额">
        <Facts
          items={[
            {
              label: '评估标准',
              value: standard && (
                <Link to={`/standards/${standard.id}`}>{`${standard.title}（第 ${standard.version} 版）`}</Link>
              ),
            },
            { label: '结果的形式', value: outcomeKinds[cycle.outcomeKind] },
            { label: '等次', value: cycle.settings.grades.join('、') },
            { label: '收到的意见', value: cycle.settings.commentsFirstJudged ? '先审后发' : '立即公开' },
            ...settingLabels.map(({ key, label, unit }) => ({ label, value: `${cycle.settings[key]} ${unit}` })),
          ]}
        />
      </Section>
      {granting && <GraceDialog id={cycle.id} close={() => setGranting(false)} />}
    </>
  )
}

function GraceDialog({ id, close }: { id: string; close: () => void }) {
  const queries = useQueryClient()
  return (
    <Modal open title="宽限申报时间" footer={null} onCancel={close} destroyOnHidden>
      <p>对全体学校一样，理由会公开给各校，并记入审计日志。</p>
      <Draft<{ until: string; reason: string }>
        name={`grace:${id}`}
        initial={{}}
        saveLabel="宽限"
        done="已宽限"
        onSave={async (body, _form, held) => {
          await call(grantGrace, { params: { id }, body, once: held.id })
          await readAnew(queries)
          close()
        }}
      >
        <Form.Item name="until" label="宽限到（含当天）" rules={[{ required: true }]}>
          <DateField />
        </Form.Item>
        <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true, max: 200 }]}>
          <Input.TextArea rows={3} />
        </Form.Item>
      </Draft>
    </Modal>
  )
}
