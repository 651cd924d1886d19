package meter

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/phallama/phallama/protocol"
)

var testOffer = protocol.Offer{Model: "wisp", Context: 4096, DefaultOut: 2048, MaxOut: 8192}

func TestPrepare(t *testing.T) {
	const pin = "sha256:d100000000000000000000000000000000000000000000000000000000000000"
	const ollamaForced = `"truncate":false,"shift":false,"keep_alive":-1`
	for _, c := range []struct{ name, path, body, want string }{
		{
			"chat: everything forced", "/api/chat", `{"model":"m","messages":[{"role":"user","content":"hi"}]}`,
			`{"model":"m","messages":[{"role":"user","content":"hi"}],"options":{"num_predict":2048},` + ollamaForced + `}`,
		},
		{
			"forced members replace the client's", "/api/generate",
			`{"truncate":true,"shift":true,"keep_alive":0,"model":"m","prompt":"p","options":{"num_predict":100,"seed":7}}`,
			`{"model":"m","prompt":"p","options":{"seed":7,"num_predict":100},` + ollamaForced + `}`,
		},
		{
			"numbers and unknown members stay byte for byte", "/api/chat", `{ "model":"m", "x":[1.000, 1E5,12345678901234567890], "format" : {"a" : "\u0041"} }`,
			`{"model":"m","x":[1.000, 1E5,12345678901234567890],"format":{"a" : "\u0041"},"options":{"num_predict":2048},` + ollamaForced + `}`,
		},
		{
			"options of the runner are the pod's", "/api/chat", `{"model":"m","options":{"num_ctx":1,"num_thread":9,"num_gpu":1,"main_gpu":1,"num_batch":1,"use_mmap":true,"top_k":1}}`,
			`{"model":"m","options":{"top_k":1,"num_predict":2048},` + ollamaForced + `}`,
		},
		{
			"a digest is for the offer, not for the engine", "/api/chat", `{"model":"m@` + pin + `","x":1}`,
			`{"x":1,"model":"m","options":{"num_predict":2048},` + ollamaForced + `}`,
		},
		{"openai: a digest", "/v1/chat/completions", `{"model":"m@` + pin + `"}`, `{"model":"m","max_tokens":2048}`},
		{"null is nothing", "/api/chat", `{"model":"m","options":null,"stream":null}`, `{"model":"m","stream":null,"options":{"num_predict":2048},` + ollamaForced + `}`},
		{"unlimited is the default", "/api/chat", `{"model":"m","options":{"num_predict":-1}}`, `{"model":"m","options":{"num_predict":2048},` + ollamaForced + `}`},
		{"zero is the default", "/api/chat", `{"model":"m","options":{"num_predict":0}}`, `{"model":"m","options":{"num_predict":2048},` + ollamaForced + `}`},
		{"more than the most is the most", "/api/chat", `{"model":"m","options":{"num_predict":1e99}}`, `{"model":"m","options":{"num_predict":8192},` + ollamaForced + `}`},
		{"far more than the most is the most", "/api/chat", `{"model":"m","options":{"num_predict":1e9999}}`, `{"model":"m","options":{"num_predict":8192},` + ollamaForced + `}`},
		{"openai", "/v1/chat/completions", `{"model":"m","messages":[]}`, `{"model":"m","messages":[],"max_tokens":2048}`},
		{"openai: one answer", "/v1/chat/completions", `{"model":"m","n":1,"max_tokens":5.0}`, `{"model":"m","n":1,"max_tokens":5}`},
		{"openai: newer limit", "/v1/chat/completions", `{"model":"m","max_completion_tokens":9}`, `{"model":"m","max_tokens":9}`},
		{"openai: newer limit above the default", "/v1/chat/completions", `{"model":"m","max_completion_tokens":4000}`, `{"model":"m","max_tokens":4000}`},
		{"openai: both limits", "/v1/chat/completions", `{"model":"m","max_tokens":8,"max_completion_tokens":9}`, `{"model":"m","max_tokens":8}`},
		{"completions", "/v1/completions", `{"model":"m","prompt":"p","max_tokens":7}`, `{"model":"m","prompt":"p","max_tokens":7}`},
		{
			"completions: stream", "/v1/completions", `{"model":"m","stream":true}`,
			`{"model":"m","stream":true,"max_tokens":2048,"stream_options":{"include_usage":true}}`,
		},
		{"responses", "/v1/responses", `{"model":"m","input":"p","stream":true}`, `{"model":"m","input":"p","stream":true,"max_output_tokens":2048}`},
		{"responses: a limit", "/v1/responses", `{"model":"m","input":[],"max_output_tokens":9e9}`, `{"model":"m","input":[],"max_output_tokens":8192}`},
		{"messages", "/v1/messages", `{"model":"m","max_tokens":7,"tools":[{"name":"n","type":"custom"}]}`, `{"model":"m","tools":[{"name":"n","type":"custom"}],"max_tokens":7}`},
		{"embed", "/api/embed", `{"model":"m","input":"p","truncate":false}`, `{"model":"m","input":"p","truncate":false,"keep_alive":-1}`},
		{
			"embed: options of the runner are the pod's", "/api/embed", `{"model":"m","input":["p"],"stream":7,"keep_alive":0,"options":{"num_ctx":1,"x":2}}`,
			`{"model":"m","input":["p"],"stream":7,"options":{"x":2},"keep_alive":-1}`,
		},
		{"embeddings", "/api/embeddings", `{"model":"m","prompt":"p"}`, `{"model":"m","prompt":"p","keep_alive":-1}`},
		{"openai: embeddings", "/v1/embeddings", `{"model":"m","input":["a","b"]}`, `{"model":"m","input":["a","b"]}`},
		{
			"openai: stream", "/v1/chat/completions", `{"model":"m","stream":true}`,
			`{"model":"m","stream":true,"max_tokens":2048,"stream_options":{"include_usage":true}}`,
		},
		{
			"openai: stream options in another case do not get through", "/v1/chat/completions",
			`{"model":"m","stream":true,"stream_options":{"Include_Usage":false,"include_obfuscation":false}}`,
			`{"model":"m","stream":true,"max_tokens":2048,"stream_options":{"include_usage":true}}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Prepare(c.path, []byte(c.body), testOffer)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(p.Body)); diff != "" {
				t.Error(diff)
			}
			if p.Model != "m" && p.Model != "m@"+pin {
				t.Errorf("model %q", p.Model)
			}
			if p.family.embeds() {
				return
			}
			cost, err := testOffer.MaxCostUp(len(c.body), p.MaxUsage.Out)
			if err != nil {
				t.Fatal(err)
			}
			if most, err := testOffer.CostUp(p.MaxUsage); err != nil || most != cost {
				t.Errorf("most billed %v, maximum cost %v, %v", most, cost, err)
			}
		})
	}
}

func TestPrepareStream(t *testing.T) {
	for _, c := range []struct {
		path, body   string
		stream, hide bool
	}{
		{"/api/chat", `{"model":"m"}`, true, false},
		{"/api/generate", `{"model":"m","stream":true}`, true, false},
		{"/api/chat", `{"model":"m","stream":false}`, false, false},
		{"/v1/chat/completions", `{"model":"m"}`, false, false},
		{"/v1/chat/completions", `{"model":"m","stream":false,"stream_options":{"include_usage":false}}`, false, false},
		{"/v1/chat/completions", `{"model":"m","stream":true}`, true, true},
		{"/v1/chat/completions", `{"model":"m","stream":true,"stream_options":null}`, true, true},
		{"/v1/chat/completions", `{"model":"m","stream":true,"stream_options":{"include_usage":false}}`, true, true},
		{"/v1/chat/completions", `{"model":"m","stream":true,"stream_options":{"include_usage":true}}`, true, false},
	} {
		p, err := Prepare(c.path, []byte(c.body), testOffer)
		if err != nil || p.Stream != c.stream || p.hideUsage != c.hide {
			t.Errorf("%s %s: stream %v, usage hidden %v, %v", c.path, c.body, p.Stream, p.hideUsage, err)
		}
	}
}

func TestPrepareBounds(t *testing.T) {
	for body, want := range map[string]uint32{
		`{"model":"m","input":"p"}`:                                    100,
		`{"model":"m","input":["p"]}`:                                  100,
		`{"model":"m","input":["p","q","r"]}`:                          300,
		`{"model":"m","input":[]}`:                                     0,
		`{"model":"m","input":["` + strings.Repeat(`","`, 100) + `"]}`: 2048, // no more than the bytes
	} {
		p, err := Prepare("/api/embed", []byte(body), protocol.Offer{Context: 100, DefaultOut: 2048, MaxOut: 10})
		if err != nil || p.MaxUsage != (protocol.Usage{In: want}) || p.Stream {
			t.Errorf("%.40s: %+v, %v, want at most %d", body, p.MaxUsage, err, want)
		}
	}
	small := protocol.Offer{Context: 100, DefaultOut: 2048, MaxOut: 10}
	p, err := Prepare("/api/chat", []byte(`{"model":"m"}`), small)
	if err != nil || p.MaxUsage != (protocol.Usage{In: 100, Out: 10}) {
		t.Errorf("most billed %+v, %v: want the context length, and no default above the maximum", p.MaxUsage, err)
	}
}

func TestPrepareRefuses(t *testing.T) {
	secret := "kumquat"
	for _, c := range []struct{ path, body, want string }{
		{"/api/pull", `{}`, "not metered"},
		{"/api/embed", `{"model":"m","Input":["kumquat"]}`, "input: spell it"},
		{"/api/embed", `{"model":"m","options":"kumquat"}`, "options: want an object"},
		{"/api/embed", `{"model":"m","input":[` + strings.Repeat(`"",`, MaxInputs) + `""]}`, "input: 2049 texts, at most 2048"},
		{"/v1/responses", `{"model":"m","max_output_tokens":"kumquat"}`, "max_output_tokens: want a whole number"},
		{"/v1/responses", `{"model":"m","Max_output_tokens":9}`, "max_output_tokens: spell it"},
		{"/v1/completions", `{"model":"m","n":3}`, "n: only 1"},
		{"/v1/messages", `{"model":"m"}`, "max_tokens: missing"},
		{"/v1/messages", `{"model":"m","max_tokens":0}`, "max_tokens: missing or not positive"},
		{"/v1/messages", `{"model":"m","max_tokens":0.0e3}`, "max_tokens: missing or not positive"},
		{"/v1/messages", `{"model":"m","max_tokens":"kumquat"}`, "max_tokens: want a whole number"},
		{"/v1/messages", `{"model":"m","max_tokens":-5}`, "max_tokens: missing or not positive"},
		{"/v1/messages", `{"model":"m","max_tokens":5,"tools":"kumquat"}`, "tools: want a list of objects"},
		{"/v1/messages", `{"model":"m","max_tokens":5,"tools":[{"name":"kumquat"},{"Type":"web_search_20250305"}]}`, "web search is not served"},
		{"/api/chat", ``, "malformed JSON"},
		{"/api/chat", `{"model":"` + secret, "malformed JSON near byte"},
		{"/api/chat", `{"model":"m","prompt":kumquat}`, "malformed JSON near byte"},
		{"/api/chat", `{"model":"m",}`, "malformed JSON"},
		{"/api/chat", `{"model":"m"`, "malformed JSON"},
		{"/api/chat", `["kumquat"]`, "want a JSON object"},
		{"/api/chat", `{"model":"m"} kumquat`, "nothing after it"},
		{"/api/chat", `{"model":"m"}{}`, "nothing after it"},
		{"/api/chat", `{}`, "model: missing"},
		{"/api/chat", `{"model":null}`, "model: missing"},
		{"/api/chat", `{"model":""}`, "model: missing"},
		{"/api/chat", `{"model":{"kumquat":1}}`, "model: want a string"},
		{"/api/chat", `{"model":"m@kumquat"}`, "model: want NAME or NAME@sha256:"},
		{"/v1/chat/completions", `{"model":"m@sha256:12"}`, "model: want NAME or NAME@sha256:"},
		{"/api/chat", `{"model":"m","stream":"kumquat"}`, "stream: want true or false"},
		{"/api/chat", `{"model":"m","options":["kumquat"]}`, "options: want an object"},
		{"/api/chat", `{"model":"m","options":{"num_predict":"kumquat"}}`, "options.num_predict: want a whole number"},
		{"/api/chat", `{"model":"m","format":"kumquat"}`, "format: want \"json\" or"},
		{"/api/generate", `{"model":"m","format":["kumquat"]}`, "format: want \"json\" or"},
		{"/api/chat", `{"model":"m","options":{"num_predict":1.5}}`, "options.num_predict: want a whole number"},
		{"/v1/chat/completions", `{"model":"m","max_tokens":true}`, "max_tokens: want a whole number"},
		{"/v1/chat/completions", `{"model":"m","max_completion_tokens":[]}`, "max_completion_tokens: want a whole number"},
		{"/v1/chat/completions", `{"model":"m","n":2}`, "n: only 1"},
		{"/v1/chat/completions", `{"model":"m","n":{}}`, "n: want 1"},
		{"/v1/chat/completions", `{"model":"m","stream":true,"stream_options":[]}`, "stream_options: want an object"},
		{"/api/chat", `{"model":"m","model":"kumquat"}`, "comes twice"},
		{"/api/chat", `{"model":"m","\u006dodel":"kumquat"}`, "comes twice"},
		{"/api/chat", `{"model":"m","options":{"num_predict":1,"num_predict":9}}`, "comes twice"},
		{"/api/chat", `{"model":"m","a":[{"b":1,"c":{},"b":2}]}`, "comes twice"},
		{"/api/chat", `{"model":"m","Options":{"num_predict":9}}`, "options: spell it"},
		{"/api/chat", `{"model":"m","opt\u0130ons":1,"\u017ftream":false}`, "stream: spell it"}, // ſ folds to s
		{"/api/chat", `{"model":"m","\u212aeep_alive":0}`, "keep_alive: spell it"},              // the Kelvin sign folds to k
		{"/api/chat", `{"model":"m","_debug_render_only":false}`, "_debug_render_only: not served"},
		{"/api/chat", `{"model":"m","x":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`, "nested deeper than 64"},
		{"/api/chat", `{"model":"m","x":` + strings.Repeat(`{"a":`, 64) + `1` + strings.Repeat("}", 64) + `}`, "nested deeper than 64"},
		{"/api/chat", `{"model":"` + strings.Repeat("m", protocol.MaxRequestBody) + `"}`, fmt.Sprintf("at most %d", protocol.MaxRequestBody)},
	} {
		_, err := Prepare(c.path, []byte(c.body), testOffer)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %.60s: error %v, want %q", c.path, c.body, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%s %.60s: the error quotes content: %v", c.path, c.body, err)
		}
	}
	for _, format := range []string{`null`, `""`, `"json"`, `{"type":"object"}`} {
		if _, err := Prepare("/api/chat", []byte(`{"model":"m","format":`+format+`}`), testOffer); err != nil {
			t.Errorf("format %s: %v", format, err)
		}
	}
	deep := `{"model":"m","x":` + strings.Repeat("[", 63) + strings.Repeat("]", 63) + `}`
	if _, err := Prepare("/api/chat", []byte(deep), testOffer); err != nil {
		t.Errorf("64 levels: %v", err)
	}
}

