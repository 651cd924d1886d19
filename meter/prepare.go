package meter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/phallama/phallama/protocol"
)

// MaxDepth is the deepest nesting of a request's JSON.
const MaxDepth = 64

// Prepared is a request as the engine gets it.
type Prepared struct {
	Model    string         // as the request names it, with the digest if it is pinned to one
	Stream   bool           // the answer comes in chunks
	Body     []byte         // for the engine
	MaxUsage protocol.Usage // the most that can be billed; Out is what the engine was told

	family    family
	hideUsage bool // the engine was told to send a usage chunk that the client did not ask for
}

// EndsWithClient tells whether the engine may stop when the client goes: what it has not said by then is not billed.
func (p Prepared) EndsWithClient() bool { return p.Stream || p.family.embeds() }

// Members of a request that Prepare reads or sets. Go's JSON, and so the engine, matches them in any letter case: the
// last spelling would win over what Prepare set, so other spellings are refused.
var controlled = []string{
	"model", "stream", "options", "truncate", "shift", "keep_alive",
	"stream_options", "max_tokens", "max_completion_tokens", "max_output_tokens", "n", "input", "tools", debugMember,
}

// MaxInputs is how many texts one request may have embedded.
const MaxInputs = 2048

// debugMember makes the engine answer with the rendered prompt and no counters.
const debugMember = "_debug_render_only"

// runnerOptions make the engine load the model anew: they are the pod's, and a client's are left out.
var runnerOptions = []string{"num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread"}

// Prepare reads a request to one of the metered paths under the offer that it will be billed by. The engine's body
// differs from the client's only in the members that Prepare sets: the model's name without a digest, the limit of tokens (what was asked for, within the
// offer's bounds), no silent truncation or shifting of the context, no unloading, and the usage chunk of a stream.
// Errors are for the client; they name members and never quote content.
func Prepare(path string, body []byte, offer protocol.Offer) (Prepared, error) {
	fam, ok := families[path]
	if !ok {
		return Prepared{}, errors.New("this path is not metered")
	}
	if len(body) > protocol.MaxRequestBody {
		return Prepared{}, fmt.Errorf("body: %d bytes, at most %d", len(body), protocol.MaxRequestBody)
	}
	o, err := parseObject(body)
	if err != nil {
		return Prepared{}, err
	}
	for _, m := range o {
		for _, name := range controlled {
			if m.name != name && strings.EqualFold(m.name, name) {
				return Prepared{}, fmt.Errorf("%s: spell it like this, in lower case", name)
			}
		}
	}
	if _, ok := o.get(debugMember); ok {
		return Prepared{}, fmt.Errorf("%s: not served, its answer has no counters", debugMember)
	}
	p := Prepared{family: fam, Stream: fam.ollama() && !fam.embeds()}
	if err := o.read("model", "a string", &p.Model); err != nil {
		return Prepared{}, err
	}
	if p.Model == "" {
		return Prepared{}, errors.New("model: missing, want the name of a model")
	}
	model, err := protocol.ParseModelName(p.Model)
	if err != nil {
		return Prepared{}, fmt.Errorf("model: %w", err)
	}
	if model.Digest != nil { // which the engine does not know; the offer is what holds to it
		name, _ := json.Marshal(model.Name) // a string marshals
		o.set("model", string(name))
	}
	if !fam.embeds() {
		if err := o.read("stream", "true or false", &p.Stream); err != nil {
			return Prepared{}, err
		}
	}
	bucket := int64(protocol.SizeBucket(len(body)))
	most := protocol.Usage{In: uint32(min(bucket, int64(offer.Context)))} // as protocol's MaxCostUp has it
	switch fam {
	case familyChat, familyGenerate:
		most.Out, err = o.prepareOllama(offer)
	case familyOpenAI, familyCompletions:
		most.Out, err = o.prepareOpenAI(&p, offer)
	case familyResponses:
		most.Out, err = o.limitTo("max_output_tokens", offer)
	case familyMessages:
		most.Out, err = o.prepareMessages(offer)
	default:
		var texts int
		texts, err = o.prepareEmbed(fam)
		most.In = uint32(min(bucket, int64(texts)*int64(offer.Context))) // each text is in a context of its own
	}
	if err != nil {
		return Prepared{}, err
	}
	p.Body, p.MaxUsage = o.encode(), most
	return p, nil
}

