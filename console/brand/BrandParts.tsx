import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Attachments } from '#console/house/Attachments.tsx'
import { Empty } from '#console/house/Empty.tsx'
import { Facts } from '#console/house/Facts.tsx'
import { LinkButton, Section } from '#console/house/Page.tsx'
import { PublicPicture } from '#console/house/PublicPicture.tsx'
import { showDate, Timeline } from '#console/house/Timeline.tsx'
import { voidArgumentation } from '#contract/brand/brand.ts'
import type { BrandView } from './queries.ts'
import { quoted } from '#domain/base/text.ts'

/** What a brand says, who argued it and how it grew; the same for the school and for the bureau. */
export function BrandParts(props: { view: BrandView; own: boolean }) {
  const { brand, argumentations, versions, gaps } = props.view
  if (!brand) {
    return (
      <Empty
        title={props.own ? '本校还没有建立品牌' : '这所学校还没有建立品牌'}
        hint="一所学校一个党建文化品牌：先写名称、理念和内涵，再记论证。"
        action={
          props.own && (
            <LinkButton to="/brand/edit" primary>
              建立品牌
            </LinkButton>
          )
        }
      />
    )
  }
  return (
    <>
      {gaps.length > 0 && (
        <div className="notice notice-warn">
          <p className="notice-title">签报方案以前，还要补齐</p>
          <ul>
            {gaps.map((gap) => (
              <li key={gap.message}>{gap.message}</li>
            ))}
          </ul>
        </div>
      )}
      <BrandFacts brand={brand} />
      <Section
        title="论证记录"
        note="集思广益，多方论证：谁参加、提了什么意见、结果怎样。"
        action={props.own && <LinkButton to="/brand/argue">记一次论证</LinkButton>}
      >
        {argumentations.length === 0 ? (
          <Empty title="还没有论证记录" hint="开过会、征求过意见、请专家看过，都可以记在这里。" />
        ) : (
          argumentations.map((one) => <ArgumentationRow key={one.id} argumentation={one} own={props.own} />)
        )}
      </Section>
      <Section title="历次保存">
        <Timeline
          moments={versions.map((one) => ({
            id: String(one.version),
            at: one.at,
            title: `第 ${one.version} 版：${one.name}`,
            detail: one.reason ? `改名的理由：${one.reason}　${one.concept}` : one.concept,
            who: one.personName,
          }))}
        />
      </Section>
    </>
  )
}

type Brand = NonNullable<BrandView['brand']>
type Argumentation = BrandView['argumentations'][number]

function BrandFacts({ brand }: { brand: Brand }) {
  return (
    <Facts
      items={[
        {
          label: '原名',
          value: brand.renamedFrom && `${brand.renamedFrom}（改名的理由：${brand.renameReason ?? ''}）`,
          wide: true,
        },
        { label: '品牌类别', value: brand.category },
        { label: '口号', value: brand.slogan },
        { label: '本地资源', value: brand.localResources.join('、') },
        { label: '品牌理念', value: brand.concept, wide: true },
        { label: '品牌内涵', value: brand.connotation, wide: true },
        {
          label: '标识',
          value: brand.logoPicture && (
            <PublicPicture picture={brand.logoPicture} alt={`品牌标识 ${brand.logoPicture.name}`} />
          ),
        },
      ]}
    />
  )
}

function ArgumentationRow({ argumentation: one, own }: { argumentation: Argumentation; own: boolean }) {
  return (
    <div>
      <Facts
        items={[
          { label: '已作废', value: one.voidReason, wide: true },
          { label: '日期和方式', value: `${showDate(one.heldOn)}　${one.kindLabel}` },
          { label: '结果', value: one.outcome },
          { label: '参加人员', value: one.participants },
          { label: '意见', value: one.opinions, wide: true },
          {
            label: '会议记录',
            value: one.files.length > 0 && (
              <Attachments files={one.files.map(({ id, ...file }) => ({ fileId: id, ...file }))} />
            ),
            wide: true,
          },
          ...one.versions.map((version) => ({
            label: `更正：${version.reason}`,
            value: version.differences
              .map(
                (each) =>
                  `${each.label}：原为${quoted(each.before || '（空）')}，改为${quoted(each.after || '（空）')}`,
              )
              .join('；'),
            wide: true,
          })),
        ]}
      />
      {own && one.voidReason === null && (
        <div className="page-actions">
          <LinkButton to={`/brand/argue/${one.id}`}>更正</LinkButton>
          <Act
            name={one.id}
            label="作废"
            danger
            ask={{ label: '作废的理由', hint: '作废后不再计入，仍可查看；不能恢复，可以另记一次。' }}
            run={(reason) =>
              call(voidArgumentation, { params: { id: one.id }, body: { reason, version: one.version } })
            }
          />
        </div>
      )}
    </div>
  )
}

export const brandState = (brand: BrandView['brand']) =>
  brand?.publishedAt ? ({ label: '已公布', tone: 'ok' } as const) : ({ label: '未公布', tone: 'quiet' } as const)
