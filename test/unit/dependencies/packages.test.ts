import { expect } from 'chai'
import { declaredIn, type LockedPackage, lockedPackages, readLocked, readPackageFile, readText } from './lockFile.ts'
import { fromElsewhere, listedPackages, needingInstallScripts, notPinned, unlisted, withoutAllowedLicence } from './packageRules.ts'

/** Licences that let a public body use, change and pass on; none asks that the site's own source be given away. */
const allowedLicences = [
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'PSF-2.0',
  'OFL-1.1',
  'Zlib',
  'BSD',
  'Unlicense',
]

/** Old packages without a licence field that npm reads: what their LICENSE or Readme says. */
const licencesInFiles = {
  busboy: 'MIT',
  khroma: 'MIT',
  'passport-local': 'MIT',
  'passport-strategy': 'MIT',
  pause: 'MIT',
  'png-js': 'MIT',
  streamsearch: 'MIT',
}

/** Only tests use them, and they are passed on with nothing. */
const forTestsAlone = ['axe-core', 'ical.js']
const isForTestsAlone = ({ name, dev, license }: LockedPackage) => forTestsAlone.includes(name) && dev === true && license === 'MPL-2.0'

/** The library behind sharp, as binaries that sharp loads: nothing of ours is part of it, and anybody may put another build in its place. */
const isLinkedLibrary = ({ name, license = '' }: LockedPackage) =>
  /^@img\/sharp-(libvips-|wasm32$|win32-)/.test(name) && /(^|AND )LGPL-3\.0-or-later/.test(license)

/** Their binaries are packages of their own; the script only looks for them (esbuild) or compiles where there is none (the watcher of sass). */
const workWithoutScript = ['esbuild', '@parcel/watcher']

const pinned = { dependencies: { door: '1.2.3' }, devDependencies: { saw: '4.5.6' } }
const made = (name: string, more: Partial<LockedPackage> = {}): LockedPackage => ({
  place: `node_modules/${name}`,
  name,
  version: '1.2.3',
  license: 'MIT',
  ...more,
})

describe('packages', () => {
  const locked = readLocked()

  it('are read from package-lock.json by name, also those inside others', () => {
    const packages = {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a/node_modules/@b/c': { version: '2.0.0' },
    }
    expect(lockedPackages({ packages }).map(({ name, version }) => `${name} ${version}`)).to.deep.equal(['a 1.0.0', '@b/c 2.0.0'])
    expect(locked.length).to.be.greaterThan(100)
  })

  it('are pinned to the version that is locked', () => {
    expect(notPinned(readPackageFile(), locked)).to.deep.equal([])
    const ranges = { dependencies: { door: '^1.2.3' }, devDependencies: { saw: '4.5.6', file: 'latest' } }
    expect(notPinned(pinned, [made('door'), made('saw', { version: '4.5.6' })])).to.deep.equal([])
    expect(notPinned(pinned, [made('door', { version: '1.2.4' })])).to.deep.equal(['door 1.2.3', 'saw 4.5.6'])
    expect(notPinned(ranges, [made('saw', { version: '4.5.6' })])).to.deep.equal(['door ^1.2.3', 'file latest'])
  })

  it('are each explained in docs/dependencies.md, and nothing else is', () => {
    const listed = listedPackages(readText('docs/dependencies.md'))
    expect(unlisted(Object.keys(declaredIn(readPackageFile())), listed)).to.deep.equal([])
  })

  it('that are missing in the explanation, gone, or explained twice are noticed', () => {
    const listed = listedPackages(
      '| package | for |\n| --- | --- |\n| `door` | entering, instead of `gate` |\n| `@old/hinge` | turning |\n| `door` | again |\n',
    )
    expect(listed).to.deep.equal(['door', '@old/hinge', 'door'])
    expect(unlisted(['door', 'saw'], listed)).to.deep.equal([
      'saw is not explained',
      '@old/hinge is explained, but not used',
      'door is explained twice',
    ])
  })

  it('need no script when they are installed', () => {
    expect(needingInstallScripts(locked, workWithoutScript)).to.deep.equal([])
    expect(readText('.npmrc')).to.match(/^ignore-scripts=true$/m)
  })

  it('with an install script are refused among those the site runs on, and elsewhere unless they work without', () => {
    const scripted = [
      made('door', { hasInstallScript: true }),
      made('saw', { hasInstallScript: true, dev: true }),
      made('esbuild', { hasInstallScript: true, dev: true }),
    ]
    expect(needingInstallScripts(scripted, workWithoutScript)).to.deep.equal(['node_modules/door', 'node_modules/saw'])
    expect(needingInstallScripts([made('esbuild', { hasInstallScript: true })], workWithoutScript)).to.deep.equal(['node_modules/esbuild'])
  })

  it('have licences of the allowed list', () => {
    const passedOn = locked.filter(one => !isForTestsAlone(one) && !isLinkedLibrary(one))
    expect(withoutAllowedLicence(passedOn, allowedLicences, licencesInFiles)).to.deep.equal([])
    const lacking = locked.filter(({ license }) => license === undefined).map(({ name }) => name)
    expect(lacking.sort()).to.deep.equal(Object.keys(licencesInFiles).sort())
  })

  it('are allowed another licence only by name: for tests, or as a library that is linked', () => {
    const axe = { license: 'MPL-2.0', dev: true }
    expect(isForTestsAlone(made('axe-core', axe))).to.equal(true)
    expect([made('axe-core', { license: 'MPL-2.0' }), made('other', axe)].filter(isForTestsAlone)).to.deep.equal([])
    const lesser = { license: 'LGPL-3.0-or-later' }
    expect(isLinkedLibrary(made('@img/sharp-libvips-linux-x64', lesser))).to.equal(true)
    const others = [
      made('libvips', lesser),
      made('@img/sharp-linux-x64', lesser),
      made('@img/sharp-libvips-x', { license: 'GPL-3.0-only' }),
    ]
    expect(others.filter(isLinkedLibrary)).to.deep.equal([])
  })

  it('with another licence, or none, are noticed; of several to choose from one is enough', () => {
    const { license: _none, ...unlicensed } = made('gift')
    const packages = [
      made('door', { license: 'MIT OR GPL-3.0-only' }),
      made('gate', { license: '(AGPL-3.0-only)' }),
      made('hinge', { license: 'MIT AND CC-BY-NC-4.0' }),
      unlicensed,
    ]
    expect(withoutAllowedLicence(packages, allowedLicences)).to.deep.equal([
      'node_modules/gate: (AGPL-3.0-only)',
      'node_modules/hinge: MIT AND CC-BY-NC-4.0',
      'node_modules/gift: no licence named',
    ])
  })

  it('come from the public registry', () => {
    expect(fromElsewhere(locked)).to.deep.equal([])
    const mirrored = made('gate', { resolved: 'https://mirror.example/gate/-/gate-1.2.3.tgz' })
    const official = made('door', { resolved: 'https://registry.npmjs.org/door/-/door-1.2.3.tgz' })
    expect(fromElsewhere([mirrored, official, made('saw')])).to.deep.equal(['node_modules/gate'])
  })
})
