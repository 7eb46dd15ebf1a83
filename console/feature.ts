import type { ComponentType } from 'react'
import type { Role } from '#domain/base/actor.ts'

/** What a room offers the console: its entries of the menu and its pages. */
export interface Feature {
  key: string
  /** Entries of the left menu; shown when the person holds one of the roles (an empty list means everybody). */
  menu: { path: string; label: string; roles: readonly Role[]; order: number; group?: string }[]
  /** Paths are relative to /console; `lazy` imports a file with a default-exported component. */
  routes: { path: string; lazy: () => Promise<{ default: ComponentType }> }[]
}
