"""LangChain over the official SDK."""

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
    weather,
)

from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI

Answer = define_answer()


def connect(context, **more):
    return ChatOpenAI(
        model=context.model,
        api_key=context.key,
        base_url=context.base_url,
        use_responses_api=True,
        max_retries=0,
        timeout=15,
        **more,
    )


def meter(m):
    u = m.usage_metadata or {}
    return are_integers(u.get('input_tokens'), u.get('output_tokens'))


def read_text(m):
    t = m.text
    return str(t() if callable(t) and not isinstance(t, str) else t)


def streamed(model, messages):
    whole = None
    for chunk in model.stream(messages):
        whole = chunk if whole is None else whole + chunk
    return whole


def loop(context, ask):
    calls = []

    @tool
    def get_weather(city: str) -> str:
        """Weather of a city"""
        calls.append({'city': city})
        return run_weather(city)

    model = connect(context).bind_tools([get_weather])
    messages = [HumanMessage(weather)]
    for _ in range(4):
        answer = ask(model, messages)
        messages.append(answer)
        if not answer.tool_calls:
            return {'calls': calls, 'text': read_text(answer), 'usage': meter(answer)}
        for call in answer.tool_calls:
            messages.append(
                ToolMessage(content=get_weather.invoke(call['args']), tool_call_id=call['id'])
            )
    raise RuntimeError('the model did not stop calling tools')


def text(context):
    a = connect(context).invoke([HumanMessage(sentence)])
    return {'text': read_text(a), 'usage': meter(a), 'status': a.response_metadata.get('status')}


def stream(context):
    a = streamed(connect(context), [HumanMessage(sentence)])
    return {'text': read_text(a), 'usage': meter(a), 'status': a.response_metadata.get('status')}


def shaped(context, **more):
    return connect(context, **more).with_structured_output(Answer, method='json_schema')


def multi_turn(context):
    messages = [HumanMessage(secret)]
    messages += [connect(context).invoke(messages), HumanMessage(question)]
    return read_object(shaped(context).invoke(messages))


def chained(context):
    first = connect(context).invoke([HumanMessage(secret)])
    return read_object(
        shaped(context, use_previous_response_id=True).invoke(
            [HumanMessage(secret), first, HumanMessage(question)]
        )
    )


def image(context):
    a = connect(context).invoke(
        [
            HumanMessage(
                [
                    {'type': 'text', 'text': picture_question},
                    {'type': 'image', 'base64': picture.split(',')[1], 'mime_type': 'image/png'},
                ]
            )
        ]
    )
    return {'text': read_text(a)}


def stream_structured(context):
    last = None
    for o in shaped(context).stream([HumanMessage(f'{secret} {question}')]):
        last = o
    return read_object(last)


scenarios = {
    'text': text,
    'stream': stream,
    'tools': lambda context: loop(context, lambda m, x: m.invoke(x)),
    'stream-tools': lambda context: loop(context, streamed),
    'structured': lambda context: read_object(
        shaped(context).invoke([HumanMessage(f'{secret} {question}')])
    ),
    'stream-structured': stream_structured,
    'multi-turn': multi_turn,
    'chained': chained,
    'image': image,
}
serve(
    'langchain-python',
    'langchain-openai',
    scenarios,
    depends=('langchain-core', 'openai', 'pydantic'),
)
