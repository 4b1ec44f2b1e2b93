"""The Python side of the driver protocol (docs/clients-driver.md).

Import it before the client: standard output belongs to the protocol from then on, and what libraries print goes to
standard error."""

import importlib.metadata
import json
import os
import platform
import queue
import shutil
import signal
import ssl
import sys
import threading
import traceback
from typing import Literal

_out = os.fdopen(os.dup(1), 'w', encoding='utf-8')
os.dup2(2, 1)
sys.stdout = sys.stderr
# A driver speaks to this machine, without TLS. Reading all certificates for each new client took half of a scenario.
ssl.SSLContext.load_verify_locations = lambda *_, **__: None

_here = os.path.dirname(os.path.abspath(__file__))
with open(
    os.environ.get('CLIENT_SCENARIOS') or os.path.join(_here, '..', 'scenarios.json'),
    encoding='utf-8',
) as file:
    _scenarios = json.load(file)

texts, tool, picture = _scenarios['texts'], _scenarios['tool'], _scenarios['picture']
sentence, weather, secret, question = (
    texts['sentence'],
    texts['weather'],
    texts['secret'],
    texts['question'],
)
plain_secret, picture_question = texts['plain_secret'], texts['picture_question']
answer_schema = _scenarios['answer']['schema']


def run_weather(city):
    return tool['result'].replace('{city}', city)


def are_integers(*values):
    return all(isinstance(value, int) and not isinstance(value, bool) for value in values)


class Context:
    def __init__(self, message):
        self.base_url = message['base_url']
        self.model = message['model']
        self.key = os.environ['CLIENT_API_KEY']


def _say(message):
    _out.write(json.dumps(message, default=str) + '\n')
    _out.flush()


def _version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        print(f'{name} is not installed', file=sys.stderr)
        sys.exit(3)


def _describe(error):
    frames = traceback.extract_tb(error.__traceback__)
    inner = ([frame for frame in frames if 'site-packages' in frame.filename] or frames)[-1]
    chain, cause = [], error.__cause__ or error.__context__
    while cause is not None and len(chain) < 4:
        chain.append(f'{type(cause).__name__}: {cause}'[:300])
        cause = cause.__cause__ or cause.__context__
    status = getattr(error, 'status_code', None)
    return {
        'name': type(error).__name__,
        'message': str(error)[:500],
        'where': f'{inner.filename.split("site-packages/")[-1]}:{inner.lineno}',
        'chain': chain,
        **({'status': status} if are_integers(status) else {}),
    }


def serve(client, package, scenarios, depends=(), slowness=1):
    """Answers one message at a time until standard input ends."""
    _say(
        {
            'hello': {
                'protocol': 1,
                'client': client,
                'package': f'pypi:{package}',
                'version': _version(package),
                'language': 'python',
                'runtime': f'{platform.python_implementation()} {platform.python_version()}',
                'depends': {name: _version(name) for name in depends},
                'scenarios': list(scenarios),
                'slowness': slowness,
            }
        }
    )
    messages, working = queue.Queue(), threading.Event()

    def read():
        for line in sys.stdin:
            if line.strip():
                message = json.loads(line)
                if message.get('end'):
                    break
                messages.put(message)
        # Whoever started this is gone, or has no more questions: nothing of it may go on.
        if working.is_set():
            _remove_home()
            if os.getpgrp() == os.getpid():
                os.killpg(os.getpid(), signal.SIGKILL)
            os._exit(1)
        messages.put(None)

    threading.Thread(target=read, daemon=True).start()
    while (message := messages.get()) is not None:
        working.set()
        answer = {'id': message['id']}
        perform = scenarios.get(message['scenario'])
        if perform is None:
            answer['skipped'] = f'there is no scenario {message["scenario"]}'
        else:
            try:
                answer['value'] = perform(Context(message))
            except BaseException as error:  # what a client throws is the result
                answer['error'] = _describe(error)
        _say(answer)
        working.clear()
    _remove_home()
    # Threads that a client left behind would keep it from ending.
    os._exit(0)


def _remove_home():
    home = os.environ.get('HOME', '')
    # A person's own home is no folder of ours.
    if os.path.basename(home).startswith('responses-conformance-client-'):
        shutil.rmtree(home, ignore_errors=True)


def define_answer():
    """The model of a structured answer, for clients that take models of pydantic."""
    from pydantic import BaseModel

    class Answer(BaseModel):
        word: Literal['walnut', 'kestrel', 'ember', 'unknown']

    return Answer


def read_object(value):
    """What a client made of a structured answer."""
    return {'object': value.model_dump() if hasattr(value, 'model_dump') else value}
