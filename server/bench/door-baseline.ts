import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express from 'express'
import pg from 'pg'
import { answerJobs } from './processes.ts'

export type DoorBaselineJob = { databaseUrl: string; signingSecret: string }

const INSERT = { name: 'insert', text: 'insert into door_requests (id, body) values ($1, $2)' }

/** What one writes in an afternoon: bare Express, the signature, one INSERT per request. */
answerJobs<DoorBaselineJob, number>(async ({ databaseUrl, signingSecret }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 16 })
  await pool.query(
    'create table door_requests (id text primary key, body text not null, received_at timestamptz not null default now())',
  )
  const key = Buffer.from(signingSecret.replace('whsec_', ''), 'base64')

  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.post('/api/webhook/:secret', express.raw({ type: () => true }), async (request, response) => {
    const body = request.body as Buffer
    const id = String(request.headers['webhook-id'])
    const timestamp = String(request.headers['webhook-timestamp'])
    const given = Buffer.from(String(request.headers['webhook-signature']).replace('v1,', ''), 'base64')
    const made = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
    if (given.length !== made.length || !timingSafeEqual(given, made)) return void response.status(401).end()
    await pool.query({ ...INSERT, values: [id, body.toString()] })
    response.status(202).json({ id, status: 'accepted' })
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return (server.address() as AddressInfo).port
})
