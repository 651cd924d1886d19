package gateway_test

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
)

// The client's directory is deleted while it is in use, in the middle of an answer. A client with the same owner's key
// goes on with the same session of a real pod, and both keep the same book.
func TestStateLostInUse(t *testing.T) {
	const chat = `{"model":"wisp","messages":[{"role":"user","content":"hello"}]}`
	n := newNetwork(t)
	res := n.post("/api/chat", chat)
	if _, err := io.ReadAll(res.Body); err != nil {
		t.Fatal(err)
	}
	before := n.client.Sessions()[0]
	slow, running := io.Pipe()
	n.locked(func() {
		n.engine = func(*http.Request) (*http.Response, error) {
			return reply(http.StatusOK, "application/x-ndjson", slow), nil
		}
	})
	go func() {
		_, _ = io.WriteString(running, `{"model":"wisp","message":{"role":"assistant","content":"a"},"done":false}`+"\n")
	}()
	res = n.post("/api/chat", chat)
	if _, err := bufio.NewReader(res.Body).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	config := n.config // the process dies, and its disk with it
	n.gateway.CloseClientConnections()
	if err := errors.Join(n.client.Close(), os.RemoveAll(n.dir)); err != nil {
		t.Fatal(err)
	}
	running.Close() // the pod bills what it had generated
	n.locked(func() { n.engine = says(answer) })

	again, err := client.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	for n.books.Totals().Running > 0 { // the test's own time limit bounds it
		time.Sleep(time.Millisecond)
	}
	for range 2 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+client.Host+"/api/chat", strings.NewReader(chat))
		if err != nil {
			t.Fatal(err)
		}
		res, err := again.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(res.Body); err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
	}
	all := again.Sessions()
	if len(all) != 1 || all[0].ID != before.ID || all[0].Suspect != "" || all[0].Open != 0 || all[0].Receipts != 2 {
		t.Fatalf("sessions %+v, before %+v", all, before)
	}
	book, _ := n.books.Session(before.ID)
	if book.Charged != all[0].Charged || all[0].Before.Cmp(before.Charged) < 0 || book.Charged.Cmp(all[0].Ceiling) > 0 {
		t.Errorf("the client says %+v, the pod %+v", all[0], book)
	}
}
