"""pydantic-ai over the official SDK."""

import sys

sys.path.append('../common')
from protocol import (  # before the client
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

import asyncio
import base64

from openai import AsyncOpenAI
from pydantic_ai import Agent, NativeOutput, BinaryContent
from pydantic_ai.models.openai import OpenAIResponsesModel, OpenAIResponsesModelSettings
from pydantic_ai.providers.openai import OpenAIProvider

Answer = define_answer()


def model(context, **settings):
    client = AsyncOpenAI(base_url=context.base_url, api_key=context.key, max_retries=0, timeout=15)
    return OpenAIResponsesModel(
        context.model,
        provider=OpenAIProvider(openai_client=client),
        settings=OpenAIResponsesModelSettings(**settings) if settings else None,
    )


def usage(r):
    u = r.usage() if callable(r.usage) else r.usage
    return u.input_tokens > 0 and u.output_tokens > 0


def ask(context, prompt, stream=False, history=None, tools=(), **agent):
    settings = agent.pop('settings', {})

    async def main():
        a = Agent(
            model(context, **settings),
            instructions='Be brief.',
            tools=list(tools),
            retries=0,
            **agent,
        )
        if not stream:
            r = await a.run(prompt, message_history=history)
            return r, r.output, usage(r)
        live = ''
        async with a.run_stream(prompt, message_history=history) as r:
            if 'output_type' in agent:
                return r, await r.get_output(), usage(r)
            async for d in r.stream_text(delta=True, debounce_by=None):
                live += d
            return r, live, usage(r)

    return asyncio.run(main())


def text_of(stream):
    def f(context):
        _, out, met = ask(context, sentence, stream=stream)
        return {'text': out, 'usage': met}

    return f


def loop(context, stream):
    calls = []

    def get_weather(city: str) -> str:
        """Weather of a city"""
        calls.append({'city': city})
        return run_weather(city)

    _, out, met = ask(context, weather, stream=stream, tools=[get_weather])
    return {'calls': calls, 'text': out, 'usage': met}


def multi_turn(context):
    r, _, _ = ask(context, secret)
    return read_object(
        ask(context, question, history=r.all_messages(), output_type=NativeOutput(Answer))[1]
    )


def chained(context):
    r, _, _ = ask(context, secret)
    return read_object(
        ask(
            context,
            question,
            history=r.all_messages(),
            output_type=NativeOutput(Answer),
            settings={'openai_previous_response_id': 'auto'},
        )[1]
    )


def image(context):
    return {
        'text': ask(
            context,
            [
                picture_question,
                BinaryContent(base64.b64decode(picture.split(',')[1]), media_type='image/png'),
            ],
        )[1]
    }


scenarios = {
    'text': text_of(False),
    'stream': text_of(True),
    'tools': lambda context: loop(context, False),
    'stream-tools': lambda context: loop(context, True),
    'structured': lambda context: read_object(
        ask(context, f'{secret} {question}', output_type=NativeOutput(Answer))[1]
    ),
    'structured-tool': lambda context: read_object(
        ask(context, f'{secret} {question}', output_type=Answer)[1]
    ),
    'stream-structured': lambda context: read_object(
        ask(context, f'{secret} {question}', stream=True, output_type=NativeOutput(Answer))[1]
    ),
    'multi-turn': multi_turn,
    'chained': chained,
    'image': image,
}
serve('pydantic-ai', 'pydantic-ai-slim', scenarios, depends=('openai', 'pydantic'))
