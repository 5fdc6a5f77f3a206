import { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, serialize, Timestamp } from 'bson'
import { expect } from 'chai'
import { insertDocuments } from '../../../server/storage/backup/insertDocuments.ts'
import { readCollection } from '../../../server/storage/backup/readCollection.ts'
import { type OpenedStore, stores } from '../storage/stores.ts'

const fields: [string, unknown][] = [
  ['a whole number as a double', new Double(3)],
  ['a small number as a long', Long.fromNumber(7)],
  ['a long beyond doubles', Long.fromString('9007199254740993')],
  ['minus zero', new Double(-0)],
  ['no number', new Double(Number.NaN)],
  ['infinity', new Double(Number.POSITIVE_INFINITY)],
  ['a decimal', Decimal128.fromString('1.10')],
  [
    'names like positions, not in their order',
    new Map<string, unknown>([
      ['10', new Int32(1)],
      ['2', new Int32(2)],
      ['b', new Int32(3)],
      ['1', 'x'],
    ]),
  ],
  ['a name with a dot', new Map<string, unknown>([['a.b', 1]])],
  [
    'an array of all kinds',
    [
      new Double(1),
      new Int32(1),
      null,
      [],
      new Map(),
      new Map<string, unknown>([
        ['9', 1],
        ['8', 2],
      ]),
    ],
  ],
  ['bytes', new Binary(Buffer.from([0, 1, 255]))],
  ['bytes of a kind', new Binary(Buffer.from('0123456789abcdef0123456789abcdef', 'hex'), 4)],
  ['an object id', new ObjectId()],
  ['a date before 1970', new Date(-1)],
  ['a timestamp', new Timestamp({ t: 5, i: 6 })],
  ['a pattern', new BSONRegExp('a+', 'i')],
  ['code', new Code('x()')],
  ['the ends', [new MinKey(), new MaxKey()]],
  [
    'a reference',
    new Map<string, unknown>([
      ['$ref', 'people'],
      ['$id', 'x'],
      ['$db', 'other'],
    ]),
  ],
  ['text beyond ASCII', 'Grüße 🙂 \u0000 nul'],
  ['true', true],
]

for (const store of stores) {
  describe(`documents with exactly their bytes on ${store.name}`, () => {
    let opened: OpenedStore

    before(async () => {
      opened = await store.open()
    })
    after(() => opened.close())

    for (const [position, [says, value]] of fields.entries()) {
      it(says, async () => {
        const name = `exact${position}`
        const sent = Buffer.from(
          serialize(
            new Map<string, unknown>([
              ['_id', 1],
              ['value', value],
              ['after', 'it'],
            ]),
          ),
        )
        await insertDocuments(opened.connection, name, one(sent), () => undefined)
        const kept: Buffer[] = []
        for await (const document of readCollection(opened.connection, name)) kept.push(document)
        expect(kept.map(bytes => bytes.toString('hex'))).to.deep.equal([sent.toString('hex')])
      })
    }

    it('through the driver too', async () => {
      const collection = opened.connection.collection('driven')
      await collection.insertOne({ _id: 1, whole: new Double(2), long: Long.fromNumber(2) } as never)
      const kept = await collection.findOne({}, { promoteValues: false })
      expect(kept?.whole).to.be.instanceOf(Double)
      expect(kept?.long).to.be.instanceOf(Long)
    })

    it('says which document was not taken', async () => {
      const sent = Buffer.from(serialize({ _id: 1 }))
      const twice = async function* () {
        yield* [sent, sent]
      }
      const refusal = await insertDocuments(opened.connection, 'twice', twice(), () => undefined).catch(error => error)
      expect(refusal.message).to.include('twice').and.to.include('duplicate')
    })
  })
}

async function* one(document: Buffer): AsyncGenerator<Buffer> {
  yield document
}
