"""The LiteLLM SDK: `litellm.responses` at a base URL of the OpenAI kind."""

import sys

sys.path.append('../common')
from protocol import (  # before the client
    answer_schema,
    are_integers,
    picture,
    picture_question,
    question,
    read_object,
    run_weather,
    secret,
    sentence,
    serve,
    tool,
    weather,
)

import json
import os

# It would ask a server for the prices of models, three times.
os.environ['LITELLM_LOCAL_MODEL_COST_MAP'] = 'True'
import litellm

litellm.telemetry = False
litellm.suppress_debug_info = True

TOOL = {
    'type': 'function',
    'name': tool['name'],
    'description': tool['description'],
    'parameters': tool['parameters'],
    'strict': True,
}
FORMAT = {
    'format': {'type': 'json_schema', 'name': 'answer', 'strict': True, 'schema': answer_schema}
}


def ask(context, input, **more):
    # A model that LiteLLM does not know is asked at a stroke, and its answer cut up: this one is made known.
    known = {'litellm_provider': 'openai', 'mode': 'responses', 'supports_native_streaming': True}
    litellm.register_model({context.model: known, f'openai/{context.model}': known})
    return litellm.responses(
        model=f'openai/{context.model}',
        input=input,
        api_base=context.base_url,
        api_key=context.key,
        timeout=15,
        max_retries=0,
        num_retries=0,
        **more,
    )


def read(value, name):
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


def read_text(r):
    parts = [
        part
        for item in read(r, 'output') or []
        if read(item, 'type') == 'message'
        for part in read(item, 'content') or []
    ]
    return ''.join(read(part, 'text') or '' for part in parts if read(part, 'type') == 'output_text')


def meter(r):
    u = read(r, 'usage')
    return u is not None and are_integers(read(u, 'input_tokens'), read(u, 'output_tokens'))


def streamed(context, input, **more):
    live, whole = '', None
    for e in ask(context, input, stream=True, **more):
        kind = str(getattr(e.type, 'value', e.type))
        if kind == 'response.output_text.delta':
            live += e.delta
        if kind == 'response.completed':
            whole = e.response
    if whole is None:
        raise RuntimeError('the stream had no response.completed')
    return whole, live


def text(context):
    r = ask(context, sentence)
    return {'text': read_text(r), 'status': r.status, 'usage': meter(r)}


def stream(context):
    r, live = streamed(context, sentence)
    return {'live': live, 'text': read_text(r), 'status': read(r, 'status'), 'usage': meter(r)}


def sendable(item):
    return item if isinstance(item, dict) else item.model_dump(exclude_none=True)


def loop(context, once):
    calls, items = [], [{'role': 'user', 'content': weather}]
    for _ in range(4):
        r = once(context, items, tools=[TOOL])
        wanted = [i for i in r.output if read(i, 'type') == 'function_call']
        if not wanted:
            return {'calls': calls, 'text': read_text(r), 'usage': meter(r)}
        items = items + [sendable(i) for i in r.output]
        for call in wanted:
            args = json.loads(read(call, 'arguments'))
            calls.append(args)
            items.append(
                {
                    'type': 'function_call_output',
                    'call_id': read(call, 'call_id'),
                    'output': run_weather(**args),
                }
            )
    raise RuntimeError('the model did not stop calling tools')


def parse(r):
    return read_object(json.loads(read_text(r)))


def multi_turn(context):
    items = [{'role': 'user', 'content': secret}]
    first = ask(context, items)
    items = items + [sendable(i) for i in first.output] + [{'role': 'user', 'content': question}]
    return parse(ask(context, items, text=FORMAT))


def chained(context):
    first = ask(context, secret)
    return parse(ask(context, question, previous_response_id=first.id, text=FORMAT))


def image(context):
    content = [
        {'type': 'input_text', 'text': picture_question},
        {'type': 'input_image', 'image_url': picture, 'detail': 'auto'},
    ]
    return {'text': read_text(ask(context, [{'role': 'user', 'content': content}]))}


scenarios = {
    'text': text,
    'stream': stream,
    'tools': lambda context: loop(context, ask),
    'stream-tools': lambda context: loop(context, lambda *a, **more: streamed(*a, **more)[0]),
    'structured': lambda context: parse(ask(context, f'{secret} {question}', text=FORMAT)),
    'stream-structured': lambda context: parse(
        streamed(context, f'{secret} {question}', text=FORMAT)[0]
    ),
    'multi-turn': multi_turn,
    'chained': chained,
    'image': image,
}
serve('litellm', 'litellm', scenarios, depends=('openai', 'pydantic'), slowness=2)
