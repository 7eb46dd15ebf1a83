import {
  listRequests,
  noteRequest,
  refuseRequest,
  releaseRequest,
  withdrawRequest,
} from '#contract/identity/accountRequest.ts'
import { call, type Reply } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { ListTable } from '#console/house/ListTable.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag, type Tone } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { noWayBack } from '#domain/base/wayBack.ts'
import { accountRequestLife, type RequestState } from '#domain/identity/accountRequestLife.ts'

type Row = Reply<typeof listRequests>['items'][number]

const tones: Record<RequestState, Tone> = {
  asked: 'warn',
  released: 'ok',
  used: 'quiet',
  refused: 'bad',
  withdrawn: 'quiet',
}

/** What one administrator asked and another one releases (rule 19), with the auditor looking on. */
export default function RequestsPage() {
  return (
    <Page
      title="双人办理"
      lead="给已启用的账号重设密码、授予局内重要岗位，须由一人申请、另一人核实后放行。放行前请向本人当面或电话核实。"
    >
      <ListTable
        label="双人办理申请"
        endpoint={listRequests}
        search="姓名"
        filters={[
          {
            key: 'state',
            label: '状态',
            options: [
              ...Object.entries(accountRequestLife.states).map(([value, label]) => ({ value, label })),
              { value: 'unnoted', label: '审计员未查看' },
            ],
          },
        ]}
        columns={[
          {
            key: 'name',
            title: '对象与事项',
            width: 170,
            render: (row) => (
              <>
                {row.name}（{row.loginName}）<br />
                <span className="quiet">{row.what}</span>
              </>
            ),
          },
          { key: 'reason', title: '理由', width: 160, render: (row) => row.reason },
          {
            key: 'askedBy',
            title: '申请',
            width: 150,
            render: (row) => `${row.askedByName}，${showTime(row.askedAt)}`,
          },
          { key: 'decidedBy', title: '另一人', width: 150, render: (row) => decided(row) },
          {
            key: 'state',
            title: '状态',
            width: 120,
            render: (row) => <StateTag label={accountRequestLife.states[row.state]} tone={tones[row.state]} />,
          },
          { key: 'moves', title: '办理', width: 170, render: (row) => <Moves row={row} /> },
        ]}
        rowKey={(row) => row.id}
        empty={{ title: '没有要双人办理的事', hint: '在账号页面申请重设密码、授予岗位后，申请会列在这里。' }}
      />
    </Page>
  )
}

function decided(row: Row): string {
  if (!row.decidedByName) return ''
  const who = row.alone ? `${row.decidedByName}（兼任两个管理岗位，一人办理）` : row.decidedByName
  const owner = row.confirmedAt ? `；本人于 ${showTime(row.confirmedAt)} 确认` : ''
  return `${who}，${showTime(row.decidedAt ?? '')}${row.decision ? `：${row.decision}` : ''}${owner}`
}

function Moves({ row }: { row: Row }) {
  const params = { id: row.id }
  const { moves } = row
  return (
    <div className="files-choose">
      {moves['release'] && (
        <Act
          label="放行"
          size="small"
          reasons={moves['release']}
          confirm={`${row.askedByName}申请：${row.what}，对象是${row.name}。请先向本人核实。${noWayBack.accountRequest.use}`}
          run={() => call(releaseRequest, { params })}
        />
      )}
      {moves['refuse'] && (
        <Act
          name={row.id}
          label="不同意"
          size="small"
          danger
          reasons={moves['refuse']}
          ending={noWayBack.accountRequest.refuse}
          ask={{ label: '不同意的理由' }}
          run={(reason) => call(refuseRequest, { params, body: { reason } })}
        />
      )}
      {moves['withdraw'] && (
        <Act
          label="撤回"
          size="small"
          reasons={moves['withdraw']}
          ending={noWayBack.accountRequest.withdraw}
          run={() => call(withdrawRequest, { params })}
        />
      )}
      {moves['note'] && (
        <Act label="标记已查看" size="small" reasons={moves['note']} run={() => call(noteRequest, { params })} />
      )}
      {row.printable && (
        <form method="post" action="/accounts/slips" target="_blank">
          <input type="hidden" name="id" value={row.personId} />
          <button type="submit" className="button">
            打印激活单
          </button>
        </form>
      )}
    </div>
  )
}
