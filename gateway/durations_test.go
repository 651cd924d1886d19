package gateway_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
)

// measured is what the gateway adds to an answer of Ollama's API.
var measured = regexp.MustCompile(`,"total_duration":(\d+),"load_duration":0,"prompt_eval_duration":(\d+),"eval_duration":(\d+)`)

// The engine's own durations stay with the pod, and programs find the gateway's in their place.
func TestDurations(t *testing.T) {
	n := newNetwork(t)
	const took = `,"total_duration":777777777,"load_duration":777777777,"prompt_eval_duration":777777777,"eval_duration":777777777}`
	n.engine = func(r *http.Request) (*http.Response, error) {
		res, err := says(answer)(r)
		if err == nil {
			body := strings.TrimSpace(readAll(t, res))
			time.Sleep(time.Millisecond)
			res.Body = readCloser(strings.TrimSuffix(body, "}") + took + "\n")
		}
		return res, err
	}
	for _, tt := range []struct {
		path, body string
		stream     bool
	}{
		{"/api/chat", `{"model":"wisp",` + messages + `}`, true},
		{"/api/chat", `{"model":"wisp","stream":false,` + messages + `}`, false},
		{"/api/generate", `{"model":"wisp","prompt":"` + prompt + `"}`, true},
		{"/api/generate", `{"model":"wisp","stream":false,"prompt":"` + prompt + `"}`, false},
	} {
		start := time.Now()
		res := n.post(tt.path, tt.body)
		body := readAll(t, res)
		most := time.Since(start).Nanoseconds()
		if strings.Contains(body, "777777777") || len(measured.FindAllString(body, -1)) != 1 {
			t.Errorf("%s: %s", tt.body, body)
		}
		lines := strings.Split(strings.TrimSpace(body), "\n")
		var last struct {
			Done       bool
			Total      int64 `json:"total_duration"`
			PromptEval int64 `json:"prompt_eval_duration"`
			Eval       int64 `json:"eval_duration"`
		}
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || !last.Done {
			t.Fatalf("%s: %v, %s", tt.body, err, body)
		}
		if last.Total < int64(time.Millisecond) || last.Total > most || last.PromptEval <= 0 || last.PromptEval > last.Total || last.Eval <= 0 || last.Eval > last.Total {
			t.Errorf("%s: %+v, the whole took %d at most", tt.body, last, most)
		}
		if tt.stream != (len(lines) > 1) || tt.stream && last.PromptEval == last.Total {
			t.Errorf("%s: %d lines, %+v", tt.body, len(lines), last)
		}
		said := res.Trailer
		if !tt.stream {
			said = res.Header
		}
		if said.Get(client.TrailerReceipt) == "" {
			t.Errorf("%s: no receipt: what is verified is what the pod sent", tt.body)
		}
	}
}