// The engine reads a body by encoding/json, in any letter case, the last one winning.
type ollamaRequest struct {
	Model     string         `json:"model"`
	Stream    *bool          `json:"stream"`
	Options   map[string]any `json:"options"`
	Truncate  *bool          `json:"truncate"`
	Shift     *bool          `json:"shift"`
	KeepAlive any            `json:"keep_alive"`
	Debug     bool           `json:"_debug_render_only"`
}

type openAIRequest struct {
	Model           string `json:"model"`
	Stream          bool   `json:"stream"`
	MaxTokens       *int   `json:"max_tokens"`
	MaxOutputTokens *int   `json:"max_output_tokens"`
	StreamOptions   *struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
	Debug bool `json:"_debug_render_only"`
}

var fuzzPaths = []string{
	"/api/chat", "/api/generate", "/v1/chat/completions",
	"/api/embed", "/api/embeddings", "/v1/completions", "/v1/responses", "/v1/messages", "/v1/embeddings",
}

func FuzzPrepare(f *testing.F) {
	for _, body := range []string{
		`{"model":"m","messages":[{"role":"user","content":"hi"}]}`,
		`{"model":"m","options":{"num_predict":-2,"num_ctx":4},"stream":false}`,
		`{"model":"m","stream":true,"max_tokens":3,"stream_options":{"include_usage":false}}`,
		`{"model":"m","Options":{},"max_completion_tokens":1e3}`,
		`{"model":"m","x":[[{"a":{"b":null}}]]}`,
	} {
		for i := range uint8(len(fuzzPaths)) {
			f.Add(i, []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, path uint8, body []byte) {
		p, err := Prepare(fuzzPaths[int(path)%len(fuzzPaths)], body, testOffer)
		if err != nil {
			return
		}
		if p.family.embeds() {
			checkEmbed(t, p, len(body))
			return
		}
		if p.MaxUsage.Out == 0 || p.MaxUsage.Out > testOffer.MaxOut {
			t.Fatalf("most %+v", p.MaxUsage)
		}
		if !p.family.ollama() {
			var r openAIRequest
			if err := json.Unmarshal(p.Body, &r); err != nil && !json.Valid(p.Body) {
				t.Fatalf("the engine cannot read %q: %v", p.Body, err)
			}
			limit := r.MaxTokens
			if p.family == familyResponses {
				limit = r.MaxOutputTokens
			}
			if r.Model != p.Model || r.Stream != p.Stream || r.Debug || *limit != int(p.MaxUsage.Out) ||
				p.Stream && p.family.asksUsage() && !r.StreamOptions.IncludeUsage {
				t.Fatalf("the engine gets %q", p.Body)
			}
			return
		}
		var r ollamaRequest
		if err := json.Unmarshal(p.Body, &r); err != nil && !json.Valid(p.Body) {
			t.Fatalf("the engine cannot read %q: %v", p.Body, err)
		}
		if n, ok := r.Options["num_predict"].(float64); r.Model != p.Model || (r.Stream == nil || *r.Stream) != p.Stream || r.Debug ||
			!ok || uint32(n) != p.MaxUsage.Out || *r.Truncate || *r.Shift || r.KeepAlive != -1.0 {
			t.Fatalf("the engine gets %q", p.Body)
		}
		for _, name := range runnerOptions {
			if _, ok := r.Options[name]; ok {
				t.Fatalf("%s got through", name)
			}
		}
	})
}

// checkEmbed holds what the engine gets to be embedded against what can be billed for it.
func checkEmbed(t *testing.T, p Prepared, size int) {
	var r struct {
		ollamaRequest
		Input any `json:"input"`
	}
	if err := json.Unmarshal(p.Body, &r); err != nil && !json.Valid(p.Body) {
		t.Fatalf("the engine cannot read %q: %v", p.Body, err)
	}
	texts := 1
	if list, ok := r.Input.([]any); ok && p.family != familyEmbeddings {
		texts = len(list)
	}
	if p.Stream || p.MaxUsage.Out != 0 || int(p.MaxUsage.In) > texts*int(testOffer.Context) || int(p.MaxUsage.In) > protocol.SizeBucket(size) ||
		int(p.MaxUsage.In) < min(texts*int(testOffer.Context), size) || texts > MaxInputs {
		t.Fatalf("%d texts of %d bytes, and at most %+v is billed", texts, size, p.MaxUsage)
	}
	if r.Model != p.Model || p.family.ollama() && r.KeepAlive != -1.0 {
		t.Fatalf("the engine gets %q", p.Body)
	}
	if !p.family.ollama() { // it reads no options
		return
	}
	for _, name := range runnerOptions {
		if _, ok := r.Options[name]; ok {
			t.Fatalf("%s got through", name)
		}
	}
}
