//go:build engine

package serve

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/engine/link"
)

var testModels = flag.String("models", "../../bin/models", "the model store of the test")

// Callers come and go away in the middle of answers, and no goroutine of Ollama, its scheduler, its runner or the links
// between them is left behind. It links Ollama: `go run ./cmd/mkengine -test` runs it.
func TestNoGoroutineIsLeftBehind(t *testing.T) {
	n := 50
	if os.Getenv("PHALLAMA_TEST_LONG") != "" {
		n = 1000
	}
	transport, err := InProcess(t.Context(), Config{Models: *testModels, Parallel: 2})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(ctx context.Context, question string, lines int) (string, error) {
		body := fmt.Sprintf(`{"model":"wisp","options":{"num_predict":900},"messages":[{"role":"user","content":%q}]}`, question)
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://localhost/api/chat", strings.NewReader(body))
		if err != nil {
			return "", err
		}
		req.Header.Set(link.AccountHeader, strings.Repeat("0a", 32))
		resp, err := transport.RoundTrip(req)
		if err != nil {
			return "", err
		}
		defer resp.Body.Close()
		var text strings.Builder
		for r := bufio.NewReader(resp.Body); lines != 0; lines-- {
			line, err := r.ReadString('\n')
			text.WriteString(line)
			if err == io.EOF {
				break
			} else if err != nil {
				return "", err
			}
		}
		return text.String(), nil
	}
	whole := func() {
		t.Helper()
		if text, err := ask(t.Context(), "Repeat after me: falcon-4711", -1); err != nil || !strings.Contains(text, `"done":true`) {
			t.Fatalf("%q, %v", text, err)
		}
	}
	for range 3 { // loads the model; connections and the scheduler have what they keep
		whole()
	}
	time.Sleep(time.Second)
	before := runtime.NumGoroutine()
	for range n / 5 {
		var wg sync.WaitGroup
		for range 5 {
			after, lines := time.Duration(rand.Int64N(int64(200*time.Millisecond))), 1+rand.IntN(300)
			wg.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), after)
				defer cancel()
				_, _ = ask(ctx, "Talk forever", lines)
			})
		}
		wg.Wait()
		whole()
	}
	const idle = 12 // goroutines of idle connections, of which there may be more than before
	for deadline := time.Now().Add(30 * time.Second); runtime.NumGoroutine() > before+idle; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			var dump strings.Builder
			_ = pprof.Lookup("goroutine").WriteTo(&dump, 1)
			t.Fatalf("%d goroutines before, %d after %d disconnects:\n%s", before, runtime.NumGoroutine(), n, dump.String())
		}
	}
	t.Logf("%d goroutines before, %d after %d disconnects", before, runtime.NumGoroutine(), n)
}
