import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { recuseSelf } from '#contract/review/sheet.ts'

/** For whoever finds that a school is too near: the office or a leader steps back from it in every role. */
export function RecuseSelf({ applicationId }: { applicationId: string }) {
  const go = useNavigate()
  return (
    <Act
      name={applicationId}
      label="本人回避"
      ask={{
        label: '回避的理由',
        hint: '登记以后，您看不到也不能办这所学校本年度的评审和审定；涉及它的计算、封存、登记决定和公示由另一位同志办。登记后不能自己撤回。',
      }}
      done="已登记回避"
      run={async (reason) => {
        await call(recuseSelf, { params: { id: applicationId }, body: { reason } })
        await go('/')
      }}
    />
  )
}