// options are a request's, without those that are the pod's.
func (o *object) options() (options object, err error) {
	if raw, ok := o.get("options"); ok {
		if options, err = parseObject(raw); err != nil {
			return nil, errors.New("options: want an object")
		}
	}
	for _, name := range runnerOptions {
		options.remove(name)
	}
	return options, nil
}

func (o *object) prepareOllama(offer protocol.Offer) (uint32, error) {
	options, err := o.options()
	if err != nil {
		return 0, err
	}
	// Ollama takes its user's mistake for an error of its own, and a pod would be blamed for it.
	if raw, ok := o.get("format"); ok && raw[0] != '{' && string(raw) != `"json"` && string(raw) != `""` {
		return 0, errors.New(`format: want "json" or an object, which is a JSON schema`)
	}
	out, err := options.limit("num_predict", "options.num_predict", offer)
	if err != nil {
		return 0, err
	}
	options.set("num_predict", strconv.FormatUint(uint64(out), 10))
	o.set("options", string(options.encode()))
	o.set("truncate", "false")
	o.set("shift", "false")
	o.set("keep_alive", "-1")
	return out, nil
}

func (o *object) prepareOpenAI(p *Prepared, offer protocol.Offer) (uint32, error) {
	n := json.Number("1")
	if err := o.read("n", "1", &n); err != nil {
		return 0, err
	}
	if n != "1" {
		return 0, errors.New("n: only 1 answer to a request is served")
	}
	out, err := o.limit("max_tokens", "max_tokens", offer)
	if err != nil {
		return 0, err
	}
	if raw, ok := o.get("max_completion_tokens"); ok { // the newer name of the same, which the engine does not know
		newer, err := outLimit(raw, "max_completion_tokens", offer)
		if err != nil {
			return 0, err
		}
		if _, both := o.get("max_tokens"); !both || newer < out {
			out = newer
		}
		o.remove("max_completion_tokens")
	}
	o.set("max_tokens", strconv.FormatUint(uint64(out), 10))
	if !p.Stream {
		return out, nil
	}
	var asked struct {
		IncludeUsage bool `json:"include_usage"`
	}
	if err := o.read("stream_options", "an object with include_usage true or false", &asked); err != nil {
		return 0, err
	}
	p.hideUsage = !asked.IncludeUsage
	o.set("stream_options", `{"include_usage":true}`)
	return out, nil
}

// limitTo sets a limit of tokens that is a member of the request.
func (o *object) limitTo(name string, offer protocol.Offer) (uint32, error) {
	out, err := o.limit(name, name, offer)
	if err == nil {
		o.set(name, strconv.FormatUint(uint64(out), 10))
	}
	return out, err
}

// prepareMessages is for /v1/messages. A tool that searches the web is one that Ollama would call itself.
func (o *object) prepareMessages(offer protocol.Offer) (uint32, error) {
	var tools []map[string]json.RawMessage
	if err := o.read("tools", "a list of objects", &tools); err != nil {
		return 0, err
	}
	for _, tool := range tools {
		for name, value := range tool {
			var kind string
			if strings.EqualFold(name, "type") && json.Unmarshal(value, &kind) == nil && strings.HasPrefix(kind, "web_search") {
				return 0, errors.New("tools: web search is not served, a pod has no way to the web")
			}
		}
	}
	var n json.Number
	if err := o.read("max_tokens", "a whole number of tokens", &n); err != nil {
		return 0, err
	}
	if f, _ := n.Float64(); f <= 0 { // the API has no default
		return 0, errors.New("max_tokens: missing or not positive, want how many tokens the answer may have")
	}
	return o.limitTo("max_tokens", offer)
}

// prepareEmbed tells how many texts are to be embedded.
func (o *object) prepareEmbed(fam family) (texts int, err error) {
	texts = 1
	if raw, ok := o.get("input"); ok && fam != familyEmbeddings && raw[0] == '[' {
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return 0, errors.New("input: want a text or a list of texts")
		}
		if texts = len(list); texts > MaxInputs {
			return 0, fmt.Errorf("input: %d texts, at most %d in one request", texts, MaxInputs)
		}
	}
	if !fam.ollama() {
		return texts, nil
	}
	options, err := o.options()
	if err != nil {
		return 0, err
	}
	if options != nil {
		o.set("options", string(options.encode()))
	}
	o.set("keep_alive", "-1")
	return texts, nil
}

