import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { projectRoot } from '../../../server/http/projectRoot.ts'

const mostBytes = 40_000
const built = join(projectRoot, 'public', 'built')

describe('the scripts of pages', () => {
  const manifest = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8')) as Record<string, string>
  const scripts = Object.values(manifest).filter(file => file.endsWith('.js'))
  const contents = scripts.map(file => readFileSync(join(built, file), 'utf8'))

  it('are built into one file, which fetches no other', () => {
    expect(scripts).to.have.length(1)
    expect(contents.filter(text => /\bimport\s*["({]|\bfrom\s*"\./.test(text))).to.deep.equal([])
    expect(contents[0]).to.include('combobox')
  })

  it('are light, all together, compressed', () => {
    const bytes = contents.reduce((sum, text) => sum + gzipSync(text).length, 0)
    expect(bytes).to.be.lessThan(mostBytes).and.greaterThan(2_000)
  })
})
