// Each rule of `npm run check` catches a planted violation and lets the right way pass.

import assert from 'node:assert/strict'
import { accountColumns, checkAccounts } from './check-accounts.ts'
import { checkExports } from './check-exports.ts'
import { checkImports, featureOrder, importsOf, type Source } from './check-imports.ts'
import { checkReads, literalsOf } from './check-reads.ts'
import { checkTables } from './check-tables.ts'
import { checkAddresses, checkFeatureTable, checkLengths, checkNames, checkOpenings } from './check-tree.ts'
import { checkWords } from './check-words.ts'
import { checkForeignWrites, checkWrites } from './check-writes.ts'

const list = `// The order.
import { audit } from './features/audit/index.ts'
import { live as liveFeature } from '#server/features/live/index.ts'
import { lti } from './integrations/lti/index.ts'
import type { Feature } from './platform/feature.ts'
export const features: readonly Feature[] = [audit, /* later: notes, */ liveFeature, lti]
`
const order = featureOrder(list)

const imports = (path: string, ...specifiers: string[]): string[] => {
  const text = specifiers.map(specifier => `import { x } from '${specifier}'`).join('\n')
  return checkImports([{ path, text }], order).map(violation => violation.what)
}

const named = (...paths: string[]): Source[] => paths.map(path => ({ path, text: '// A file.\n' }))

describe('check: imports', () => {
  it('reads the order of features with their folders', () => {
    assert.deepEqual(order, ['server/features/audit', 'server/features/live', 'server/integrations/lti'])
  })

  it('finds every form of import and nothing in comments', () => {
    const text = `import a from 'one'\nimport 'two'\nexport * from './three.ts'\nimport {\n  type B,\n} from "four"\nconst x = await import('five')\n// import z from 'six'\n/* import 'seven' */`
    assert.deepEqual(importsOf(text).sort(), ['./three.ts', 'five', 'four', 'one', 'two'])
  })

  it('lets features import downwards through the index only', () => {
    assert.deepEqual(imports('server/features/live/actions.ts', '#server/features/audit/index.ts'), [])
    assert.match(imports('server/features/audit/actions.ts', '#server/features/live/index.ts')[0] ?? '', /not below/)
    assert.match(imports('server/features/live/actions.ts', '../audit/tables.ts')[0] ?? '', /index only/)
    assert.match(imports('server/integrations/lti/http.ts', '#server/features/live/rules.ts')[0] ?? '', /index only/)
    assert.match(imports('server/features/live/actions.ts', '#server/main.ts')[0] ?? '', /above every feature/)
    assert.match(imports('server/seeds/demo.ts', '#server/features/audit/actions.ts')[0] ?? '', /index only/)
  })

  it('keeps rules pure: of what is no rule they take types alone', () => {
    const rules = (text: string) =>
      checkImports([{ path: 'server/features/live/rules.ts', text }], order).map(violation => violation.what)
    const index = '#server/features/audit/index.ts'
    assert.match(rules(`import { type A, b } from '${index}'`)[0] ?? '', /they are pure/)
    assert.match(rules("import { getRun } from './queries/runs.ts'")[0] ?? '', /they are pure/)
    assert.deepEqual(rules(`import type { A } from '${index}'\nimport { type B } from '${index}'`), [])
    assert.deepEqual(imports('server/features/live/rules/seats.ts', './codes.ts', '#protocol/live.ts'), [])
    assert.deepEqual(imports('server/features/live/actions.ts', index), [])
  })

  it('keeps features out of the platform', () => {
    assert.match(imports('server/platform/http/x.ts', '#server/features/audit/index.ts')[0] ?? '', /platform imports/)
  })

  it('misses no feature in the list', () => {
    assert.match(imports('server/features/grades/index.ts').join(), /not in the list/)
  })

  it('keeps protocol to itself and zod', () => {
    assert.deepEqual(imports('protocol/live.ts', 'zod/mini', './base/call.ts', '#protocol/base/ids.ts'), [])
    assert.match(imports('protocol/live.ts', 'node:fs')[0] ?? '', /only zod/)
    assert.match(imports('protocol/live.ts', '../server/main.ts')[0] ?? '', /nothing but itself/)
  })

  it('keeps client and server apart', () => {
    assert.equal(imports('client/app/x.ts', 'node:path', 'koa', '#server/main.ts').length, 3)
    assert.equal(imports('server/platform/x.ts', 'preact', 'socket.io-client', '#client/main.tsx').length, 3)
    assert.deepEqual(imports('server/cli/simulate-class.ts', 'socket.io-client'), [])
    assert.match(imports('client/ui/Card.tsx', '../features/live/store.ts')[0] ?? '', /knows no feature/)
  })
})

