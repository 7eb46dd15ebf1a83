import { useYear } from '#console/house/year.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { outcomeWords } from '#domain/year/outcome.ts'
import { useOwnAwards } from './queries.ts'

export default function OwnAwardsPage() {
  const year = useYear()
  const awards = useOwnAwards(year)
  return (
    <Page
      years="every"
      title="本校结果"
      lead="审定公布以后，结果和证书在这里。证书可以打印，任何人都能凭编号或二维码查验。"
    >
      <Loaded query={awards}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title="还没有公布的结果" hint="公示结束并公布后，会出现在这里。" />
          ) : (
            rows.map((award) => {
              const words = outcomeWords(award.outcomeKind)
              return (
                <Section key={award.id} title={award.brandName}>
                  <Facts
                    items={[
                      {
                        label: '状态',
                        value: award.revokedReason ? (
                          <StateTag label={`已撤销：${award.revokedReason}`} tone="bad" />
                        ) : (
                          <StateTag
                            label={award.valid ? words.given : '已过有效期'}
                            tone={award.valid ? 'ok' : 'quiet'}
                          />
                        ),
                      },
                      { label: '等次', value: award.grade },
                      { label: words.documentNumber, value: award.documentNumber },
                      { label: words.givenOn, value: award.conferredOn && showDate(award.conferredOn) },
                      { label: '有效期至', value: award.validUntil && showDate(award.validUntil) },
                      {
                        label: '证书',
                        value: award.certificateNumber && !award.revokedReason && (
                          <a href={`/certificates/${award.certificateNumber}`}>打印 {award.certificateNumber}</a>
                        ),
                      },
                    ]}
                  />
                </Section>
              )
            })
          )
        }
      </Loaded>
    </Page>
  )
}
