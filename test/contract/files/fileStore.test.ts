import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect } from 'chai'
import { FileStore } from '../../../server/files/fileStore.ts'
import { backUpInto, restoreFrom, TemporaryFolders } from '../backup/backups.ts'
import { type OpenedStore, stores } from '../storage/stores.ts'

const about = { purpose: 'photo', subject: 'somebody', type: 'image/webp' }
const folders = new TemporaryFolders()

for (const store of stores) {
  describe(`files in ${store.name}`, () => {
    let opened: OpenedStore
    let files: FileStore

    beforeEach(async () => {
      opened = await store.open()
      files = new FileStore(opened.connection)
    })
    afterEach(async () => {
      await opened.close()
      folders.remove()
    })

    const partsOf = () => opened.connection.db!.collection('files.chunks').countDocuments({})
    const later = () => new Date(Date.now() + 5_000)

    it('come back byte for byte, in one part or many, from memory or a stream', async () => {
      for (const bytes of [Buffer.from('small'), randomBytes(700_000), Buffer.alloc(0)]) {
        for (const given of [bytes, Readable.from([bytes.subarray(0, 9), bytes.subarray(9)])]) {
          const id = await files.keep(given, about)
          expect(await files.find(id)).to.deep.equal({ _id: id, sizeBytes: bytes.length, ...about })
          expect((await buffer(files.read(id))).equals(bytes)).to.equal(true)
        }
      }
    })

    it('are gone with all their parts, and can be taken away twice', async () => {
      const [first, second] = [await files.keep(randomBytes(600_000), about), await files.keep(Buffer.from('stays'), about)]
      await files.remove([first])
      await files.remove([first])
      expect([await files.find(first), (await files.named([first, second])).map(({ _id }) => _id)]).to.deep.equal([undefined, [second]])
      expect(await partsOf()).to.equal(1)
    })

    it('are listed in order, each once, by when they were made; parts without a file too', async () => {
      const ids: string[] = []
      for (let made = 0; made < 5; made++) ids.push(await files.keep(randomBytes(300_000), about))
      await opened.connection.db!.collection<{ _id: string }>('files.files').deleteOne({ _id: ids[1] as string })
      expect(await files.idsAfter('', later(), 3)).to.deep.equal(ids.slice(0, 3))
      expect(await files.idsAfter(ids[2] as string, later(), 3)).to.deep.equal(ids.slice(3))
      expect(await files.idsAfter('', new Date(Date.now() - 60_000), 3)).to.deep.equal([])
    })

    it('are kept by a backup, and read after a restore', async () => {
      const bytes = randomBytes(700_000)
      const id = await files.keep(bytes, about)
      const folder = folders.name()
      await backUpInto(opened.connection, folder)
      const target = await store.open()
      try {
        await restoreFrom(target.connection, folder)
        const restored = new FileStore(target.connection)
        expect(await restored.find(id)).to.deep.equal({ _id: id, sizeBytes: bytes.length, ...about })
        expect((await buffer(restored.read(id))).equals(bytes)).to.equal(true)
        await restored.keep(bytes, about)
      } finally {
        await target.close()
      }
    })
  })
}