describe('check: names and sizes', () => {
  it('knows the eight names and folders of them', () => {
    const good = named(
      'server/features/live/actions/open.ts',
      'server/features/live/rules.ts',
      'server/features/live/http.test.ts',
    )
    assert.deepEqual(checkNames([...good, ...named('server/features/activities/kinds/poll.ts')]), [])
    assert.match(checkNames(named('server/features/live/service.ts'))[0]?.what ?? '', /eight names/)
    assert.match(checkNames(named('server/features/live/kinds/poll.ts'))[0]?.what ?? '', /eight names/)
    assert.match(checkNames(named('server/features/live/parts/x.ts'))[0]?.what ?? '', /eight names/)
  })

  it('refuses folders that say nothing', () => {
    assert.match(checkNames(named('client/utils/x.ts'))[0]?.what ?? '', /says nothing/)
  })

  it('refuses addresses of doors and public pages as bare strings', () => {
    const writes = (path: string, text: string) => checkAddresses([{ path, text }]).map(one => one.what)
    assert.match(writes('client/features/x.ts', "fetch('/socket.io/?EIO=4')")[0] ?? '', /bare string/)
    assert.match(writes('server/cli/x.ts', `console.log(\`\${origin}/join/\${code}\`)`)[0] ?? '', /bare string/)
    assert.deepEqual(writes('server/cli/x.ts', '// Answers at /api/v1/openapi.json.'), [])
    assert.deepEqual(writes('server/cli/x.test.ts', "fetch('/api/v1/me')"), [])
  })

  it('finds what a feature hands out and nobody takes', () => {
    const index = (text: string): Source => ({ path: 'server/features/live/index.ts', text })
    const user: Source = {
      path: 'server/cli/x.ts',
      text: "import { type Run, start as begin } from '#server/features/live/index.ts'\n",
    }
    const found = (text: string) => checkExports([index(text), user]).map(one => one.what)
    assert.deepEqual(found("export { type Run, begin as start } from './actions.ts'\n"), [])
    assert.match(found("export { start, stop } from './actions.ts'\n").join(), /exports stop,/)
  })

  it('warns past 300 lines and fails past 500', () => {
    const long = (path: string, count: number): Source => ({ path, text: 'x\n'.repeat(count) })
    assert.equal(checkLengths([long('server/a.ts', 300)]).warnings.length, 0)
    assert.equal(checkLengths([long('server/a.ts', 301)]).warnings.length, 1)
    assert.equal(checkLengths([long('server/a.ts', 501)]).violations.length, 1)
    assert.equal(checkLengths([long('server/a.test.ts', 501)]).violations.length, 0)
  })

  it('asks every file to open with a comment', () => {
    assert.equal(checkOpenings([{ path: 'a.ts', text: 'export const a = 1\n' }]).length, 1)
    assert.equal(checkOpenings([{ path: 'B.css', text: '.b {}' }]).length, 1)
    assert.deepEqual(checkOpenings([...named('B.tsx'), { path: 'B.css', text: '.b {}' }]), [])
    assert.deepEqual(
      checkOpenings([
        { path: 'a.mjs', text: '#!/usr/bin/env node\n// Why.\n' },
        { path: 'a.css', text: '/* Why. */' },
      ]),
      [],
    )
  })
})

