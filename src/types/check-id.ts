/** `<feature>/<name>`, or `<feature>/<family>/<case>` for the case of a family. */
export type CheckId = string
