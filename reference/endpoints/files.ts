// Uploaded files, for `file_id`.

import { newId } from '../ids.ts'
import { bad, notFound, Problem } from '../api-error.ts'
import type { Answer, Call, Route } from '../http/router.ts'
import { json } from '../http/router.ts'
import { clip } from '../json.ts'
import type { StoredFile } from '../store.ts'

const PURPOSES = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals']

export const fileRoutes: readonly Route[] = [
  { method: 'POST', path: '/files', handler: upload },
  { method: 'GET', path: '/files/*', handler: (call) => json(find(call).object) },
  { method: 'DELETE', path: '/files/*', handler: remove },
]

async function upload({ request, account, provider }: Call): Promise<Answer> {
  const form = await readForm(request.headers['content-type'] ?? '', request.text)
  const file = form.get('file')
  const purpose = form.get('purpose')
  if (!(file instanceof File)) {
    throw bad('missing_required_parameter', 'file', "Missing required parameter: 'file'.")
  }
  if (typeof purpose !== 'string') {
    throw bad('missing_required_parameter', 'purpose', "Missing required parameter: 'purpose'.")
  }
  if (!PURPOSES.includes(purpose)) {
    throw bad(
      'invalid_value',
      'purpose',
      `Invalid value: '${clip(purpose)}'. Supported values are: ${PURPOSES.map((one) => `'${one}'`).join(', ')}.`,
    )
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const id = newId('file').replace('_', '-').slice(0, 27)
  const object = {
    id,
    object: 'file',
    bytes: bytes.length,
    created_at: Math.floor(provider.now() / 1000),
    filename: file.name,
    purpose,
    status: 'processed',
  }
  const mediaType = file.type.split(';')[0]!.toLowerCase()
  account.files.put(id, { object, bytes, filename: file.name, mediaType }, bytes.length + 500)
  return json(object)
}

async function readForm(contentType: string, latin1: string): Promise<FormData> {
  try {
    const headers = { 'content-type': contentType }
    return await new Response(Buffer.from(latin1, 'latin1'), { headers }).formData()
  } catch {
    throw new Problem(400, 'The body of this request is not valid multipart form data.')
  }
}

function find({ account, ids }: Call): StoredFile {
  const file = account.files.get(ids[0] ?? '')
  if (file !== undefined) return file
  throw notFound(`No such File object: ${clip(ids[0] ?? '')}`)
}

function remove(call: Call): Answer {
  find(call)
  const id = call.ids[0]!
  call.account.files.drop(id)
  return json({ id, object: 'file', deleted: true })
}
