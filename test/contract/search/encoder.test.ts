import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import pino from 'pino'
import { cosine, type Encoder } from '../../../server/search/meaning/encoder.ts'
import { openOnnxEncoder } from '../../../server/search/meaning/onnxEncoder.ts'
import { mostPassages } from '../../../server/search/meaning/passages.ts'
import { openSemanticModel } from '../../../server/search/meaning/semanticModel.ts'
import { WordEncoder } from '../../support/wordEncoder.ts'

const folder = process.env.SEMANTIC_MODEL
const log = pino({ level: 'silent' })

/** The one of the tests always; a sentence model where SEMANTIC_MODEL names one. */
const encoders: readonly [string, () => Promise<Encoder>][] = [
  ['words', async () => new WordEncoder()],
  ...(folder ? [['a sentence model', () => openOnnxEncoder(folder)] as [string, () => Promise<Encoder>]] : []),
]

for (const [name, open] of encoders)
  describe(`an encoder: ${name}`, () => {
    let encoder: Encoder

    before(async function () {
      this.timeout(60_000)
      encoder = await open()
    })
    after(() => encoder.close())

    it('brings what means the same nearer than what does not', async () => {
      const asked = await encoder.encodeQuestion('machines to the cloud', 10_000)
      const [same] = await encoder.encodePassages({ title: 'Workload migration', text: 'How we moved to Azure.' })
      const [other] = await encoder.encodePassages({ title: 'Sandwiches', text: 'Tea at noon.' })
      expect(asked).to.have.length(encoder.dimensions)
      expect(cosine(asked, same!.vector)).to.be.greaterThan(cosine(asked, other!.vector) + 0.1)
    })

    it('gives the same vector for the same text, and passages in their order', async () => {
      const text = { title: 'Backups', text: 'They run at night. '.repeat(100) }
      const passages = await encoder.encodePassages(text)
      expect(passages.map(({ from }) => from)).to.deep.equal(passages.map(({ from }) => from).toSorted((a, b) => a - b))
      expect(await encoder.encodePassages(text)).to.deep.equal(passages)
    })

    it('takes ten megabytes, one endless word, emoji, nothing and other languages, and answers questions meanwhile', async function () {
      this.timeout(120_000)
      const texts = ['x'.repeat(10_000_000), '🦊'.repeat(3_000), '', '災害復旧と事業継続', '\u0000\uFFFF\uD800']
      const all = Promise.all(texts.map(text => encoder.encodePassages({ title: text.slice(0, 300), text })))
      expect(await encoder.encodeQuestion('disaster recovery', 60_000)).to.have.length(encoder.dimensions)
      for (const passages of await all) {
        expect(passages).to.have.lengthOf.within(1, mostPassages)
        for (const { vector } of passages) expect(vector).to.have.length(encoder.dimensions)
      }
    })
  })

describe('a model that cannot be used', () => {
  const problemOf = async (SEMANTIC_MODEL: string) => {
    const { encoder, problem } = await openSemanticModel({ SEMANTIC_MODEL }, log)
    await encoder?.close()
    return problem
  }

  it('is said, with what to do: a folder that is not there', async () => {
    expect(await problemOf('/nowhere')).to.match(/there is no model\.onnx in "\/nowhere".*npm run model -- fetch/)
  })

  if (folder) {
    it('is said, with what to do: a file cut short, one that is no model, and the tokenizer of another', async function () {
      this.timeout(60_000)
      const broken = mkdtempSync(join(tmpdir(), 'skillpool-model-'))
      try {
        for (const name of ['model.onnx', 'tokenizer.json']) copyFileSync(join(folder, name), join(broken, name))
        expect(await problemOf(broken), 'twin: a whole copy').to.equal(undefined)
        writeFileSync(join(broken, 'tokenizer.json'), '{}')
        expect(await problemOf(broken)).to.match(/cannot be used: .*npm run model -- fetch/)
        copyFileSync(join(folder, 'tokenizer.json'), join(broken, 'tokenizer.json'))
        writeFileSync(join(broken, 'model.onnx'), readFileSync(join(folder, 'model.onnx')).subarray(0, 5_000_000))
        expect(await problemOf(broken)).to.match(/cannot be used: .*npm run model -- fetch/)
        writeFileSync(join(broken, 'model.onnx'), 'a model')
        expect(await problemOf(broken)).to.match(/cannot be used: .*npm run model -- fetch/)
      } finally {
        rmSync(broken, { recursive: true })
      }
    })
  }
})
