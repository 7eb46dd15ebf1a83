import { useParams } from 'react-router'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { BrandParts, brandState } from './BrandParts.tsx'
import { useBrand } from './queries.ts'

export default function SchoolBrandPage() {
  const brand = useBrand(useParams()['schoolId'] ?? '')
  const made = brand.data?.brand
  return (
    <Page
      title={made ? made.name : (brand.data?.schoolName ?? '品牌')}
      state={made && <StateTag {...brandState(made)} />}
      lead={brand.data?.schoolName}
      crumbs={[{ label: '各校品牌', to: '/brands' }]}
    >
      <Loaded query={brand}>{(view) => <BrandParts view={view} own={false} />}</Loaded>
    </Page>
  )
}
