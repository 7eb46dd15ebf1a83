import type { Reply } from '#console/api.ts'
import type { readSchoolResult } from '#contract/surveyReport.ts'
import { exact } from './words.ts'

type Band = NonNullable<Reply<typeof readSchoolResult>['band']>

const WIDTH = 600
const EDGE = 20

/** Where the own figure lies among schools of the same kind: line from lowest to highest, box of the middle half, median. */
export function BandChart({ band, own, label }: { band: Band; own: number | null; label: string }) {
  const low = Math.min(band.lowest, own ?? band.lowest)
  const high = Math.max(band.highest, own ?? band.highest)
  const span = Math.max(1, high - low)
  const at = (value: number) => EDGE + ((value - low) * (WIDTH - 2 * EDGE)) / span
  const figures: [string, number][] = [
    ['最低', band.lowest],
    ['下四分位', band.lowerQuartile],
    ['中位', band.median],
    ['上四分位', band.upperQuartile],
    ['最高', band.highest],
  ]
  return (
    <figure className="band">
      <svg viewBox={`0 0 ${WIDTH} 64`} role="img" aria-label={`${label}的分布和本校的位置，数值见下表`}>
        <line className="band-line" x1={at(band.lowest)} x2={at(band.highest)} y1="40" y2="40" />
        <line className="band-line" x1={at(band.lowest)} x2={at(band.lowest)} y1="30" y2="50" />
        <line className="band-line" x1={at(band.highest)} x2={at(band.highest)} y1="30" y2="50" />
        <rect
          className="band-box"
          x={at(band.lowerQuartile)}
          y="26"
          width={Math.max(2, at(band.upperQuartile) - at(band.lowerQuartile))}
          height="28"
        />
        <line className="band-median" x1={at(band.median)} x2={at(band.median)} y1="26" y2="54" />
        {own !== null && (
          <>
            <circle className="band-own" cx={at(own)} cy="40" r="8" />
            <text className="band-text" x={Math.min(WIDTH - 50, Math.max(50, at(own)))} y="16" textAnchor="middle">
              本校 {exact(own)}
            </text>
          </>
        )}
      </svg>
      <div className="survey-scroll" role="region" aria-label={`${label}的分布`} tabIndex={0}>
        <table className="survey-table">
          <caption>
            {label}：{band.schools} 所同类学校
          </caption>
          <thead>
            <tr>
              {figures.map(([name]) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ))}
              <th scope="col" className="number">
                本校
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              {figures.map(([name, value]) => (
                <td key={name} className="number">
                  {exact(value)}
                </td>
              ))}
              <td className="number">
                <strong>{own === null ? '—' : exact(own)}</strong>
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </figure>
  )
}
