import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { removeZone } from '#contract/schools/organization.ts'
import { quoted } from '#domain/base/text.ts'

/** Merges a zone into another one, or takes an empty one away. */
export function RemoveZone({
  zone,
  others,
}: {
  zone: { id: string; name: string; schools: readonly unknown[] }
  others: readonly { id: string; name: string }[]
}) {
  const empty = zone.schools.length === 0
  return (
    <Act
      size="small"
      danger
      name={`zone-remove:${zone.id}`}
      label={empty ? '撤销' : '并入其他片区'}
      reasons={others.length === 0 ? ['只有这一个片区，不能撤销；名称不对可以改名。'] : undefined}
      ask={{
        label: '理由',
        hint: empty
          ? `${quoted(zone.name)}没有学校，撤销以后不再出现。`
          : `${quoted(zone.name)}的 ${zone.schools.length} 所学校转到选定的片区，由那个片区的分包领导分包；本片区的分包随之结束。`,
        ...(empty
          ? {}
          : {
              choice: {
                label: '并入哪个片区',
                options: others.map((one) => ({ value: one.id, label: one.name })),
              },
            }),
      }}
      done={empty ? '已撤销' : '已并入'}
      run={(reason, _day, { choice }) =>
        call(removeZone, { params: { id: zone.id }, body: { intoId: choice ?? null, reason } })
      }
    />
  )
}
