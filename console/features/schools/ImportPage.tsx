import './schools.css'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useRef, useState } from 'react'
import { call, type Reply, sentences } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Facts, Figures } from '#console/house/Facts.tsx'
import { Reasons } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { retireSchools } from '#contract/organization.ts'
import { applySchoolList, checkSchoolList, type ListReport } from '#contract/schoolList.ts'
import { listColumns } from '#domain/listColumns.ts'
import { MistakeTable } from './MistakeTable.tsx'
import { PlanTables } from './PlanTables.tsx'

type Applied = Reply<typeof applySchoolList>

function formOf(file: File): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  return form
}

export default function ImportPage() {
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File>()
  const [report, setReport] = useState<ListReport>()
  const [applied, setApplied] = useState<Applied>()
  const [accounts, setAccounts] = useState(true)
  const [refusals, setRefusals] = useState<string[]>([])
  const [busy, setBusy] = useState(false)

  async function check(chosen: File) {
    setFile(chosen)
    setReport(undefined)
    setApplied(undefined)
    setRefusals([])
    setBusy(true)
    try {
      setReport(await call(checkSchoolList, { body: formOf(chosen) }))
    } catch (error) {
      setRefusals(sentences(error))
    } finally {
      setBusy(false)
    }
  }

  async function apply() {
    if (!file || !report) return
    const query = { digest: report.digest, accounts: accounts ? ('yes' as const) : ('no' as const) }
    setApplied(await call(applySchoolList, { query, body: formOf(file) }))
    setReport(undefined)
    await queries.invalidateQueries()
  }

  const clean = report && report.mistakes.length === 0
  const idle = clean && report.added.length === 0 && report.changed.length === 0
  return (
    <Page
      title="导入学校名单"
      crumbs={[{ label: '学校名录', to: '/schools' }]}
      lead="先试读，看清会新增、改动哪些学校，再一次写入。改好名单后可以重复导入。"
      action={
        clean && (
          <Act
            primary
            label="按此导入"
            done="已导入"
            run={apply}
            {...(idle && !accounts ? { reasons: ['名单和现有名录完全一致，没有要写入的内容。'] } : {})}
          />
        )
      }
    >
      <input
        ref={input}
        className="hidden"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept=".csv,.xlsx"
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen) void check(chosen)
        }}
      />
      <p className="list-file">
        <Button type={report || applied ? 'default' : 'primary'} loading={busy} onClick={() => input.current?.click()}>
          {file ? '换一个文件' : '选择名单文件'}
        </Button>
        {file && <span className="quiet">　{file.name}</span>}
      </p>
      <Reasons title="没有读出名单" reasons={refusals} />
      {!file && <Guide />}
      {report && !clean && <MistakeTable mistakes={report.mistakes} rows={report.rows} />}
      {report && clean && (
        <>
          <Figures
            items={[
              { label: '新增', value: report.added.length },
              { label: '改动', value: report.changed.length },
              { label: '不变', value: report.unchanged },
              {
                label: '名单里没有',
                value: report.missing.length,
                note: report.missing.length > 0 ? '不会自动删除' : undefined,
              },
            ]}
          />
          <p className="list-file">
            <Checkbox checked={accounts} onChange={(event) => setAccounts(event.target.checked)}>
              同时为还没有账号的学校建立书记和党务干事账号
            </Checkbox>
          </p>
          <PlanTables report={report} />
        </>
      )}
      {applied && <Done applied={applied} />}
    </Page>
  )
}

function Guide() {
  return (
    <Section title="名单怎样准备" note="第一行是表头，每行一所学校；列的先后不限，名称用下面任意一种写法。">
      <Facts
        items={Object.values(listColumns).map(([title, ...others]) => ({
          label: title,
          value: others.length > 0 ? `也可写作 ${others.join('、')}` : '只用这个写法',
        }))}
      />
      <p className="quiet">
        支持 XLSX，以及 UTF-8、GB18030 编码的 CSV，不超过 5 MB。也可以先从学校名录导出表格，改好再导入。
      </p>
    </Section>
  )
}

function Done({ applied }: { applied: Applied }) {
  const [left, setLeft] = useState(applied.missing)
  return (
    <>
      <Section
        title="导入完成"
        action={
          <span className="list-next">
            <LinkButton to="/contacts">安排联系点分工</LinkButton>
            <LinkButton to="/schools/slips">打印激活单</LinkButton>
          </span>
        }
      >
        <Figures
          items={[
            { label: '新增学校', value: applied.added },
            { label: '改动学校', value: applied.changed },
            { label: '不变', value: applied.unchanged },
            { label: '新建片区', value: applied.zones },
            {
              label: '新建账号',
              value: applied.accountsMade,
              note: applied.accountsKept > 0 ? `原有 ${applied.accountsKept} 个保留` : undefined,
            },
          ]}
        />
      </Section>
      {left.length > 0 && (
        <Section
          title="名单里没有的学校"
          note="这些学校仍在名录里。确实撤并的，请写明理由后移出；记录全部保留。"
          action={
            <Act
              danger
              label={`撤并这 ${left.length} 所`}
              ask={{ label: '撤并的理由', hint: left.map((one) => one.name).join('、') }}
              done="已撤并"
              run={async (reason) => {
                await call(retireSchools, { body: { schoolIds: left.map((one) => one.schoolId), reason } })
                setLeft([])
              }}
            />
          }
        >
          <ul className="plain-list">
            {left.map((one) => (
              <li key={one.schoolId}>{one.name}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
