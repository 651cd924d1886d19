package pod_test

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/meter"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// counters are an engine's, as one API or another says them; the last ones of an answer count.
var counters = regexp.MustCompile(`"(?:prompt_eval_count|prompt_tokens|input_tokens)":(\d+)`)

// Every route that is metered is answered by a real engine and billed by its own counters, streamed and not.
func TestEveryRoute(t *testing.T) {
	t.Parallel()
	engine := realEngine(t)
	r := newRig(t, func(c *pod.Config) { c.Engine = engine })
	r.fund(1_000_000_000)
	const say, messages = "Repeat after me: falcon-4711", `"messages":[{"role":"user","content":"Repeat after me: falcon-4711"}]`
	asked := map[string]string{
		"/api/chat":            messages,
		"/api/generate":        `"prompt":"` + say + `"`,
		"/v1/chat/completions": `"stream_options":{"include_usage":true},` + messages,
		"/v1/completions":      `"stream_options":{"include_usage":true},"prompt":"` + say + `"`,
		"/v1/responses":        `"input":"` + say + `"`,
		"/v1/messages":         `"max_tokens":64,` + messages,
		"/api/embed":           `"input":["Hello","` + say + `"]`,
		"/api/embeddings":      `"prompt":"` + say + `"`,
		"/v1/embeddings":       `"input":["Hello","` + say + `"]`,
	}
	for _, path := range meter.Paths() {
		body, known := asked[path]
		if !known {
			t.Errorf("%s is metered and not tested", path)
		}
		for _, stream := range []bool{false, true} {
			a := r.paid(r.newCall(path, fmt.Sprintf(`{"model":"wisp","stream":%t,%s}`, stream, body)))
			if strings.Contains(path, "embed") {
				checkEmbedding(t, path, a)
				continue
			}
			if text := words(a.body); !strings.Contains(text, "falcon-4711") {
				t.Errorf("%s said %q", path, a.body)
			}
			said := counters.FindAllStringSubmatch(a.body, -1)
			if len(said) == 0 {
				t.Fatalf("%s: no counters in %s", path, a.body)
			}
			in, _ := strconv.Atoi(said[len(said)-1][1])
			if u := a.receipt.Usage; int(u.In) != in || u.Out < 5 || u.Out > 20 || a.receipt.Finish != protocol.FinishStop {
				t.Errorf("%s, streamed %t: %+v, %s is billed, want a prompt of %d", path, stream, u, a.receipt.Finish, in)
			}
		}
	}
}

func checkEmbedding(t *testing.T, path string, a answer) {
	t.Helper()
	if u := a.receipt.Usage; u.In < 8 || u.Out != 0 || a.receipt.Cost.IsZero() || !strings.Contains(a.body, `"embedding`) || strings.Contains(a.body, "_duration") {
		t.Errorf("%s: %+v is billed for %.200s", path, u, a.body)
	}
	if said := counters.FindStringSubmatch(a.body); said != nil && said[1] != fmt.Sprint(a.receipt.Usage.In) {
		t.Errorf("%s: %+v is billed for %s", path, a.receipt.Usage, said[0])
	}
}

// words joins what an answer says, whole or in pieces, of any API.
func words(body string) string {
	var said strings.Builder
	for _, m := range regexp.MustCompile(`"(?:content|response|text|delta)":"([^"]*)"`).FindAllStringSubmatch(body, -1) {
		said.WriteString(m[1])
	}
	return said.String()
}

// A request for embeddings that is given up costs nothing, and the engine does not go on with the texts that are left.
func TestEmbeddingsGivenUp(t *testing.T) {
	t.Parallel()
	engine := &counting{next: realEngine(t), chunks: map[int]int{}}
	r := newRig(t, func(c *pod.Config) { c.Engine = engine })
	r.fund(1_000_000_000)
	text := strings.Repeat("a long text that is to be embedded ", 100)
	many := `["` + text + strings.Repeat(`","`+text, 100) + `"]`
	c := r.newCall("/api/embed", `{"model":"wisp","input":`+many+`}`)
	offer := r.registration.Offers[0].Offer
	most, err := offer.CostUp(protocol.Usage{In: uint32(protocol.SizeBucket(len(c.body)))})
	if err != nil {
		t.Fatal(err)
	}
	refused := r.refused(c, protocol.ProblemMaxCost, 402)
	if refused.NeedMaxCost == nil || refused.NeedMaxCost.Cmp(c.payment.MaxCost) <= 0 || refused.NeedMaxCost.Cmp(most) > 0 {
		t.Errorf("the pod wants %v for many texts, want more than for one context and at most %s", refused.NeedMaxCost, most)
	}
	c = r.newCall("/api/embed", c.body)
	c.payment.MaxCost, c.payment.Ceiling = most, most
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	running := func() bool { s, _ := r.book.Session(r.session.ID()); return s.Running > 0 }
	go func() {
		for !running() && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(50 * time.Millisecond)
		leave()
	}()
	if res, err := r.open(ctx, c); err == nil {
		t.Errorf("%s: 100 long texts were embedded before the caller left: the test tests too little", res.Status)
	}
	for deadline := time.Now().Add(30 * time.Second); running() && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	s, _ := r.book.Session(r.session.ID())
	if !s.Charged.IsZero() || !s.Reserved.IsZero() || s.Running > 0 {
		t.Errorf("%s is charged and %s reserved", s.Charged, s.Reserved)
	}
	a := r.paid(r.newCall("/api/chat", `{"model":"wisp","stream":false,"messages":[{"role":"user","content":"Repeat after me: falcon-4711"}]}`))
	if !strings.Contains(a.body, "falcon-4711") {
		t.Error(a.body)
	}
}
