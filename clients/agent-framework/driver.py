"""Microsoft Agent Framework: its OpenAIChatClient asks the Responses API."""

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

from agent_framework import Content, Message
from agent_framework.openai import OpenAIChatClient
from openai import AsyncOpenAI

Answer = define_answer()
SHAPED = {'response_format': Answer}


def create_agent(context, **more):
    client = AsyncOpenAI(base_url=context.base_url, api_key=context.key, max_retries=0, timeout=15)
    return OpenAIChatClient(model=context.model, async_client=client).as_agent(
        name='assistant', instructions='Be brief.', **more
    )


def meter(r):
    u = r.usage_details or {}
    return bool(u.get('input_token_count')) and bool(u.get('output_token_count'))


def ask(context, prompt, stream=False, options=None, **more):
    async def main():
        agent = create_agent(context, **more)
        if not stream:
            return await agent.run(prompt, options=options or {}), ''
        live, updates = '', agent.run(prompt, stream=True, options=options or {})
        async for update in updates:
            for part in update.contents:
                if part.type == 'text':
                    # The whole text comes at its end once more, marked as what replaces the parts before it.
                    is_whole = getattr(part, 'merge_mode', None) == 'replace'
                    live = part.text if is_whole else live + (part.text or '')
        return await updates.get_final_response(), live

    return asyncio.run(main())


def text(context):
    r, _ = ask(context, sentence)
    return {'text': r.text, 'usage': meter(r)}


def stream(context):
    r, live = ask(context, sentence, stream=True)
    return {'text': r.text, 'live': live, 'usage': meter(r)}


def loop(context, stream):
    calls = []

    def get_weather(city: str) -> str:
        """Weather of a city"""
        calls.append({'city': city})
        return run_weather(city)

    r, _ = ask(context, weather, stream=stream, tools=[get_weather])
    return {'calls': calls, 'text': r.text, 'usage': meter(r)}


def structured(context, stream=False):
    r, _ = ask(context, f'{secret} {question}', stream=stream, options=SHAPED)
    return read_object(r.value)


def multi_turn(context):
    async def main():
        first = Message('user', [secret])
        agent = create_agent(context)
        # A session would go on by previous_response_id, unless the server is told to keep nothing.
        answer = await agent.run([first])
        messages = [first, *answer.messages, Message('user', [question])]
        return await agent.run(messages, options=SHAPED)

    return read_object(asyncio.run(main()).value)


def chained(context):
    async def main():
        agent = create_agent(context)
        session = agent.create_session()
        await agent.run(secret, session=session)
        return await agent.run(question, session=session, options=SHAPED)

    return read_object(asyncio.run(main()).value)


def image(context):
    content = Content.from_uri(picture, media_type='image/png')
    return {'text': ask(context, [Message('user', [picture_question, content])])[0].text}


scenarios = {
    'text': text,
    'stream': stream,
    'tools': lambda context: loop(context, False),
    'stream-tools': lambda context: loop(context, True),
    'structured': structured,
    'stream-structured': lambda context: structured(context, stream=True),
    'multi-turn': multi_turn,
    'chained': chained,
    'image': image,
}
serve(
    'agent-framework',
    'agent-framework-openai',
    scenarios,
    depends=('agent-framework-core', 'openai', 'pydantic'),
)
