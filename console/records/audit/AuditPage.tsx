import { Button } from 'antd'
import { Link } from 'react-router'
import { listAudit } from '#contract/records/audit.ts'
import { ListTable } from '#console/house/ListTable.tsx'
import { Failure } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import './audit.css'
import { useAuditEvents, useAuditVerdict } from '../queries.ts'

export default function AuditPage() {
  const events = useAuditEvents()
  return (
    <Page title="审计日志" lead="谁、何时、对什么、做了什么。每条都与上一条的摘要相连，改动或删去任何一条都能查出来。">
      <Verify />
      <ListTable
        label="审计日志"
        endpoint={listAudit}
        search="操作人姓名"
        range={{ label: '日期' }}
        only={{ key: 'subjectId', clear: '不再只看这一个对象' }}
        filters={[{ key: 'event', label: '事件', options: events.data?.items ?? [] }]}
        columns={[
          { key: 'seq', title: '序号', number: true, sort: true, render: (row) => row.seq },
          { key: 'at', title: '时间', render: (row) => showTime(row.at) },
          { key: 'actorName', title: '操作人', render: (row) => row.actorName },
          { key: 'event', title: '事件', render: (row) => row.eventLabel },
          {
            key: 'subject',
            title: '对象',
            render: (row) => (
              <Link to={`/audit?subjectId=${encodeURIComponent(row.subjectId)}`} title="只看这一个对象的记录">
                {row.subjectLabel}
                {row.subjectName && `　${row.subjectName}`}
              </Link>
            ),
          },
          {
            key: 'detail',
            title: '详情',
            render: (row) => (
              <div className="audit-detail">{row.detail.map((one) => `${one.label}：${one.value}`).join('；')}</div>
            ),
          },
        ]}
        rowKey={(row) => String(row.seq)}
        exportPath="/api/audit/export"
        empty={{ title: '这段时间没有记录', hint: '换一个日期范围再看。' }}
      />
    </Page>
  )
}

/** Walks the chain when asked: on a long log it takes a while. */
function Verify() {
  const verdict = useAuditVerdict()
  return (
    <div className="audit-verify">
      <Button type="primary" loading={verdict.isFetching} onClick={() => void verdict.refetch()}>
        核验全部日志
      </Button>
      {verdict.isError && <Failure error={verdict.error} />}
      {verdict.data && !verdict.isFetching && (
        <div className={verdict.data.ok ? 'notice notice-ok' : 'notice notice-bad'} role="status">
          <p className="notice-title">
            {verdict.data.ok
              ? `${verdict.data.rows} 条记录首尾相连，没有被改动过。`
              : `第 ${verdict.data.brokenSeq} 条有问题：${verdict.data.why}。`}
          </p>
          {verdict.data.ok ? (
            <p className="quiet">最后一条的摘要：{verdict.data.head}。抄下来，以后可以证明日志没有被截短或重写。</p>
          ) : (
            <p>请保留现场，停止使用系统，并与最近的备份核对。</p>
          )}
        </div>
      )}
    </div>
  )
}
