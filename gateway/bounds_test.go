package gateway_test

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// As many streams as the gateway takes run side by side; one more is told to come back, in its API's form.
func TestManyStreams(t *testing.T) {
	const most = 60 // a pod answers 64 requests of one session at once
	n := newNetwork(t, func(c *pod.Config) { c.Slots, c.Queue = most+4, most })
	n.gateway.Close()
	n.gateway = httptest.NewServer(gateway.Handler(gateway.Config{Client: n.client, Log: n.config.Log, MaxRequests: most}))
	t.Cleanup(n.gateway.Close)
	n.locked(func() { n.avail = protocol.Tokens(5000) })
	parts, media := words(answer, false, true)
	chat := `{"model":"wisp",` + messages + `}`
	if body := readAll(t, n.post("/api/chat", chat)); !strings.Contains(body, `"done":true`) { // opens the session
		t.Fatal(body)
	}
	finish := make(chan struct{})
	n.locked(func() {
		n.engine = func(*http.Request) (*http.Response, error) {
			out, in := io.Pipe()
			go func() {
				_, _ = io.WriteString(in, parts[0])
				<-finish
				_, _ = io.WriteString(in, parts[1]+parts[2])
				_ = in.Close()
			}()
			return reply(200, media, out), nil
		}
	})
	var begun, over sync.WaitGroup
	begun.Add(most)
	for range most {
		over.Go(func() {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, n.gateway.URL+"/api/chat", strings.NewReader(chat))
			if err != nil {
				t.Error(err)
			}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Error(err)
				begun.Done()
				return
			}
			defer res.Body.Close()
			lines := bufio.NewReader(res.Body)
			first, err := lines.ReadString('\n')
			begun.Done()
			rest, restErr := io.ReadAll(lines)
			if res.StatusCode != 200 || err != nil || restErr != nil || !strings.Contains(string(rest), `"done":true`) || res.Trailer.Get(client.TrailerReceipt) == "" {
				t.Errorf("%s %v %v %s %s", res.Status, err, restErr, first, rest)
			}
		})
	}
	begun.Wait()
	for _, path := range []string{"/api/chat", "/v1/chat/completions"} {
		res := n.post(path, chat)
		body := readAll(t, res)
		if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %s %s", path, res.Status, body)
		}
		wantError(t, body, path != "/api/chat", "60 requests on their way", "")
	}
	if status, _ := n.get("/api/tags"); status != 200 {
		t.Errorf("what asks no pod is refused: %d", status)
	}
	close(finish)
	over.Wait()
	if body := readAll(t, n.post("/api/chat", chat)); !strings.Contains(body, `"done":true`) {
		t.Errorf("the places are not free again: %s", body)
	}
}

func TestServerBounds(t *testing.T) {
	s := gateway.NewServer(http.NotFoundHandler())
	if s.ReadHeaderTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 || s.WriteTimeout != 0 || s.ReadTimeout != 0 {
		t.Errorf("%+v", s)
	}
}
