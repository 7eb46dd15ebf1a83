import { useQuery } from '@tanstack/react-query'
import { listOwnAwards } from '#contract/award.ts'
import { useYear } from '#console/house/year.tsx'
import { call } from '#console/api.ts'
import { Empty } from '#console/house/Empty.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'

export default function OwnAwardsPage() {
  const year = useYear()
  const awards = useQuery({
    queryKey: ['awards', 'own', year],
    queryFn: ({ signal }) => call(listOwnAwards, { query: { year } }, signal),
  })
  return (
    <Page years="every" title="本校荣誉" lead="证书可以打印，任何人都能凭编号或二维码查验。">
      <Loaded query={awards}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title="还没有命名表彰" hint="公示结束并授予后，证书会出现在这里。" />
          ) : (
            rows.map((award) => (
              <Section key={award.id} title={award.brandName}>
                <Facts
                  items={[
                    { label: '等次', value: award.grade },
                    { label: '发文字号', value: award.documentNumber },
                    { label: '授予日期', value: award.conferredOn },
                    { label: '有效期至', value: award.validUntil },
                    {
                      label: '证书',
                      value: award.revokedReason
                        ? `已撤销：${award.revokedReason}`
                        : award.certificateNumber && (
                            <a href={`/certificates/${award.certificateNumber}`}>打印 {award.certificateNumber}</a>
                          ),
                    },
                  ]}
                />
              </Section>
            ))
          )
        }
      </Loaded>
    </Page>
  )
}
