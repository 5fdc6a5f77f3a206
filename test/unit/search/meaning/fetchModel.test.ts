import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { zipSync } from 'fflate'
import { FetchFailed, fetchModel } from '../../../../server/search/meaning/fetchModel.ts'

describe('fetching the model', () => {
  const archive = Buffer.from(zipSync({ 'm.onnx': Buffer.from('a model'), 't.json': Buffer.from('{}') }))
  const files = { 'model.onnx': 'm.onnx', 'tokenizer.json': 't.json' }
  const model = { sha256: createHash('sha256').update(archive).digest('hex'), files }
  let server: Server
  let address: string
  let folder: string
  const ranges: (string | undefined)[] = []

  before(done => {
    server = createServer((req, res) => {
      ranges.push(req.headers.range)
      const from = Number(/\d+/.exec(req.headers.range ?? '')?.[0] ?? 0)
      if (req.url !== '/archive') res.writeHead(404).end()
      else if (from >= archive.length) res.writeHead(416).end()
      else res.writeHead(from > 0 ? 206 : 200, { 'Content-Length': archive.length - from }).end(archive.subarray(from))
    }).listen(0, '127.0.0.1', () => {
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/archive`
      done()
    })
  })
  after(done => {
    server.close(done)
    server.closeAllConnections()
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'skillpool-model-'))
    ranges.length = 0
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const contents = () => ['model.onnx', 'tokenizer.json'].map(name => readFileSync(join(folder, name), 'utf8'))
  const failure = async (asked: Parameters<typeof fetchModel>[1]) => {
    const error = await fetchModel(folder, asked).then(
      () => undefined,
      error => error,
    )
    expect(error).to.be.instanceOf(FetchFailed)
    return (error as Error).message
  }

  it('brings both files, with progress', async () => {
    const seen: number[] = []
    await fetchModel(folder, { address, model }, (done, of) => seen.push(done / of))
    expect(contents()).to.deep.equal(['a model', '{}'])
    expect(seen.at(-1)).to.equal(1)
    expect(existsSync(join(folder, 'model.part'))).to.equal(false)
  })

  it('goes on where it was interrupted, also when all but the end was done', async () => {
    writeFileSync(join(folder, 'model.part'), archive.subarray(0, 40))
    await fetchModel(folder, { address, model })
    writeFileSync(join(folder, 'model.part'), archive)
    await fetchModel(folder, { address, model })
    expect(ranges).to.deep.equal(['bytes=40-', `bytes=${archive.length}-`])
    expect(contents()).to.deep.equal(['a model', '{}'])
  })

  it('takes nothing that is something else, and begins anew after it', async () => {
    expect(await failure({ address, model: { files, sha256: '0'.repeat(64) } })).to.match(/is not the model: its SHA-256 is/)
    expect(existsSync(join(folder, 'model.onnx'))).to.equal(false)
    await fetchModel(folder, { address, model })
    expect(contents()).to.deep.equal(['a model', '{}'])
  })

  it('says when nobody is there, or has it', async () => {
    expect(await failure({ address: address.replace('archive', 'gone'), model })).to.match(/answers 404/)
    expect(await failure({ address: 'http://127.0.0.1:9/archive', model })).to.match(/cannot be reached/)
  })
})
