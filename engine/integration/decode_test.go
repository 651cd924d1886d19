package integration_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"
)

// BenchmarkDecode compares how fast tokens come through a pod in one process, sealed, metered and paid, with the same
// Ollama asked directly. The two take turns, because the machine has other things to do; the medians are what counts.
//
//	go test ./integration -run '^$' -bench Decode -benchtime 1x
func BenchmarkDecode(b *testing.B) {
	const pairs, tokens = 20, 400
	e := start(b, nil)
	p := startPod(b, nil)
	body := prompt("Talk forever", true)
	body["options"] = map[string]any{"num_predict": tokens}
	direct := func() float64 {
		return rate(b, e.do(b, http.MethodPost, "/api/chat", body), nil)
	}
	through := func() float64 {
		resp, err := p.ask(b, context.Background(), http.MethodPost, "/api/chat", body)
		return rate(b, resp, err)
	}
	direct() // both have their models loaded and the prompt in their caches
	through()
	for b.Loop() {
		var ratios, ours, theirs []float64
		for i := range pairs {
			var a, z float64
			if i%2 == 0 {
				a, z = direct(), through()
			} else {
				z, a = through(), direct()
			}
			theirs, ours, ratios = append(theirs, a), append(ours, z), append(ratios, z/a)
		}
		b.ReportMetric(median(ratios), "ratio")
		b.ReportMetric(median(theirs), "direct-tok/s")
		b.ReportMetric(median(ours), "pod-tok/s")
		b.Logf("median of %d pairs of %d tokens: %.0f tok/s directly, %.0f through the pod; ratio %.3f, middle half %.3f to %.3f",
			pairs, tokens, median(theirs), median(ours), median(ratios), ratios[pairs/4], ratios[pairs-1-pairs/4])
	}
	b.ReportMetric(0, "ns/op") // means nothing here
}

// rate reads a streamed answer and returns the lines per second after the first, each of which is a token.
func rate(b *testing.B, resp *http.Response, err error) float64 {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewReader(resp.Body)
	var began time.Time
	n := 0
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			break
		}
		if err != nil || resp.StatusCode != http.StatusOK {
			b.Fatalf("%s %q %v", resp.Status, line, err)
		}
		if n == 0 {
			began = time.Now()
		}
		n++
	}
	if n < 100 {
		b.Fatalf("%d lines", n)
	}
	return float64(n-1) / time.Since(began).Seconds()
}

// median sorts what it is given.
func median[N int64 | float64](all []N) float64 {
	slices.Sort(all)
	return (float64(all[(len(all)-1)/2]) + float64(all[len(all)/2])) / 2
}
