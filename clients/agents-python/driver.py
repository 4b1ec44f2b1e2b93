"""The Agents SDK. Its tracing would speak to a host of its own, so it is off."""

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

from agents import Agent, Runner, RunConfig, OpenAIProvider, function_tool, set_tracing_disabled

Answer = define_answer()

set_tracing_disabled(True)


def provider(context):
    from openai import AsyncOpenAI

    return OpenAIProvider(
        openai_client=AsyncOpenAI(
            base_url=context.base_url, api_key=context.key, max_retries=0, timeout=15
        ),
        use_responses=True,
    )


def ask(context, input, stream=False, previous=None, **agent):
    async def main():
        a = Agent(name='assistant', instructions='Be brief.', model=context.model, **agent)
        config = RunConfig(model_provider=provider(context), tracing_disabled=True)
        if not stream:
            r = await Runner.run(
                a, input, run_config=config, max_turns=4, previous_response_id=previous
            )
            return r, ''
        r = Runner.run_streamed(
            a, input, run_config=config, max_turns=4, previous_response_id=previous
        )
        live = ''
        async for e in r.stream_events():
            if e.type == 'raw_response_event' and e.data.type == 'response.output_text.delta':
                live += e.data.delta
        return r, live

    return asyncio.run(main())


def meter(r):
    u = r.context_wrapper.usage
    return u.input_tokens > 0 and u.output_tokens > 0


def loop(context, stream):
    calls = []

    @function_tool
    def get_weather(city: str) -> str:
        """Weather of a city"""
        calls.append({'city': city})
        return run_weather(city)

    r, live = ask(context, weather, stream=stream, tools=[get_weather])
    return {
        'calls': calls,
        'text': r.final_output,
        'usage': meter(r),
        **({'live': live} if stream else {}),
    }


def read_result(result):
    return read_object(result.final_output)


def text(context):
    r, _ = ask(context, sentence)
    return {'text': r.final_output, 'usage': meter(r)}


def stream(context):
    r, live = ask(context, sentence, stream=True)
    return {'text': r.final_output, 'live': live, 'usage': meter(r)}


def multi_turn(context):
    first, _ = ask(context, secret)
    return read_result(
        ask(
            context,
            first.to_input_list() + [{'role': 'user', 'content': question}],
            output_type=Answer,
        )[0]
    )


def chained(context):
    first, _ = ask(context, secret)
    return read_result(
        ask(context, question, previous=first.last_response_id, output_type=Answer)[0]
    )


def image(context):
    r, _ = ask(
        context,
        [
            {
                'role': 'user',
                'content': [
                    {'type': 'input_text', 'text': picture_question},
                    {'type': 'input_image', 'image_url': picture, 'detail': 'auto'},
                ],
            }
        ],
    )
    return {'text': r.final_output}


scenarios = {
    'text': text,
    'stream': stream,
    'tools': lambda context: loop(context, False),
    'stream-tools': lambda context: loop(context, True),
    'structured': lambda context: read_result(
        ask(context, f'{secret} {question}', output_type=Answer)[0]
    ),
    'stream-structured': lambda context: read_result(
        ask(context, f'{secret} {question}', output_type=Answer, stream=True)[0]
    ),
    'multi-turn': multi_turn,
    'chained': chained,
    'image': image,
}
serve('agents-python', 'openai-agents', scenarios, depends=('openai', 'pydantic'))
