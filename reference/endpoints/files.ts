// Uploaded files, for `file_id`.

import { newId } from '../ids.ts'
import { createBadRequest, createNotFound, ApiError } from '../api-error.ts'
import type { RouteAnswer, RouteCall, Route } from '../http/router.ts'
import { createJsonAnswer } from '../http/router.ts'
import { clipText } from '../json.ts'
import type { StoredFile } from '../store.ts'

const PURPOSES = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals']

export const fileRoutes: readonly Route[] = [
  { method: 'POST', path: '/files', handler: upload },
  { method: 'GET', path: '/files/*', handler: (call) => createJsonAnswer(find(call).object) },
  { method: 'DELETE', path: '/files/*', handler: remove },
]

async function upload({ request, account, provider }: RouteCall): Promise<RouteAnswer> {
  const form = await readForm(request.headers['content-type'] ?? '', request.text)
  const file = form.get('file')
  const purpose = form.get('purpose')
  if (!(file instanceof File)) {
    throw createBadRequest(
      'missing_required_parameter',
      'file',
      "Missing required parameter: 'file'.",
    )
  }
  if (typeof purpose !== 'string') {
    throw createBadRequest(
      'missing_required_parameter',
      'purpose',
      "Missing required parameter: 'purpose'.",
    )
  }
  if (!PURPOSES.includes(purpose)) {
    throw createBadRequest(
      'invalid_value',
      'purpose',
      `Invalid value: '${clipText(purpose)}'. Supported values are: ${PURPOSES.map((one) => `'${one}'`).join(', ')}.`,
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
  return createJsonAnswer(object)
}

async function readForm(contentType: string, latin1: string): Promise<FormData> {
  try {
    const headers = { 'content-type': contentType }
    return await new Response(Buffer.from(latin1, 'latin1'), { headers }).formData()
  } catch {
    throw new ApiError(400, 'The body of this request is not valid multipart form data.')
  }
}

function find({ account, ids }: RouteCall): StoredFile {
  const file = account.files.get(ids[0] ?? '')
  if (file !== undefined) return file
  throw createNotFound(`No such File object: ${clipText(ids[0] ?? '')}`)
}

function remove(call: RouteCall): RouteAnswer {
  find(call)
  const id = call.ids[0]!
  call.account.files.drop(id)
  return createJsonAnswer({ id, object: 'file', deleted: true })
}
