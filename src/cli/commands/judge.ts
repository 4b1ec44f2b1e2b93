import { Option, type Command } from 'commander'
import type { JudgeFlags } from '../actions/judge.ts'
import type { EndCommand } from '../options.ts'

/** Commands that judge what is already there: nothing is sent. */
export function addJudgeCommands(program: Command, end: EndCommand): void {
  program
    .command('judge')
    .description('judge recorded traffic of any tool; nothing is sent')
    .argument('<path...>', 'recordings, or folders of them')
    .option('--contract <id>', 'whose documents judge it', 'openai')
    .option('--out <dir>', 'also write the reports into this folder')
    .option('--verbose', 'print every failure in full, before the summary')
    .addOption(
      new Option('--format <format>').choices(['text', 'json', 'markdown']).default('text'),
    )
    .addHelpText(
      'after',
      `
Told apart by content, packed by gzip or not: HAR (browsers, Playwright, mitmproxy), mitmproxy's own flows, VCR, vcrpy,
Betamax and go-vcr cassettes, Polly.JS, nock, WireMock, Postman and Newman, curl (-i, -v, -N) and HTTPie, OpenAI Batch
output, response objects and events as programs print them, and JSON Lines of
  {"host", "request": {"method", "path", "body"} | null, "response": {"status", "headers", "body", "ending"}}.
What was not recorded is not judged. Of LiteLLM's and Langfuse's logs and Codex's rollouts it says why they show
nothing of the provider, and what to do: "watch" records what does.

Examples:
  responses-conformance judge traffic.har
  responses-conformance judge tests/cassettes --contract ./ours.yaml --out results/cassettes
  curl -sN https://api.example.com/v1/responses … > answer.sse && responses-conformance judge answer.sse`,
    )
    .action(async (paths: readonly string[], flags: JudgeFlags) => {
      const { executeJudge } = await import('../actions/judge.ts')
      end(await executeJudge(paths, flags))
    })
  program
    .command('rejudge')
    .description("today's checks on the evidence of an earlier run; nothing is sent")
    .argument('<dir>', 'the folder that the run wrote')
    .option('--out <dir>', 'folder for the new reports', 'results/rejudged')
    .option('--load <module...>', 'the modules of your own that the run loaded')
    .option('--contract <file...>', 'contracts of the run that lie outside of this folder')
    .option('--verbose', 'print every failure in full, before the summary')
    .action(async (folder: string, flags) => {
      const { executeRejudge } = await import('../actions/judge.ts')
      end(await executeRejudge(folder, flags))
    })
}
