import { Link } from 'react-router'
import { useYear } from '#console/house/year.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { showScore } from '#domain/base/score.ts'
import { methodLabel, sheetLabel, sheetTone } from './words.ts'
import { type OwnSheet, useOwnSheets } from './queries.ts'

export default function OwnSheetsPage() {
  const year = useYear()
  const sheets = useOwnSheets(year)
  return <Loaded query={sheets}>{(data) => <Shown sheets={data} />}</Loaded>
}

/** A sheet given back waits longest, then one begun, then one not yet opened. */
const order = (sheet: OwnSheet): number =>
  sheet.returnReason !== null && sheet.state !== 'submitted' ? 0 : sheet.state === 'draft' ? 1 : 2

function Shown({ sheets }: { sheets: readonly OwnSheet[] }) {
  const open = sheets.filter((sheet) => sheet.state !== 'submitted' && sheet.state !== 'excluded')
  const [next] = open.toSorted((a, b) => order(a) - order(b))
  const schools = Object.entries(Object.groupBy(sheets, (sheet) => sheet.schoolName))
  return (
    <Page
      years="one"
      title="我的评审"
      lead="分配给您的评分表。您只看得到自己的评分，看不到他人的评分和评审结果。"
      action={
        next && (
          <LinkButton to={`/sheets/${next.id}`} primary>
            继续：{next.schoolName} {methodLabel(next.method)}
          </LinkButton>
        )
      }
    >
      {sheets.length === 0 ? (
        <Empty title="还没有分配给您的评分表" hint="区教育局分配后会出现在这里。" />
      ) : (
        <>
          <Figures
            items={[
              { label: '已提交', value: `${sheets.length - open.length}/${sheets.length}`, note: '张' },
              {
                label: '已完成学校',
                value: `${schools.filter(([, list]) => list?.every((one) => one.state === 'submitted')).length}/${schools.length}`,
                note: '所',
              },
            ]}
          />
          {schools.map(([schoolName, list = []]) => (
            <Section key={schoolName} title={schoolName} note={list[0]?.stage}>
              <RowList>
                {list.map((sheet) => (
                  <li key={sheet.id}>
                    <div>
                      <Link className="row-list-title" to={`/sheets/${sheet.id}`}>
                        {methodLabel(sheet.method)}
                      </Link>
                      {sheet.returnReason && <p className="quiet">退回理由：{sheet.returnReason}</p>}
                    </div>
                    <div className="row-list-due">
                      {sheet.total !== null && (
                        <span className="number">
                          {showScore(sheet.total)} / {showScore(sheet.maximum)} 分
                        </span>
                      )}
                      <StateTag
                        label={sheet.returnReason && sheet.state === 'draft' ? '已退回' : sheetLabel(sheet.state)}
                        tone={sheet.returnReason && sheet.state === 'draft' ? 'bad' : sheetTone(sheet.state)}
                      />
                    </div>
                  </li>
                ))}
              </RowList>
            </Section>
          ))}
        </>
      )}
    </Page>
  )
}
