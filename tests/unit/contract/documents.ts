// Small contracts for the tests of the loader.

import { contractOf } from '../../../src/contract/contract.ts'
import type { Contract, JsonObject } from '../../../src/types/index.ts'

const RESPONSE: JsonObject = {
  type: 'object',
  required: ['id', 'object', 'status', 'output'],
  properties: {
    id: { type: 'string' },
    object: { const: 'response' },
    status: { type: 'string', enum: ['completed', 'failed', 'incomplete'] },
    output: { type: 'array', items: { $ref: '#/components/schemas/Item' } },
    usage: {
      type: ['object', 'null'],
      required: ['total_tokens'],
      properties: { total_tokens: { type: 'integer', minimum: 0 } },
    },
    metadata: { type: 'object', additionalProperties: { type: 'string' } },
    raw: { type: 'object' },
  },
}

const SCHEMAS: JsonObject = {
  CreateRequest: {
    type: 'object',
    required: ['model', 'input'],
    properties: {
      model: { type: 'string' },
      input: {
        oneOf: [
          { type: 'string' },
          { type: 'array', items: { $ref: '#/components/schemas/InputItem' } },
        ],
      },
      temperature: { type: 'number', minimum: 0, maximum: 2, default: 1 },
      stream: { type: 'boolean', default: false },
      effort: { type: 'string', enum: ['low', 'high'] },
      text: {
        type: 'object',
        properties: {
          format: {
            oneOf: [
              { type: 'object', required: ['type'], properties: { type: { const: 'text' } } },
              {
                type: 'object',
                required: ['type', 'name', 'schema'],
                properties: {
                  type: { const: 'json_schema' },
                  name: { type: 'string', maxLength: 64 },
                  schema: { type: 'object' },
                },
              },
            ],
          },
        },
      },
      tools: { type: 'array', items: { type: 'object' } },
    },
  },
  InputItem: {
    oneOf: [
      { $ref: '#/components/schemas/EasyMessage' },
      { $ref: '#/components/schemas/FunctionCallOutput' },
    ],
  },
  EasyMessage: {
    type: 'object',
    required: ['role', 'content'],
    properties: {
      type: { const: 'message' },
      role: { enum: ['user', 'assistant'] },
      content: { type: 'string' },
    },
  },
  FunctionCallOutput: {
    type: 'object',
    required: ['type', 'call_id', 'output'],
    properties: {
      type: { const: 'function_call_output' },
      call_id: { type: 'string' },
      output: { type: 'string' },
    },
  },
  Response: RESPONSE,
  Item: {
    oneOf: [
      { $ref: '#/components/schemas/Message' },
      { $ref: '#/components/schemas/FunctionCall' },
    ],
  },
  Message: {
    type: 'object',
    required: ['type', 'id', 'role', 'content'],
    properties: {
      type: { const: 'message' },
      id: { type: 'string' },
      role: { const: 'assistant' },
      content: {
        type: 'array',
        items: {
          oneOf: [
            {
              type: 'object',
              required: ['type', 'text'],
              properties: { type: { const: 'output_text' }, text: { type: 'string' } },
            },
            {
              type: 'object',
              required: ['type', 'refusal'],
              properties: { type: { const: 'refusal' }, refusal: { type: 'string' } },
            },
          ],
        },
      },
    },
  },
  FunctionCall: {
    type: 'object',
    required: ['type', 'call_id', 'name', 'arguments'],
    properties: {
      type: { const: 'function_call' },
      call_id: { type: 'string' },
      name: { type: 'string' },
      arguments: { type: 'string' },
    },
  },
  StreamEvent: {
    oneOf: [
      {
        type: 'object',
        required: ['type', 'sequence_number', 'delta'],
        properties: {
          type: { const: 'response.output_text.delta' },
          sequence_number: { type: 'integer' },
          delta: { type: 'string' },
        },
      },
      {
        type: 'object',
        required: ['type', 'sequence_number', 'response'],
        properties: {
          type: { enum: ['response.completed', 'response.failed'] },
          sequence_number: { type: 'integer' },
          response: { $ref: '#/components/schemas/Response' },
        },
      },
    ],
  },
}

export const YARDSTICK: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'A small yardstick', version: '1' },
  'x-kind': 'yardstick',
  'x-contested': [
    {
      at: '#/components/schemas/FunctionCall/required/arguments',
      readings: ['required', 'left out'],
      because: 'its own traffic leaves it out',
      source: 'page',
    },
  ],
  'x-sources': {
    page: { title: 'Page', url: 'https://example.com/', retrieved: '2026-01-01', kind: 'document' },
  },
  paths: {
    '/responses': {
      post: {
        operationId: 'create',
        requestBody: {
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/CreateRequest' } },
          },
        },
        responses: {
          '200': {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/Response' } },
              'text/event-stream': { schema: { $ref: '#/components/schemas/StreamEvent' } },
            },
          },
        },
      },
    },
  },
  components: { schemas: SCHEMAS },
}

export const GOOD_ITEM: JsonObject = {
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  content: [{ type: 'output_text', text: 'Hello' }],
}

export const GOOD_RESPONSE: JsonObject = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  output: [GOOD_ITEM],
  usage: { total_tokens: 3 },
}

export function createContract(document: JsonObject = YARDSTICK, file = 'small.yaml'): Contract {
  return contractOf(file, document, () => YARDSTICK)
}
