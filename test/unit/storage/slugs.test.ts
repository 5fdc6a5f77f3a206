import { expect } from 'chai'
import { slugOf, slugWithId } from '../../../server/storage/slugs.ts'
import { withFreeSlug } from '../../../server/storage/takenSlug.ts'

describe('slugs', () => {
  for (const [title, slug] of [
    ['Moving servers: a how-to', 'moving-servers-a-how-to'],
    ['  Ünïcode   & Straße ', 'unicode-straße'],
    ['C++ / C# ?', 'c-c'],
    ['日本語の手順', '日本語の手順'],
    ['', 'untitled'],
    ['?!…', 'untitled'],
    ['New', 'new-1'],
    ['New things', 'new-things'],
    ['../../etc/passwd', 'etc-passwd'],
    ['<script>', 'script'],
  ] as const) {
    it(`make ${slug} of “${title}”`, () => {
      expect(slugOf(title)).to.equal(slug)
    })
  }

  it('are cut at 80 signs, never inside one and never with a hyphen at the end', () => {
    expect(slugOf('x'.repeat(200))).to.have.length(80)
    expect(slugOf(`${'x'.repeat(79)} and more`)).to.equal('x'.repeat(79))
    const rare = slugOf('𐐨'.repeat(100))
    expect([...rare]).to.have.length(80)
    expect(() => encodeURIComponent(rare)).to.not.throw()
  })

  it('get an end of the id where the title is taken', () => {
    expect(slugWithId('Twice', '0123456789abcdef')).to.equal('twice-abcdef')
  })

  describe('withFreeSlug', () => {
    const taken = (code: number) => Object.assign(new Error('E11000'), { code })

    it('tries the plain one first, and then one of its own', async () => {
      const asked: string[] = []
      const created = await withFreeSlug('Twice', 'abcdef', async slug => {
        asked.push(slug)
        if (asked.length === 1) throw taken(11000)
        return slug
      })
      expect(asked).to.deep.equal(['twice', 'twice-abcdef'])
      expect(created).to.equal('twice-abcdef')
    })

    it('passes on what is no taken slug', async () => {
      let tries = 0
      const failing = withFreeSlug('Once', 'abcdef', async () => {
        tries++
        throw taken(50)
      })
      expect(await failing.catch((error: Error) => error)).to.include({ code: 50 })
      expect(tries).to.equal(1)
    })
  })
})
