import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { RefusalReport } from '../../../server/imports/refusalReport.ts'

describe('report of refused rows', () => {
  let folder: string
  let imported: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'skillpool-test-'))
    imported = join(folder, 'people.csv')
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  it('stands beside the imported file and ends when it is closed, also twice', async () => {
    const report = new RefusalReport(imported)
    report.add({ line: 2, id: 'ines', reason: 'name is missing' })
    await report.close()
    await report.close()
    expect(report.file).to.equal(`${imported}.refused.csv`)
    expect(readFileSync(`${imported}.refused.csv`, 'utf8')).to.equal('line,id,reason\r\n2,ines,name is missing\r\n')
  })

  it('is not there when nothing is refused, and one of an earlier try goes', async () => {
    const earlier = new RefusalReport(imported)
    earlier.add({ line: 2, id: 'ines', reason: 'name is missing' })
    await earlier.close()
    const report = new RefusalReport(imported)
    await report.close()
    expect(report.file).to.equal(undefined)
    expect(existsSync(`${imported}.refused.csv`)).to.equal(false)
  })
})
