"""The official SDK."""

import sys

sys.path.append('../common')
from protocol import (  # before the client
    are_integers,
    define_answer,
    picture,
    picture_question,
    question,
    read_object,
    run_weather,
    secret,
    sentence,
    serve,
    texts,
    tool,
    weather,
)

import json
import time

import openai

Answer = define_answer()

TOOL = {
    'type': 'function',
    'name': tool['name'],
    'description': tool['description'],
    'parameters': tool['parameters'],
    'strict': True,
}


def connect(context):
    return openai.OpenAI(base_url=context.base_url, api_key=context.key, max_retries=0, timeout=15)


def meter(r):
    u = r.usage
    return u is not None and are_integers(u.input_tokens, u.output_tokens, u.total_tokens)


def loop(context, ask):
    client, calls = connect(context), []
    items = [{'role': 'user', 'content': weather}]
    for _ in range(4):
        r = ask(client, dict(model=context.model, input=items, tools=[TOOL]))
        wanted = [i for i in r.output if i.type == 'function_call']
        if not wanted:
            return {'calls': calls, 'text': r.output_text, 'usage': meter(r)}
        items = items + list(r.output)
        for call in wanted:
            args = json.loads(call.arguments)
            calls.append(args)
            items.append(
                {
                    'type': 'function_call_output',
                    'call_id': call.call_id,
                    'output': run_weather(**args),
                }
            )
    raise RuntimeError('the model did not stop calling tools')


def text(context):
    r = connect(context).responses.create(model=context.model, input=sentence)
    return {'text': r.output_text, 'status': r.status, 'usage': meter(r)}


def iterate(context):
    seen = {'text': '', 'ended': None}
    with connect(context).responses.create(
        model=context.model, input=sentence, stream=True
    ) as stream:
        for e in stream:
            if e.type == 'response.output_text.delta':
                seen['text'] += e.delta
            if e.type == 'response.completed':
                seen['ended'] = e.response.status
                seen['usage'] = meter(e.response)
    return seen


def stream(context):
    live = ''
    with connect(context).responses.stream(model=context.model, input=sentence) as s:
        for e in s:
            if e.type == 'response.output_text.delta':
                live += e.delta
        r = s.get_final_response()
    return {'live': live, 'text': r.output_text, 'status': r.status, 'usage': meter(r)}


def streamed(client, body):
    with client.responses.stream(**body) as s:
        return s.get_final_response()


def structured(context):
    r = connect(context).responses.parse(
        model=context.model, input=f'{secret} {question}', text_format=Answer
    )
    return read_object(r.output_parsed)


def stream_structured(context):
    with connect(context).responses.stream(
        model=context.model, input=f'{secret} {question}', text_format=Answer
    ) as s:
        r = s.get_final_response()
    return read_object(r.output_parsed)


def multi_turn(context):
    client = connect(context)
    items = [{'role': 'user', 'content': secret}]
    first = client.responses.create(model=context.model, input=items)
    items = items + list(first.output) + [{'role': 'user', 'content': question}]
    r = client.responses.parse(model=context.model, input=items, text_format=Answer)
    return read_object(r.output_parsed)


def chained(context):
    client = connect(context)
    first = client.responses.create(model=context.model, input=secret)
    r = client.responses.parse(
        model=context.model, previous_response_id=first.id, input=question, text_format=Answer
    )
    return read_object(r.output_parsed)


def image(context):
    r = connect(context).responses.create(
        model=context.model,
        input=[
            {
                'role': 'user',
                'content': [
                    {'type': 'input_text', 'text': picture_question},
                    {'type': 'input_image', 'image_url': picture, 'detail': 'auto'},
                ],
            }
        ],
    )
    return {'text': r.output_text}


def conversation(context):
    client = connect(context)
    conv = client.conversations.create()
    client.responses.create(model=context.model, conversation=conv.id, input=secret)
    r = client.responses.parse(
        model=context.model, conversation=conv.id, input=question, text_format=Answer
    )
    items = [i.type for i in client.conversations.items.list(conv.id, limit=2)]
    client.conversations.delete(conv.id)
    return {**read_object(r.output_parsed), 'items': items}


def kept(context):
    responses = connect(context).responses
    first = responses.create(
        model=context.model, input=[{'role': 'user', 'content': each} for each in texts['numbers']]
    )
    again = responses.retrieve(first.id, include=['message.output_text.logprobs'])
    items = [i.content[0].text for i in responses.input_items.list(first.id, limit=1, order='asc')]
    responses.delete(first.id)
    try:
        responses.retrieve(first.id)
        gone = None
    except openai.APIStatusError as e:
        gone = e.status_code
    return {'same': again.output_text == first.output_text, 'items': items, 'gone': gone}


def background(context):
    responses = connect(context).responses
    started = responses.create(model=context.model, input=sentence, background=True)
    polled = started
    while polled.status in ('queued', 'in_progress'):
        time.sleep(0.05)
        polled = responses.retrieve(started.id)
    return {'begun': started.status, 'ended': polled.status, 'text': polled.output_text}


def cancel(context):
    responses = connect(context).responses
    started = responses.create(model=context.model, input=texts['count'], background=True)
    return {'status': responses.cancel(started.id).status}


def resume(context):
    responses = connect(context).responses
    id, last, text, ended = '', -1, '', None
    with responses.create(model=context.model, input=sentence, background=True, stream=True) as s:
        for e in s:
            if e.type == 'response.created':
                id = e.response.id
            if e.type == 'response.output_text.delta':
                text += e.delta
            last = e.sequence_number
            if text:
                break
    with responses.retrieve(id, stream=True, starting_after=last) as s:
        for e in s:
            if e.type == 'response.output_text.delta':
                text += e.delta
            if e.type == 'response.completed':
                ended = e.response.status
    return {'text': text, 'ended': ended}


def replay(context):
    responses = connect(context).responses
    id = ''
    with responses.create(model=context.model, input=sentence, background=True, stream=True) as s:
        for e in s:
            id = getattr(getattr(e, 'response', None), 'id', None) or id
    with responses.stream(response_id=id) as s:
        r = s.get_final_response()
    return {'text': r.output_text, 'status': r.status}


def count(context):
    return {
        'counted': connect(context)
        .responses.input_tokens.count(model=context.model, input=sentence)
        .input_tokens
        > 0
    }


scenarios = {
    'text': text,
    'iterate': iterate,
    'stream': stream,
    'tools': lambda context: loop(context, lambda client, body: client.responses.create(**body)),
    'stream-tools': lambda context: loop(context, streamed),
    'structured': structured,
    'stream-structured': stream_structured,
    'multi-turn': multi_turn,
    'chained': chained,
    'image': image,
    'conversation': conversation,
    'kept': kept,
    'background': background,
    'cancel': cancel,
    'resume': resume,
    'replay': replay,
    'count': count,
}
serve('openai-python', 'openai', scenarios, depends=('pydantic', 'httpx2'))
