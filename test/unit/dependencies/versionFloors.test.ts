import { expect } from 'chai'
import { type LockedPackage, readLocked } from './lockFile.ts'
import { belowFloors, type Floor, isOlder } from './versionFloors.ts'

/** The oldest versions without the weaknesses that are known; a newer advisory raises its floor here. */
const floors: Record<string, Floor> = {
  express: { version: '5.0.0', because: 'CVE-2024-43796, script through res.redirect' },
  'body-parser': { version: '2.3.0', because: 'CVE-2026-12590, a wrong limit was no limit; CVE-2025-13466, slow forms' },
  qs: { version: '6.16.0', because: 'CVE-2026-82417 and CVE-2026-82562, limits that could be passed' },
  'path-to-regexp': { version: '8.4.0', because: 'CVE-2026-4923 and CVE-2026-4926, addresses that take for ever' },
  send: { version: '1.1.0', because: 'CVE-2024-43799, script through a redirect' },
  'serve-static': { version: '2.1.0', because: 'CVE-2024-43800, script through a redirect' },
  cookie: { version: '0.7.0', because: 'CVE-2024-47764, other cookie fields through a name' },
  multer: { version: '2.2.0', because: 'CVE-2026-5079 and CVE-2026-5038, uploads that stop the process' },
  'sanitize-html': { version: '2.17.5', because: 'CVE-2026-44990, script inside xmp; unsafe addresses in further attributes' },
  ejs: { version: '3.1.10', because: 'CVE-2024-33883, code through a polluted prototype' },
  'markdown-it': { version: '14.1.1', because: 'CVE-2026-2327, texts that take for ever' },
  'linkify-it': { version: '5.0.2', because: 'CVE-2026-59887 and CVE-2026-48801, texts that take for ever' },
  mongoose: {
    version: '9.5.0',
    because: 'CVE-2026-73562, the prototype of all objects written through an update; CVE-2025-23061, code in a match',
  },
  helmet: {
    version: '8.0.0',
    because: 'older ones send a policy with a missing quotation mark, which protects from nothing, without a word',
  },
  'express-session': { version: '1.18.2', because: 'CVE-2025-7339, by way of on-headers' },
  'on-headers': { version: '1.1.0', because: 'CVE-2025-7339, headers changed by others' },
  passport: { version: '0.6.0', because: 'CVE-2022-25896, a sign-in that somebody else began' },
  '@node-rs/argon2': { version: '2.0.0', because: 'version 2 is the line that is kept up; no weakness is known' },
  undici: { version: '7.29.0', because: 'CVE-2026-13697 and CVE-2026-12151, what the search engine answers could stop the process' },
  zod: { version: '3.22.3', because: 'CVE-2023-4316, e-mail addresses that take for ever' },
  nodemailer: {
    version: '9.1.0',
    because: 'GHSA-2x7j-588g-ccc2, addresses that take for ever; GHSA-268h-hp4c-crq3, headers that somebody else wrote',
  },
  'csv-parse': { version: '4.4.6', because: 'CVE-2019-17592, numbers that take for ever' },
}

const installed = (name: string, version: string, place = `node_modules/${name}`): LockedPackage => ({ place, name, version })
const example = { door: { version: '2.10.0', because: 'it stood open' } }

describe('floors of versions with security fixes', () => {
  it('are kept by every copy in package-lock.json', () => {
    expect(belowFloors(readLocked(), floors)).to.deep.equal([])
  })

  it('fail a copy that is older, also one inside another package, and say why', () => {
    const inside = 'node_modules/house/node_modules/door'
    expect(belowFloors([installed('door', '2.10.0'), installed('door', '2.9.9', inside)], example)).to.deep.equal([
      `${inside} 2.9.9 is older than 2.10.0: it stood open`,
    ])
  })

  it('fail when the package is gone, so that none is kept for nothing', () => {
    expect(belowFloors([installed('window', '1.0.0')], example)).to.deep.equal(['door is not installed: take its floor away'])
  })

  it('compare by number, and take a pre-release as older than its release', () => {
    const older = [
      ['2.9.0', '2.10.0'],
      ['1.99.99', '2.0.0'],
      ['2.0.0-alpha.2', '2.0.0'],
      ['0.6.9', '0.7.0'],
    ] as const
    for (const [version, than] of older) {
      expect(isOlder(version, than), `${version} < ${than}`).to.equal(true)
      expect(isOlder(than, version), `${than} < ${version}`).to.equal(false)
    }
    expect(isOlder('1.2.3', '1.2.3')).to.equal(false)
    expect(() => isOlder('latest', '1.0.0')).to.throw('"latest" is not a version')
  })
})
