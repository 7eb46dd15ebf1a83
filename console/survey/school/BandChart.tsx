import { Table } from '#console/house/Table.tsx'
import type { Reply } from '#console/api.ts'
import type { readSchoolResult } from '#contract/survey/surveyReport.ts'
import { exact } from './words.ts'

type Band = NonNullable<Reply<typeof readSchoolResult>['band']>

const WIDTH = 600
const EDGE = 20

/** Where the own figure lies among schools of the same kind: box of the middle half, median; the ends would tell who is last. */
export function BandChart({ band, own, label }: { band: Band; own: number | null; label: string }) {
  const low = Math.min(band.lowerQuartile, own ?? band.lowerQuartile)
  const high = Math.max(band.upperQuartile, own ?? band.upperQuartile)
  const span = Math.max(1, high - low)
  const at = (value: number) => EDGE + ((value - low) * (WIDTH - 2 * EDGE)) / span
  const figures: [string, number][] = [
    ['下四分位', band.lowerQuartile],
    ['中位', band.median],
    ['上四分位', band.upperQuartile],
  ]
  return (
    <figure className="band">
      <p className="band-key">
        <span className="band-dot" aria-hidden="true" />
        {own === null ? '本校没有这个数' : `本校 ${exact(own)}`}
        <span className="quiet beside">方框是中间一半的学校，竖线是中位</span>
      </p>
      <svg viewBox={`0 0 ${WIDTH} 40`} role="img" aria-label={`${label}的分布和本校的位置，数值见下表`}>
        <rect
          className="band-box"
          x={at(band.lowerQuartile)}
          y="6"
          width={Math.max(2, at(band.upperQuartile) - at(band.lowerQuartile))}
          height="28"
        />
        <line className="band-median" x1={at(band.median)} x2={at(band.median)} y1="6" y2="34" />
        {own !== null && <circle className="band-own" cx={at(own)} cy="20" r="9" />}
      </svg>
      <Table
        label={`${label}的分布`}
        caption={`${label}：${band.schools} 所同类学校`}
        rows={[band]}
        keyOf={() => label}
        names={-1}
        columns={[
          ...figures.map(([title, value]) => ({ title, kind: 'number' as const, render: () => exact(value) })),
          { title: '本校', kind: 'number', render: () => <strong>{own === null ? '—' : exact(own)}</strong> },
        ]}
      />
    </figure>
  )
}