describe('check: reads', () => {
  const tables = ['audit', 'live'].map(
    (feature): Source => ({
      path: `server/features/${feature}/tables.ts`,
      text: `export const rows = table<Row>('${feature}_rows', { id: DataTypes.UUID })`,
    }),
  )
  const reads = (path: string, statement: string) =>
    checkReads([...tables, { path: `server/features/${path}`, text: `ctx.sql(\`${statement}\`)` }], order).map(
      one => one.what,
    )
  const joined = 'select l.id from live_rows l join audit_rows a on a.id = l.id'

  it('of other features stand in queries, and only tests read where they like', () => {
    for (const path of ['http.ts', 'actions/open.ts', 'listeners.ts', 'socket/counts.ts', 'index.ts'])
      assert.match(reads(`live/${path}`, joined).join(), /audit_rows, a table of server.features.audit/, path)
    for (const path of ['queries.ts', 'queries/open.ts', 'live.test.ts'])
      assert.deepEqual(reads(`live/${path}`, joined), [])
    assert.match(reads('live/http.ts', 'select id from live_rows').join(), /stands in queries/)
    assert.deepEqual(reads('live/actions.ts', 'select id from live_rows'), [])
  })

  it('come with what an action writes or with the one row it locks', () => {
    assert.deepEqual(reads('live/actions.ts', 'insert into live_rows (id) select id from audit_rows'), [])
    assert.deepEqual(reads('live/actions.ts', 'select from audit_rows where id = $1 for no key update'), [])
    assert.equal(reads('live/actions.ts', `${joined} for share of a`).length, 1)
  })

  it('never go up the list, and are not what stands between or within other quotes', () => {
    for (const path of ['audit/queries.ts', 'audit/actions.ts'])
      assert.match(reads(path, `select '{}' from live_rows where \${a('b')} = $1`).join(), /which is above it/)
    assert.match(reads('audit/queries.ts', 'select from unnest($1) as n(id), live_rows l').join(), /live_rows/)
    assert.match(
      reads('audit/queries.ts', 'select from audit_rows as a, lateral f(a.id), live_rows').join(),
      /live_rows/,
    )
    const inner = `three \${g('four')} five`
    assert.deepEqual(literalsOf(`const a = 'one' // 'two'\nf(\`${inner}\`, "it's")`), ['one', inner, "it's"])
    assert.deepEqual(literalsOf("const a = /[/`]`\\//.test(b) ? c / d : 'one' / 2"), ['one'])
  })

  it('are calls of models as well', () => {
    const calls = (path: string, call: string) =>
      checkReads(
        [
          ...tables,
          {
            path: `server/features/${path}`,
            text: `import { rows as others, type Row } from '#server/features/audit/index.ts'\nimport { rows } from './tables.ts'\nawait ${call}`,
          },
        ],
        order,
      ).map(one => one.what)
    for (const call of ['others.findAll({})', 'others.count()', 'others.findOne({ where })'])
      assert.match(calls('live/actions.ts', call).join(), /audit_rows, a table of .*stands in queries/, call)
    assert.match(calls('live/http.ts', 'rows.findByPk(id)').join(), /live_rows, a table of .*stands in queries/)
    assert.deepEqual(calls('live/actions.ts', 'rows.findByPk(id)'), [])
    assert.deepEqual(calls('live/queries.ts', 'others.findAll({})'), [])
    assert.deepEqual(calls('live/http.ts', 'list.find(one => one.count())'), [])
  })
})

describe('check: writes', () => {
  const tables: Source = {
    path: 'server/features/notes/tables.ts',
    text: "export const notes = table<NoteRow>('notes', {})",
  }
  const writes = (path: string, text: string) => checkWrites([tables, { path, text }]).map(one => one.what)

  it('are found outside actions, as a statement and as a call of a model', () => {
    for (const text of [
      "ctx.sql('insert into notes (id) values ($1)')",
      'ctx.sql(`\n  update notes n\n set title = $1`)',
      `ctx.sql(\`update \${model} set title = $1\`)`,
      "ctx.sql('DELETE FROM notes')",
      'void notes.destroy({ where: { id } })',
      'await row.update({ title })',
    ])
      for (const path of ['server/features/notes/index.ts', 'server/features/live/queries/old.ts'])
        assert.match(writes(path, text)[0] ?? '', /only actions write/, text)
  })

  it('are the business of actions, and tests arrange what they like', () => {
    const text = "await notes.create(row)\nawait ctx.sql('delete from notes')"
    for (const path of ['notes/actions.ts', 'notes/actions/open.ts', 'notes/notes.test.ts'])
      assert.deepEqual(writes(`server/features/${path}`, text), [])
    assert.deepEqual(writes('server/seeds/demo.ts', text), [])
  })

  it('are of their own tables alone', () => {
    const foreign = (path: string, text: string) =>
      checkForeignWrites([tables, { path: `server/features/${path}`, text }]).map(one => one.what)
    const taken = "import { notes } from '#server/features/notes/index.ts'\nawait notes.update({ title })"
    for (const text of [taken, "ctx.sql('update notes set title = $1')", "ctx.sql('delete from notes')"])
      assert.match(foreign('live/actions/open.ts', text)[0] ?? '', /a table of server.features.notes/, text)
    assert.deepEqual(foreign('notes/actions.ts', "ctx.sql('update notes set title = $1')"), [])
    assert.deepEqual(foreign('live/actions.ts', 'const notes = new Map()\nnotes.update(1)'), [])
    assert.deepEqual(foreign('live/live.test.ts', taken), [])
  })

  it('are not what only reads like one', () => {
    const text = `// Never update a set.
      ctx.sql('select from notes where id = $1 for update')
      createHash('sha256').update(salt).digest()
      doc.destroy()
      export { createNote, updateNote } from './actions.ts'`
    assert.deepEqual(writes('server/features/notes/queries.ts', text), [])
  })
})

