// `npm start`: the command with the arguments that are given, and the demo without any.

if (process.argv.length === 2) process.argv.push('demo')
await import('./main.ts')
