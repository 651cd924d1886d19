package meter

import (
	"maps"
	"slices"
)

// family is how an API words its requests and answers.
type family uint8

const (
	familyChat             family = iota // /api/chat
	familyGenerate                       // /api/generate
	familyOpenAI                         // /v1/chat/completions
	familyCompletions                    // /v1/completions
	familyResponses                      // /v1/responses
	familyMessages                       // /v1/messages, Anthropic's
	familyEmbed                          // /api/embed
	familyEmbeddings                     // /api/embeddings, which /api/embed replaced
	familyOpenAIEmbeddings               // /v1/embeddings
	someFamilies                         // how many there are
)

var families = map[string]family{
	"/api/chat":            familyChat,
	"/api/generate":        familyGenerate,
	"/api/embed":           familyEmbed,
	"/api/embeddings":      familyEmbeddings,
	"/v1/chat/completions": familyOpenAI,
	"/v1/completions":      familyCompletions,
	"/v1/responses":        familyResponses,
	"/v1/messages":         familyMessages,
	"/v1/embeddings":       familyOpenAIEmbeddings,
}

// Paths are those that are metered, in order.
func Paths() []string { return slices.Sorted(maps.Keys(families)) }

// Metered tells whether requests to a path can be prepared and metered. What cannot must not be served.
func Metered(path string) bool {
	_, ok := families[path]
	return ok
}

// ollama tells whether it is Ollama's own API: a stream has a line for each chunk, and answers tell durations. The streams
// of the others are server-sent events.
func (f family) ollama() bool {
	switch f {
	case familyChat, familyGenerate, familyEmbed, familyEmbeddings:
		return true
	}
	return false
}

// embeds tells whether nothing is generated: such an answer is not streamed, and all it costs is its prompt.
func (f family) embeds() bool {
	return f == familyEmbed || f == familyEmbeddings || f == familyOpenAIEmbeddings
}

// asksUsage tells whether a stream has counters only for who asks for them.
func (f family) asksUsage() bool { return f == familyOpenAI || f == familyCompletions }