describe('check: tables', () => {
  const migration: Source = {
    path: 'server/migrations/0002-notes.ts',
    text: '`CREATE TABLE notes (id uuid PRIMARY KEY, course_id uuid NOT NULL, tags text[] NOT NULL); CREATE TABLE marks (id uuid)`',
  }
  const model = (columns: string, path = 'features/notes/tables.ts'): Source => ({
    path: `server/${path}`,
    text: `export const notes = table<NoteRow>('notes', {${columns}})`,
  })
  const marks: Source = {
    path: 'server/platform/docs/tables.ts',
    text: "export const marks = table<{ id: string }>(\n  'marks',\n  { id: { type: DataTypes.UUID, primaryKey: true } },\n)",
  }
  const all =
    'id: { type: DataTypes.UUID, primaryKey: true }, courseId: DataTypes.UUID, tags: DataTypes.ARRAY(DataTypes.TEXT)'
  const found = (...sources: Source[]) => checkTables([migration, ...sources]).map(one => one.what)

  it('are each a model in the tables of a feature or of the platform', () => {
    assert.deepEqual(found(model(all), marks), [])
    assert.match(found(model(all)).join(), /marks is a model in no feature/)
    assert.match(found(model(all, 'features/notes/actions.ts'), marks).join(), /notes is a model in no feature/)
    assert.match(found(model(all), model(all, 'features/live/tables/notes.ts'), marks).join(), /declares notes again/)
  })

  it('have the very columns of their models', () => {
    assert.match(found(model(all.replace(/courseId.*?, /, '')), marks).join(), /notes lacks its column course_id/)
    assert.match(found(model(`${all}, seenAt: DataTypes.DATE`), marks).join(), /has seen_at, which is no column/)
    assert.match(checkTables([model(all)])[0]?.what ?? '', /migrations do not make/)
  })
})

describe('check: account columns', () => {
  const schema = `export const m = { up: \`
    CREATE TABLE notes (
      id uuid PRIMARY KEY, -- not the author
      author_id uuid NOT NULL,
      course_id uuid NOT NULL REFERENCES courses (id),
      member_id uuid REFERENCES members (id),
      score numeric(6, 2),
      host text,
      seen uuid REFERENCES accounts,
      UNIQUE (author_id, course_id)
    );
    ALTER TABLE notes ADD COLUMN removed_by uuid, ADD COLUMN removed_at timestamptz;
    create table gone (owner_id uuid); drop table gone;\` }`
  const migration: Source = { path: 'server/migrations/0002-notes.ts', text: schema }
  const accounts: Source = { path: 'server/features/accounts/index.ts', text: '' }
  const feature = (columns: string): Source => ({
    path: 'server/features/notes/index.ts',
    text: `export const notes = { account: { columns: [${columns}] } }`,
  })

  it('are found by reference and by name', () => {
    assert.deepEqual(accountColumns([schema]), ['notes.author_id', 'notes.removed_by', 'notes.seen'])
  })

  it('must all be answered for, and only they', () => {
    const all = "'notes.author_id', 'notes.removed_by', 'notes.seen'"
    assert.deepEqual(checkAccounts([migration, accounts, feature(all)]), [])
    const forgotten = checkAccounts([migration, accounts, feature("'notes.author_id', 'notes.seen'")])
    assert.match(forgotten[0]?.what ?? '', /notes\.removed_by names an account/)
    assert.match(checkAccounts([migration, accounts, feature(`${all}, 'notes.x'`)])[0]?.what ?? '', /does not have/)
  })

  it('wants every feature in the table of the architecture, in order', () => {
    const table = '| feature | owns |\n|---|---|\n| audit | a |\n| live | b |\n\n| other | c |\n'
    assert.deepEqual(checkFeatureTable(table, ['server/features/audit', 'server/features/live']), [])
    assert.equal(checkFeatureTable(table, ['server/features/live', 'server/features/audit']).length, 1)
    assert.equal(checkFeatureTable(table, ['server/features/audit']).length, 1)
  })
})

describe('check: words', () => {
  it('from inside are asked for as something is drawn or done, not as a module is loaded', () => {
    const door = { path: 'protocol/texts/en/door.ts', text: "import { live } from './live.ts'\n" }
    const found = (text: string) => checkWords([door, { path: 'client/features/polls/words.ts', text }]).length
    assert.equal(found("const words = { a: t('polls.a') }\n"), 1)
    assert.equal(found("register({ label: t('polls.a') })\n"), 1)
    assert.equal(found("register({ label: t('live.a') })\n"), 0)
    assert.equal(found("export const say = () => t('polls.a')\nexport function said() { return t('polls.b') }\n"), 0)
    assert.equal(found("register({ list: () => [t('polls.a')], say() { return t('polls.b') } })\n"), 0)
  })
})
