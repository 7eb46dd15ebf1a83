import { Link } from 'react-router'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { cycleTone } from './tone.ts'
import { useCycles } from '#console/house/queries.ts'
import { RowList } from '#console/house/RowList.tsx'

export default function CyclesPage() {
  const cycles = useCycles()
  const create = (
    <LinkButton to="/cycles/new" primary>
      新建年度
    </LinkButton>
  )
  return (
    <Page title="年度" lead="一年的依据、标准、时间和名额。开启以后锁定，全年按它办。" action={create}>
      <Loaded query={cycles}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="还没有年度" hint="新建一个年度，选好评估标准、定好申报时间，再开启。" />
          ) : (
            <RowList>
              {items.map((cycle) => (
                <li key={cycle.id}>
                  <div>
                    <Link className="row-list-title" to={`/cycles/${cycle.id}`}>
                      {cycle.title}
                    </Link>
                    <p className="quiet">
                      {cycle.awardTitle}　申报 {showDate(cycle.applyFrom)} 至 {showDate(cycle.applyUntil)}
                    </p>
                  </div>
                  <StateTag label={cycle.stateLabel} tone={cycleTone(cycle.state)} />
                </li>
              ))}
            </RowList>
          )
        }
      </Loaded>
    </Page>
  )
}
