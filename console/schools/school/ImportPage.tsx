import './schools.css'
import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Button, Checkbox } from 'antd'
import { useRef, useState } from 'react'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Facts, Figures } from '#console/house/Facts.tsx'
import { Reasons } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { retireSchools } from '#contract/schools/organization.ts'
import type { applySchoolList, ListReport } from '#contract/schools/schoolList.ts'
import { listColumns } from '#domain/schools/listColumns.ts'
import { DoubtTable } from './DoubtTable.tsx'
import { type ListDesk, useListDesk } from './listDesk.ts'
import { MistakeTable } from './MistakeTable.tsx'
import { PlanTables } from './PlanTables.tsx'
import { ReadingParts } from './ReadingParts.tsx'
import { successorChoice } from './successor.ts'

type Applied = Reply<typeof applySchoolList>

export default function ImportPage() {
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const desk = useListDesk(() => readAnew(queries))
  const [accounts, setAccounts] = useState(true)
  const { file, report, applied } = desk
  return (
    <Page
      title="导入学校名单"
      crumbs={[{ label: '学校名录', to: '/schools' }]}
      lead="先试读，看清会新增、改动哪些学校，再一次写入。改好名单后可以重复导入。"
      more={<Button href="/api/school-list/template.xlsx">下载模板</Button>}
      action={
        report && (
          <Act
            primary
            label="按此导入"
            done="已导入"
            run={() => desk.apply(accounts)}
            reasons={against(report, accounts)}
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
        accept=".csv,.txt,.xlsx,.xls,.et,.ods"
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen) desk.choose(chosen)
        }}
      />
      <p className="list-file">
        <Button
          type={report || applied ? 'default' : 'primary'}
          loading={desk.busy}
          onClick={() => input.current?.click()}
        >
          {file ? '换一个文件' : '选择名单文件'}
        </Button>
        {file && <span className="quiet">　{file.name}</span>}
      </p>
      <Reasons title="没有读出名单" reasons={desk.refusals} />
      {!file && <Guide />}
      {report && <Reading desk={desk} report={report} accounts={accounts} setAccounts={setAccounts} />}
      {applied && <Done applied={applied} />}
    </Page>
  )
}

/** Why the list cannot be written as it is. */
function against(report: ListReport, accounts: boolean): string[] {
  const open = report.doubts.filter((one) => !one.accepted).length
  const idle = report.added.length === 0 && report.changed.length === 0 && report.secretaries.length === 0
  return [
    ...(report.mistakes.length > 0 ? [`还有 ${report.mistakes.length} 处要改。`] : []),
    ...(open > 0 ? [`还有 ${open} 处疑点没有确认。`] : []),
    ...(idle && !accounts && report.mistakes.length === 0 ? ['名单和现有名录完全一致，没有要写入的内容。'] : []),
  ]
}

function Reading(props: {
  desk: ListDesk
  report: ListReport
  accounts: boolean
  setAccounts: (yes: boolean) => void
}) {
  const { desk, report } = props
  return (
    <>
      <ReadingParts desk={desk} report={report} />
      {report.mistakes.length > 0 && <MistakeTable desk={desk} report={report} />}
      {report.doubts.length > 0 && <DoubtTable desk={desk} report={report} />}
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
        <Checkbox checked={props.accounts} onChange={(event) => props.setAccounts(event.target.checked)}>
          同时为还没有账号的学校建立书记和党务干事账号
        </Checkbox>
      </p>
      {report.secretaries.length > 0 && <Secretaries desk={desk} report={report} />}
      <PlanTables report={report} />
    </>
  )
}

/** Who signed for a school until now and is named no more: their post ends only when the office says so. */
function Secretaries({ desk, report }: { desk: ListDesk; report: ListReport }) {
  return (
    <Section
      title={`书记有变动　${report.secretaries.length}`}
      note="名单里的书记和现有账号不是同一人。不勾选的话，原来的账号仍能代表学校签报。"
    >
      <ul className="plain-list">
        {report.secretaries.map((one) => (
          <li key={`${one.schoolId}-${one.from}`}>
            {one.school}：{one.from} → {one.to === '' ? '空缺' : one.to}
          </li>
        ))}
      </ul>
      <p className="list-file">
        <Checkbox
          checked={desk.choices.replaceSecretaries}
          onChange={(event) => desk.replaceSecretaries(event.target.checked)}
        >
          撤销原书记的岗位，为新任书记建立账号（导入后打印激活单）
        </Checkbox>
      </p>
    </Section>
  )
}

function Guide() {
  return (
    <Section
      title="名单怎样准备"
      note="每行一所学校；表头在第几行、列的先后都不限，多余的列、标题、合计和空行会跳过。列名用下面任意一种写法，读不准的可以在试读后指明。"
    >
      <Facts
        items={Object.values(listColumns).map(([title, ...others]) => ({
          label: title,
          value: others.length > 0 ? `也可写作 ${others.join('、')}` : '只用这个写法',
        }))}
      />
      <p className="quiet">
        支持 XLSX、XLS、ET、ODS 和 CSV，不超过 5 MB；有几张表都会读。也可以先从学校名录导出表格，改好再导入。
      </p>
    </Section>
  )
}

function Done({ applied }: { applied: Applied }) {
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
      {applied.missing.length > 0 && <Missing schools={applied.missing} />}
    </>
  )
}

/** Schools that the list does not name; only those that are ticked go, each act with its reason. */
function Missing({ schools }: { schools: Applied['missing'] }) {
  const [left, setLeft] = useState(schools)
  const [chosen, setChosen] = useState<string[]>([])
  if (left.length === 0) return null
  return (
    <Section
      title="名单里没有的学校"
      note="这些学校仍在名录里。确实撤并的请勾选，写明理由后移出；记录全部保留。"
      action={
        <Act
          danger
          label={chosen.length === 0 ? '撤并勾选的学校' : `撤并勾选的 ${chosen.length} 所`}
          reasons={chosen.length === 0 ? ['请先勾选确实撤并的学校。'] : []}
          ask={{
            label: '撤并的理由',
            hint: left
              .filter((one) => chosen.includes(one.schoolId))
              .map((one) => one.name)
              .join('、'),
            choice: successorChoice(chosen),
          }}
          done="已撤并"
          run={async (reason, _day, { choice }) => {
            await call(retireSchools, { body: { schoolIds: chosen, reason, successorId: choice ?? null } })
            setLeft(left.filter((one) => !chosen.includes(one.schoolId)))
            setChosen([])
          }}
        />
      }
    >
      <Checkbox.Group
        className="list-missing"
        value={chosen}
        onChange={setChosen}
        options={left.map((one) => ({ value: one.schoolId, label: one.name }))}
      />
    </Section>
  )
}
