import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { projectRoot } from '../../../server/http/projectRoot.ts'

const mostBytes = 40_000
const built = join(projectRoot, 'public', 'built')

describe('the scripts of pages', () => {
  const manifest = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8')) as Record<string, string>
  const scripts = Object.keys(manifest).filter(name => name.endsWith('.js'))
  const text = readFileSync(join(built, manifest['main.js'] as string), 'utf8')
  const views = readdirSync(join(projectRoot, 'views'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ejs'))
  const naming = (script: string) => views.filter(name => readFileSync(join(projectRoot, 'views', name), 'utf8').includes(`'${script}'`))

  it('are built into one file, which fetches no other', () => {
    expect(text).to.not.match(/\bimport\s*["({]|\bfrom\s*"\./)
    expect(text).to.include('combobox')
    expect(naming('main.js')).to.have.length(1)
  })

  it('are light, compressed; what draws diagrams is large, and comes with its frame alone', () => {
    expect(gzipSync(text).length).to.be.lessThan(mostBytes).and.greaterThan(2_000)
    const others = scripts.filter(name => name !== 'main.js')
    expect(others.map(naming)).to.deep.equal(others.map(() => ['knowledge/writing/diagramFrame.ejs']))
  })
})
