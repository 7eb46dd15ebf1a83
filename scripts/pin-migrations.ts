import { readFileSync, writeFileSync } from 'node:fs'
import { migrationNames } from '#server/db/migrate.ts'
import { digestOfMigration } from '#server/db/schema.ts'

/** Pins every migration that is not pinned yet; run at a release. What is pinned is never written anew: released databases have it. */
const path = new URL('../server/db/migrations.digests.json', import.meta.url)
const pinned = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
for (const name of migrationNames) pinned[name] ??= digestOfMigration(name)
writeFileSync(path, `${JSON.stringify(pinned, null, 2)}\n`)
console.log(`${Object.keys(pinned).length} migrations are pinned.`)
