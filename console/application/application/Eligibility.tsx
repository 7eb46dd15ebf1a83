import { Link } from 'react-router'
import { StateTag } from '#console/house/StateTag.tsx'
import { RowList } from '#console/house/RowList.tsx'

export interface Point {
  code: string
  label: string
  met: boolean
  detail: string
  mendAt: string
}

/** Every condition for applying, met or not, with the way to the place where it is mended (rule 4). */
export function Eligibility({ points, links }: { points: readonly Point[]; links: boolean }) {
  return (
    <RowList>
      {points.map((point) => (
        <li key={point.code}>
          <div>
            <span className="row-list-title">{point.label}</span>
            <p className="quiet">
              {point.detail}
              {links && !point.met && point.mendAt && (
                <>
                  {' '}
                  <Link to={point.mendAt.replace(/^\/console/, '')}>去补齐</Link>
                </>
              )}
            </p>
          </div>
          <p className="row-list-due">
            <StateTag label={point.met ? '已达到' : '未达到'} tone={point.met ? 'ok' : 'bad'} />
          </p>
        </li>
      ))}
    </RowList>
  )
}
