import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readConfig } from '../../../server/config.ts'
import { CannotStart } from '../../../server/failures.ts'
import { projectRoot } from '../../../server/http/projectRoot.ts'
import { type Site, startSite } from '../../../server/index.ts'
import { versionOf } from '../../../server/people/profileChange.ts'
import { connectStorage } from '../../../server/storage/connectStorage.ts'
import { anArticle, aPerson, asReader } from '../../support/builders.ts'
import { compiledCommand } from '../../support/compiledCommand.ts'
import { aPicture } from '../../support/pictures.ts'
import { type TestSite, testPassword } from '../../support/testSite.ts'

describe('the commands backup and restore', () => {
  let root: string
  let site: Site | undefined
  const folder = (name: string) => join(root, name)

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'skillpool-commands-'))
  })
  afterEach(async () => {
    await site?.close()
    site = undefined
    rmSync(root, { recursive: true, force: true })
  })

  const start = async (dataDir: string) => {
    site = await startSite(readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }))
    return site
  }
  const run = (command: string, args: readonly string[], dataDir = folder('data')) => {
    const { MONGODB_URI: _mongodb, ELASTICSEARCH_URL: _elasticsearch, ...environment } = process.env
    return new Promise<{ code: number; said: string }>(resolve => {
      const env = { ...environment, DATA_DIR: dataDir }
      execFile(process.execPath, [compiledCommand(command), ...args], { cwd: projectRoot, env }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
      )
    })
  }

  it('move a running site elsewhere: everything is found there, and nobody is signed in', async () => {
    const first = await start(folder('data'))
    const person = await aPerson(first as never as TestSite, { name: 'Ada Pennine' })
    await anArticle(first as never as TestSite, person, { title: 'Moving a data centre' })
    await first.services.photos.change(asReader(person), person.slug, await aPicture(), versionOf(person, ['photo']))
    const cookie = await signIn(first, person.email)
    const photo = await bytesAt(first, `/people/${person.slug}/photo`, cookie)
    expect(await isSignedIn(first, cookie)).to.equal(true)

    const backup = await run('backup', [folder('backup')])
    expect(backup, backup.said).to.include({ code: 0 })
    expect(backup.said).to.match(/^\d+ documents of \d+ collections, /)
    const beside = await run('restore', [folder('backup')])
    expect(beside.code).to.equal(1)
    expect(beside.said, 'the running site is not touched').to.include(folder('data')).and.to.include(String(process.pid))

    const restored = await run('restore', [folder('backup')], folder('elsewhere'))
    expect(restored, restored.said).to.include({ code: 0 })
    expect(restored.said).to.include('is whole').and.to.include('each as in the backup').and.to.include('2 records can be found')
    await first.close()

    const second = await start(folder('elsewhere'))
    expect(await isSignedIn(second, cookie), 'the sign-in did not come along').to.equal(false)
    const anew = await signIn(second, person.email)
    expect(await textOf(second, '/search?q=data+centre', anew)).to.include('moving-a-data-centre')
    expect((await bytesAt(second, `/people/${person.slug}/photo`, anew)).equals(photo), 'the photo came along').to.equal(true)
    await second.close()
    site = undefined

    const again = await run('restore', [folder('backup')], folder('elsewhere'))
    expect(again.code).to.equal(1)
    expect(again.said).to.include('"skillpool"').and.to.include('not empty').and.to.include('articles')
  }).timeout(60_000)

  it('leave nothing behind when the backup is bad', async () => {
    await (await start(folder('data'))).close()
    site = undefined
    await run('backup', [folder('backup')])
    expect((await run('restore', [folder('backup'), '--check'])).said).to.include('is whole')
    truncateSync(join(folder('backup'), 'skillpool', 'settings.bson'), 3)
    const refused = await run('restore', [folder('backup')], folder('elsewhere'))
    expect(refused.code).to.equal(1)
    expect(refused.said)
      .to.include('skillpool/settings.bson')
      .and.to.not.match(/\n\s+at /)
    expect(existsSync(folder('elsewhere')), 'the store was not even opened').to.equal(false)
  }).timeout(60_000)

  it('say how they are used', async () => {
    for (const [command, args] of [
      ['backup', []],
      ['backup', ['a', 'b']],
      ['restore', []],
      ['restore', ['a', '--force']],
    ] as const) {
      const { code, said } = await run(command, args)
      expect(code, `${command} ${args}`).to.equal(2)
      expect(said).to.include(`Usage: npm run ${command} -- DIR`)
    }
  }).timeout(60_000)

  it('keep the site from starting on half a restore', async () => {
    const storage = await connectStorage({ dataDir: folder('data') })
    await storage.connection.collection('unfinishedRestore').insertOne({ _id: 'restore' as never, beganAt: new Date() })
    await storage.close()
    const refusal = await start(folder('data')).catch(error => error)
    expect(refusal).to.be.instanceOf(CannotStart)
    expect(refusal.message).to.include('unfinished restore').and.to.include('npm run restore')
  })
})

async function signIn({ url }: Site, email: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ email, password: testPassword }),
  })
  expect(answer.status).to.equal(303)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const isSignedIn = async ({ url }: Site, cookie: string) =>
  (await fetch(`${url}/account`, { redirect: 'manual', headers: { cookie } })).status === 200

const textOf = async ({ url }: Site, address: string, cookie: string) => (await fetch(`${url}${address}`, { headers: { cookie } })).text()

async function bytesAt({ url }: Site, address: string, cookie: string): Promise<Buffer> {
  const answer = await fetch(`${url}${address}`, { headers: { cookie } })
  expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'image/webp'])
  return Buffer.from(await answer.arrayBuffer())
}
