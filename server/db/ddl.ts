import { type Kysely, sql } from 'kysely'

/** Column and table names are camelCase; PostgreSQL folds unquoted names, so every camelCase word is quoted here once. */
export function quoteNames(text: string): string {
  return text.replace(/'[^']*'|\b[a-z]+[A-Z]\w*\b/g, (word) => (word.startsWith("'") ? word : `"${word}"`))
}

/** Makes a migration step of plain `create …` statements that both engines understand, separated by semicolons. */
export function ddl(text: string): (db: Kysely<unknown>) => Promise<void> {
  const statements = text
    .split(/;\s*\n/)
    .map((statement) => statement.trim().replace(/;$/, ''))
    .filter((statement) => statement !== '')
  return async (db) => {
    for (const statement of statements) await sql.raw(quoteNames(statement)).execute(db)
  }
}
