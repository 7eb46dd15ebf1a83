import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { BrandParts, brandState } from './BrandParts.tsx'
import { useOwnSchool } from './brand.ts'
import { useBrand } from './queries.ts'

export default function OwnBrandPage() {
  const brand = useBrand(useOwnSchool())
  const made = brand.data?.brand
  return (
    <Page
      title={made ? made.name : '党建文化品牌'}
      state={made && <StateTag {...brandState(made)} />}
      lead="品牌随创建方案一起公布；公布以后仍可修改，每次保存都留版本。"
      action={
        made && (
          <LinkButton to="/brand/edit" primary>
            修改品牌
          </LinkButton>
        )
      }
    >
      <Loaded query={brand}>{(view) => <BrandParts view={view} own />}</Loaded>
    </Page>
  )
}
