import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { projectRoot } from '../../../server/http/projectRoot.ts'

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')

/** Files of a made-up tree, each with the one line that it consists of; what may not be imported there is refused, what may is not. */
const refused: Record<string, string> = {
  'server/search/searchService.ts': "import { Client } from '@elastic/elasticsearch'",
  'server/search/embedded/searchWorker.ts': "import { Client } from '@elastic/elasticsearch'",
  'server/people/personService.ts': "import Database from 'libsql'",
  'server/search/elasticsearch/query.ts': "import Database from 'libsql'",
  'server/people/photos.ts': "import sharp from 'sharp'",
  'server/people/skillsProposed.ts': "import { Tokenizer } from '@huggingface/tokenizers'",
  'scripts/bench.ts': "import Database from 'libsql'",
  'server/knowledge/articles/articleService.ts': "import { personModel } from '../../people/personModel.ts'",
  'server/storage/embedded/store.ts': "import { personModel } from '../../people/personModel.ts'",
  'server/accounts/signIns.ts': "import { createApp } from '../app.ts'",
  'server/people/personHandlers.ts': "import type { Person } from './personModel.ts'",
  'server/people/profileHandlers.ts': "import type { Models } from '../models.ts'",
}
const allowed: Record<string, string> = {
  'server/search/elasticsearch/search.ts': "import { Client } from '@elastic/elasticsearch'",
  'server/search/embedded/database.ts': "import Database from 'libsql'",
  'server/search/meaning/encoderWorker.ts': "import { Tokenizer } from '@huggingface/tokenizers'",
  'server/files/squarePictures.ts': "import sharp from 'sharp'",
  'server/storage/embedded/storeDatabase.ts': "import Database from 'libsql'",
  'server/people/authors.ts': "import { personModel } from './personModel.ts'",
  'server/people/personModel.ts': "import { searchableModel } from '../storage/defineModel.ts'",
  'server/models.ts': "import { personModel } from './people/personModel.ts'",
  'server/accounts/accounts.ts': "import type { Person } from '../people/personModel.ts'",
  'server/index.ts': "import { createApp } from './app.ts'",
  'test/support/testSite.ts': "import { createApp } from '../../server/app.ts'",
}
const cycle = {
  'server/days/days.ts': "import { sessions } from './sessions.ts'\nexport const days = () => sessions()",
  'server/days/sessions.ts': "import { days } from './days.ts'\nexport const sessions = () => days()",
}

describe('the boundaries that the linter holds', () => {
  let tree: string
  let reported: { rule: string; file: string }[]

  before(() => {
    tree = mkdtempSync(join(tmpdir(), 'skillpool-boundaries-'))
    const rules = JSON.parse(readFileSync(join(projectRoot, 'biome.json'), 'utf8'))
    write('biome.json', JSON.stringify({ ...rules, $schema: undefined, vcs: { enabled: false } }))
    for (const [file, line] of Object.entries({ ...refused, ...allowed, ...cycle })) write(file, `${line}\n`)
    reported = lint(tree)
  })
  after(() => rmSync(tree, { recursive: true }))

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), text)
  }
  const filesBreaking = (rule: string) => [...new Set(reported.filter(found => found.rule === rule).map(({ file }) => file))].sort()

  it('refuse what crosses them, and nothing else', () => {
    expect(filesBreaking('lint/style/noRestrictedImports')).to.deep.equal(Object.keys(refused).sort())
  })

  it('refuse imports in a circle', () => {
    expect(filesBreaking('lint/suspicious/noImportCycles')).to.deep.equal(Object.keys(cycle).sort())
  })
})

function lint(folder: string): { rule: string; file: string }[] {
  const report = readReport(folder)
  return report.diagnostics.map(({ category, location }) => ({
    rule: category,
    file: typeof location.path === 'string' ? location.path : location.path.file,
  }))
}

function readReport(folder: string): { diagnostics: { category: string; location: { path: string | { file: string } } }[] } {
  const options = { cwd: folder, encoding: 'utf8' as const, stdio: ['ignore', 'pipe', 'ignore'] as ('ignore' | 'pipe')[] }
  try {
    return JSON.parse(execFileSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], options))
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout)
  }
}
