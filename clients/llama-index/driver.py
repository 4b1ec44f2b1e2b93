"""LlamaIndex over the official SDK. Streamed structured answers it asks for as a call that the model may decline."""

import sys

sys.path.append('../common')
from protocol import (  # before the client
    are_integers,
    define_answer,
    picture,
    picture_question,
    plain_secret,
    question,
    read_object,
    run_weather,
    secret,
    sentence,
    serve,
    weather,
)

import base64

from llama_index.core.base.llms.types import LLMMetadata
from llama_index.core.llms import ChatMessage, ImageBlock, TextBlock
from llama_index.core.tools import FunctionTool
from llama_index.llms.openai import OpenAIResponses

Answer = define_answer()


class AnyModel(OpenAIResponses):
    """It looks up the context window of a model by its name, and refuses a name that it does not know."""

    @property
    def metadata(self):
        return LLMMetadata(
            context_window=128_000,
            num_output=-1,
            is_chat_model=True,
            is_function_calling_model=True,
            model_name=self.model,
        )


def connect(context, **more):
    return AnyModel(
        model=context.model,
        api_key=context.key,
        api_base=context.base_url,
        max_retries=0,
        timeout=15,
        **more,
    )


def user(content):
    return ChatMessage(role='user', content=content)


def meter(r):
    u = (r.additional_kwargs or {}).get('usage') or getattr(r.raw, 'usage', None)
    return u is not None and are_integers(u.input_tokens, u.output_tokens)


def read_stream(chunks):
    live, last = '', None
    for last in chunks:
        live += last.delta or ''
    if last is None:
        raise RuntimeError('the stream was empty')
    return last, live


def text(context):
    r = connect(context).chat([user(sentence)])
    return {'text': r.message.content, 'usage': meter(r)}


def stream(context):
    r, live = read_stream(connect(context).stream_chat([user(sentence)]))
    return {'live': live, 'text': r.message.content, 'usage': meter(r)}


def loop(context, ask):
    calls = []

    def get_weather(city: str) -> str:
        """Weather of a city"""
        calls.append({'city': city})
        return run_weather(city)

    tool, llm, history = FunctionTool.from_defaults(fn=get_weather), connect(context), [user(weather)]
    for _ in range(4):
        r = ask(llm, [tool], chat_history=history, allow_parallel_tool_calls=True)
        wanted = llm.get_tool_calls_from_response(r, error_on_no_tool_call=False)
        if not wanted:
            return {'calls': calls, 'text': r.message.content, 'usage': meter(r)}
        history = [*history, r.message]
        for call in wanted:
            output = str(tool.call(**call.tool_kwargs))
            history.append(
                ChatMessage(role='tool', content=output, additional_kwargs={'call_id': call.tool_id})
            )
    raise RuntimeError('the model did not stop calling tools')


def stream_with_tools(llm, *tools, **more):
    return read_stream(llm.stream_chat_with_tools(*tools, **more))[0]


def shaped(context):
    return connect(context).as_structured_llm(Answer)


def multi_turn(context):
    first = connect(context).chat([user(secret)])
    r = shaped(context).chat([user(secret), first.message, user(question)])
    return read_object(r.raw)


def chained(context):
    llm = connect(context, track_previous_responses=True)
    llm.chat([user(plain_secret)])
    return {'text': llm.chat([user(question)]).message.content}


def image(context):
    content = base64.b64decode(picture.split(',')[1])
    blocks = [
        TextBlock(text=picture_question),
        ImageBlock(image=content, image_mimetype='image/png'),
    ]
    return {'text': connect(context).chat([ChatMessage(role='user', blocks=blocks)]).message.content}


scenarios = {
    'text': text,
    'stream': stream,
    'tools': lambda context: loop(context, lambda llm, *a, **more: llm.chat_with_tools(*a, **more)),
    'stream-tools': lambda context: loop(context, stream_with_tools),
    'structured': lambda context: read_object(
        shaped(context).chat([user(f'{secret} {question}')]).raw
    ),
    'multi-turn': multi_turn,
    'chained': chained,
    'image': image,
}
serve(
    'llama-index',
    'llama-index-llms-openai',
    scenarios,
    depends=('llama-index-core', 'openai', 'pydantic'),
    slowness=2,
)
