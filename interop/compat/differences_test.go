package compat

import (
	"regexp"
	"strings"
)

// difference is why some fields of some cases are not equal. Each of where is "suite | case | field", in which * is any
// text; one that nothing differs by any more fails the test.
type difference struct {
	name, reason string
	where        []string
}

var differences = []difference{
	{
		name:   "durations",
		reason: "Pods keep their engine's durations, which tell of other users. The gateway measures what the user waited, on `/api` for answers of a chat or a text: `load_duration` is 0 then, which clients in Go leave out. Answers that are no text have none.",
		where: []string{
			"ollama-go | * | *load_duration", "ollama-go | embed, * | total_duration", "ollama (npm) | embed* | total_duration", "ollama (npm) | * | *load_duration",
			"ollama-go | * no * | *Last.total_duration", "ollama-go | * no * | *Last.eval_duration", "ollama-go | * no * | *Last.prompt_eval_duration",
			"ollama command | run, --verbose | stderr",
		},
	},
	{
		name:   "keep_alive",
		reason: "A model stays loaded as long as its pod runs: no user can unload it for others.",
		where:  []string{"ollama-go | *keep_alive of 0* | loaded", "ollama-go | *keep_alive of 0* | answer.Last.done_reason"},
	},
	{
		name:   "management",
		reason: "The engine in a pod serves inference alone, and answers these routes with 404 in Ollama's form. The gateway refuses what would change a model in words (501), has pulling succeed for a model that a pod offers, as programs insist on it, and answers `/v1/models/NAME` from the offers.",
		where: []string{
			"ollama-go | pull | *", "ollama-go | pull, unknown model | message", "ollama-go | push | *", "ollama-go | create | *", "ollama-go | copy | *", "ollama-go | delete | *", "ollama-go | blob | *",
			"ollama (npm) | pull* | *", "ollama (npm) | push | *", "ollama (npm) | create | *", "ollama (npm) | copy | *", "ollama (npm) | delete | *",
			"ollama command | pull | *", "ollama command | pull, unknown model | stderr", "ollama command | push | stderr", "ollama command | create | stderr", "ollama command | cp | stderr", "ollama command | rm* | stderr", "ollama command | run, unknown model | stderr",
			"openai-go | model | *", "openai-go | model, * | *", "openai-go | images | *", "openai-go | responses, get | *", "openai (npm) | model | *", "@anthropic-ai/sdk (npm) | count_tokens | *",
		},
	},
	{
		name:   "lists",
		reason: "Lists are made from the offers on the registry, which have no size, no family and no quantization; the context is the offered one. A digest is the one that offers and receipts are signed for, over the whole model; Ollama's is of its manifest.",
		where: []string{
			"ollama-go | list | models.0.*", "ollama-go | ps | models.0.*", "ollama (npm) | list | models.0.*", "ollama (npm) | ps | models.0.*",
			"ollama command | list | stdout", "ollama command | ps | stdout", "openai (npm) | models | last.owned_by", "openai-go | models | data.0.owned_by",
		},
	},
	{
		name:   "show",
		reason: "A pod says what a model is, but not where its file lies nor its single tensors: the Modelfile and the list of tensors stay out.",
		where:  []string{"ollama-go | show | *", "ollama (npm) | show | *"},
	},
	{
		name:   "unknown model",
		reason: "The client knows before it asks a pod that no pod offers the model, and names those on offer; on `/v1` the error says `model_not_found`, as OpenAI's does. The status is the same.",
		where: []string{
			"* | *unknown model* | message", "ollama command | show, unknown model | stderr",
			"openai* | *unknown model* | type", "openai* | *unknown model* | code", "openai* | *unknown model* | param",
		},
	},
	{
		name:   "earlier check",
		reason: "The client checks a request before money is reserved for it, and says in its own words what is wrong. Where Ollama calls a user's mistake an internal error (500), this one is 400.",
		where: []string{
			"ollama-go | chat, option of a wrong type | *", "ollama-go | chat, format that is none | *", "ollama-go | chat, body * | body.error",
			"@anthropic-ai/sdk (npm) | messages, no max_tokens | message",
		},
	},
	{
		name:   "one answer",
		reason: "Ollama ignores `n` and gives one answer. Here more than one is refused, since they would not be given.",
		where:  []string{"openai-go | chat, n of 2 | *"},
	},
	{
		name:   "max_completion_tokens",
		reason: "Ollama 0.17.4 ignores it. Here it is the limit that its name says: what a request may cost follows from it.",
		where:  []string{"openai-go | chat, max_completion_tokens | *"},
	},
	{
		name:   "bound",
		reason: "An answer without a limit gets the one that its price was reserved for, and the engine repeats it in the answer.",
		where:  []string{"openai* | responses* | *max_output_tokens"},
	},
	{
		name:   "label",
		reason: "The member `phallama` says pod, tier, cost and receipt. Programs ignore members that they do not know.",
		where:  []string{"ollama (npm) | * | *phallama", "openai* | * | *phallama", "ollama-go | chat, unknown member | body.phallama"},
	},
}

// matches tells whether a pattern is for a field of a case.
func matches(pattern string, r result, field string) bool {
	expr := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, `.*`)
	return regexp.MustCompile("^" + expr + "$").MatchString(r.suite + " | " + r.name + " | " + field)
}

// reasonFor finds the first difference that a field is for.
func reasonFor(r result, field string) (name, pattern string) {
	for _, d := range differences {
		for _, pattern := range d.where {
			if matches(pattern, r, field) {
				return d.name, pattern
			}
		}
	}
	return "", ""
}