// limit reads a limit of tokens; without one, or with one that means none, it is the offer's default.
func (o *object) limit(name, shown string, offer protocol.Offer) (uint32, error) {
	raw, ok := o.get(name)
	if !ok {
		return min(offer.DefaultOut, offer.MaxOut), nil
	}
	return outLimit(raw, shown, offer)
}

func outLimit(raw json.RawMessage, shown string, offer protocol.Offer) (uint32, error) {
	n, err := strconv.ParseFloat(string(raw), 64) // every integer up to 2^53 exactly, and 1e3 as JSON allows it
	if err != nil && !errors.Is(err, strconv.ErrRange) || n != math.Trunc(n) {
		return 0, fmt.Errorf("%s: want a whole number of tokens", shown)
	}
	if n <= 0 {
		return min(offer.DefaultOut, offer.MaxOut), nil
	}
	return uint32(min(n, float64(offer.MaxOut))), nil
}

// object is a JSON object with its members in order and their values as they came.
type object []member

type member struct {
	name  string
	value json.RawMessage
}

func (o object) get(name string) (json.RawMessage, bool) {
	for _, m := range o {
		if m.name == name && !bytes.Equal(m.value, []byte("null")) { // null says what leaving out says
			return m.value, true
		}
	}
	return nil, false
}

// read decodes a member into v and leaves v alone if there is none.
func (o object) read(name, want string, v any) error {
	raw, ok := o.get(name)
	if !ok {
		return nil
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("%s: want %s", name, want)
	}
	return nil
}

func (o *object) remove(name string) {
	kept := (*o)[:0]
	for _, m := range *o {
		if m.name != name {
			kept = append(kept, m)
		}
	}
	*o = kept
}

func (o *object) set(name, value string) {
	o.remove(name)
	*o = append(*o, member{name, json.RawMessage(value)})
}

func (o object) encode() []byte {
	b := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			b = append(b, ',')
		}
		name, _ := json.Marshal(m.name) // a string marshals
		b = append(append(append(b, name...), ':'), m.value...)
	}
	return append(b, '}')
}

// parseObject reads one JSON object and nothing after it; at no depth may a member come twice.
func parseObject(text []byte) (object, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	malformed := func() error { return fmt.Errorf("malformed JSON near byte %d", dec.InputOffset()) }
	if first, err := dec.Token(); err != nil {
		return nil, malformed()
	} else if first != json.Delim('{') {
		return nil, errors.New("want a JSON object")
	}
	var o object
	seen := map[string]bool{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, malformed()
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, malformed()
		}
		if seen[name.(string)] { // Token gives a member's name as a string, or fails
			return nil, errors.New("a member of the JSON object comes twice")
		}
		seen[name.(string)] = true
		if err := checkNested(value); err != nil {
			return nil, err
		}
		o = append(o, member{name.(string), value})
	}
	if _, err := dec.Token(); err != nil {
		return nil, malformed()
	}
	if dec.More() {
		return nil, errors.New("want one JSON object and nothing after it")
	}
	return o, nil
}

// checkNested walks a valid JSON value for its depth and for members that come twice.
func checkNested(value json.RawMessage) error {
	dec := json.NewDecoder(bytes.NewReader(value))
	dec.UseNumber()
	type level struct {
		names map[string]bool // nil in a list
		name  bool            // the next token is a member's name
	}
	var open []level
	for {
		token, err := dec.Token()
		if err != nil {
			return nil // the end: the value was decoded before
		}
		top := len(open) - 1
		if name, ok := token.(string); ok && top >= 0 && open[top].name {
			if open[top].names[name] {
				return errors.New("a member of a JSON object comes twice")
			}
			open[top].names[name] = true
			open[top].name = false
			continue
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			if len(open) >= MaxDepth-1 { // the whole body is a level as well
				return fmt.Errorf("JSON nested deeper than %d levels", MaxDepth)
			}
			if token == json.Delim('{') {
				open = append(open, level{names: map[string]bool{}, name: true})
			} else {
				open = append(open, level{})
			}
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:top]
			top--
		}
		if top >= 0 && open[top].names != nil { // a value has ended
			open[top].name = true
		}
	}
}
