// Package meter reads what a request used from the engine's answer as it passes, for each API family that a pod serves:
// Ollama's own (newline-delimited JSON, or one object), OpenAI's and Anthropic's (server-sent events, or one object), and
// embeddings of either.
//
// Prepare turns a client's body into the one that the engine gets: bounded in what it may generate, and asking for the
// counters. A Meter then stands between the engine's answer and the client. docs/spec/metering.md says what is counted;
// what is billed is never more than what the engine generated, nor than what the request's maximum cost was computed
// from.
package meter
