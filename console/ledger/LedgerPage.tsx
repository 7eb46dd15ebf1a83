import './ledger.css'
import { participantKinds, tagLabels } from '#domain/ledger/entryContent.ts'
import { entryLife } from '#domain/ledger/entryLife.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { ListTable } from '#console/house/ListTable.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { useHolds, useMe } from '#console/me.ts'
import { listEntries } from '#contract/ledger/ledger.ts'
import { type LedgerDesk, useDesk } from './queries.ts'

const optionsOf = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))

const { draft: _draft, ...readableStates } = entryLife.states

export default function LedgerPage() {
  const desk = useDesk()
  const me = useMe().data
  const writes = useHolds('secretary', 'clerk')
  return (
    <Page
      years="one"
      title="台账"
      explain={me?.explain.join('')}
      action={
        writes && (
          <LinkButton to="/ledger/new" primary>
            记台账
          </LinkButton>
        )
      }
      more={<LinkButton to="/ledger/figures">四类情况</LinkButton>}
    >
      <Loaded query={desk}>{(data) => <EntryList desk={data} writes={writes} />}</Loaded>
    </Page>
  )
}

function EntryList({ desk, writes }: { desk: LedgerDesk; writes: boolean }) {
  const many = desk.schools.length > 0
  return (
    <ListTable
      endpoint={listEntries}
      range={{ label: '活动日期', max: desk.today }}
      only={{ key: 'taskId', clear: '只看一项任务的记录，点此看全部' }}
      label="台账列表"
      rowKey={(row) => row.id}
      rowHref={(row) => `/ledger/${row.id}`}
      search="按事项、内容、地点查找"
      exportPath="/api/ledger/export.xlsx"
      filters={[
        ...(many
          ? [{ key: 'schoolId', label: '学校', options: desk.schools.map((one) => ({ value: one.id, ...one })) }]
          : []),
        { key: 'pillar', label: '类别', options: optionsOf(pillarLabels) },
        { key: 'formId', label: '形式', options: desk.forms.map((one) => ({ value: one.id, label: one.label })) },
        { key: 'tag', label: '融合方向', options: optionsOf(tagLabels) },
        { key: 'state', label: '状态', options: optionsOf(writes ? entryLife.states : readableStates) },
        { key: 'late', label: '是否逾期', options: optionsOf({ yes: '逾期归档', no: '按时归档' }) },
      ]}
      columns={[
        { key: 'title', title: '事项', sort: true, render: (row) => row.title },
        ...(many ? [{ key: 'school', title: '学校', render: (row: { schoolName: string }) => row.schoolName }] : []),
        { key: 'happenedOn', title: '活动日期', sort: true, render: (row) => showDate(row.happenedOn) },
        {
          key: 'pillar',
          title: '类别',
          render: (row) => [pillarLabels[row.pillar], row.formLabel].filter(Boolean).join(' · '),
        },
        {
          key: 'people',
          title: '参加人数',
          number: true,
          render: (row) => participantKinds.reduce((sum, kind) => sum + row[kind], 0),
        },
        { key: 'evidence', title: '材料', number: true, wideOnly: true, render: (row) => row.evidenceCount },
        {
          key: 'filedAt',
          title: '归档',
          sort: true,
          render: (row) =>
            row.state !== 'filed' ? (
              <StateTag label={entryLife.states[row.state]} tone={row.state === 'draft' ? 'warn' : 'quiet'} />
            ) : (
              <>
                {showDay(row.filedAt)} {row.late && <StateTag label="逾期" tone="warn" />}
              </>
            ),
        },
      ]}
      empty={
        writes
          ? {
              title: '今年还没有台账',
              hint: '做过的活动、建成的阵地、出台的制度、办的专栏，随手记一条，一分钟就好。',
              action: (
                <LinkButton to="/ledger/new" primary>
                  记第一条
                </LinkButton>
              ),
            }
          : { title: '还没有归档的台账', hint: '学校归档后会出现在这里；学校的草稿只有本校能看到。' }
      }
    />
  )
}

// The day of filing in Shanghai, wherever the browser stands.
const showDay = (at: string | null): string =>
  at ? showDate(new Date(Date.parse(at) + 8 * 3_600_000).toISOString()) : ''
