import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { projectRoot } from '../../../server/http/projectRoot.ts'

const from = (file: string) => JSON.stringify(pathToFileURL(join(projectRoot, 'server/monitoring', file)).href)

/** A program that logs as the site does, and then this happens. */
async function ending(happens: string, { watched = true } = {}): Promise<{ code: number; said: string }> {
  const program = `import { createLogger } from ${from('createLogger.ts')}
    import { logUnhandled } from ${from('logUnhandled.ts')}
    ${watched ? "logUnhandled(createLogger({ LOG_LEVEL: 'info' }))" : ''}
    setTimeout(() => console.log('went on'), 200)
    ${happens}`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { cwd: projectRoot })
  const [[code], said] = await Promise.all([once(child, 'exit'), text(child.stdout)])
  return { code, said }
}

describe('what nobody caught', () => {
  for (const [what, happens, origin] of [
    ['an error', "setImmediate(() => { throw new TypeError('adrift') })", 'uncaughtException'],
    ['a rejection', "Promise.reject(new TypeError('adrift'))", 'unhandledRejection'],
  ] as const) {
    it(`is logged with its stack, and ends the process: ${what}`, async () => {
      const { code, said } = await ending(happens)
      expect(code).to.equal(1)
      const line = JSON.parse(said)
      expect(line).to.include({ level: 60, origin })
      expect(line.err).to.include({ type: 'TypeError', message: 'adrift' })
      expect(line.err.stack).to.include('\n    at ')
    })
  }

  it('is not in the log of a program that does not watch for it', async () => {
    expect((await ending("Promise.reject(new TypeError('adrift'))", { watched: false })).said).to.equal('')
  })
})
