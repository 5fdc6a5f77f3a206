import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

const megabyte = 1024 * 1024

describe('a form of 50 MB', () => {
  let site: TestSite
  before(async () => {
    site = await startTestSite()
  })
  after(() => site.close())

  for (const announced of [true, false]) {
    it(`answers 413 in words, its size ${announced ? '' : 'not '}announced`, async () => {
      const { status, text } = await sendForm(site, 50, announced)
      expect(status).to.equal(413)
      expect(text).to.include('larger than this site takes')
      expect(site.logged.filter(({ level }) => level >= 50)).to.deep.equal([])
      await site.visitor().get('/sign-in').expect(200)
    })
  }
})

/** Through a socket, since supertest would keep all of it in memory first. */
async function sendForm({ app }: TestSite, megabytes: number, announced: boolean): Promise<{ status: number; text: string }> {
  const server = app.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  try {
    return await new Promise((resolve, reject) => {
      const headers = {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Sec-Fetch-Site': 'same-origin',
        ...(announced ? { 'Content-Length': megabytes * megabyte } : {}),
      }
      const sent = request({ port: (server.address() as AddressInfo).port, method: 'POST', path: '/sign-in', headers }, answer => {
        let text = ''
        answer.setEncoding('utf8').on('data', part => {
          text += part
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
      })
      sent.on('error', reject)
      for (let part = 0; part < megabytes; part++) sent.write('a'.repeat(megabyte))
      sent.end()
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
