package gateway_test

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/protocol"
)

func reachedAt(t *testing.T, address string) context.Context {
	t.Helper()
	local, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return context.WithValue(t.Context(), http.LocalAddrContextKey, local)
}

// mostOf is the worst case of the test's question, which its client reports before it is signed.
func mostOf(t *testing.T, n *network) (most protocol.Amount) {
	t.Helper()
	ctx := client.WithLimit(t.Context(), &client.Limit{Pay: func(_ protocol.RequestID, m protocol.Amount) error { most = m; return context.Canceled }})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+client.Host+"/api/chat", strings.NewReader(ask))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if _, err := n.client.RoundTrip(req); err == nil || most.IsZero() {
		t.Fatalf("most %s, %v", most, err)
	}
	return most
}

// A key's budget ends it with 402 in the API's form, and what was spent is known after a restart.
func TestKeyBudget(t *testing.T) {
	n, dir := newNetwork(t), t.TempDir()
	most := mostOf(t, n)
	budget, err := most.Add(most)
	if err != nil {
		t.Fatal(err)
	}
	key := newKey(t, dir, gateway.Key{Name: "app", Budget: budget})
	n.keyed(dir, nil)
	answered := 0
	for ; answered < 1000; answered++ {
		res, body := n.with("POST", "/api/chat", ask, "x-api-key", key)
		if res.StatusCode == 402 {
			if !strings.Contains(body, "key app: the request may cost "+most.Tokens()+" tokens, and ") {
				t.Error(body)
			}
			break
		}
		if res.StatusCode != 200 {
			t.Fatal(res.Status, body)
		}
	}
	spent := spentBy(t, dir)
	if answered < 2 || spent.Spent.IsZero() || !spent.Held.IsZero() || spent.Spent.Cmp(budget) > 0 {
		t.Errorf("%d answered, %+v of %s", answered, spent, budget)
	}
	if res, body := n.with("POST", "/v1/chat/completions", ask, "Authorization", "Bearer "+key); res.StatusCode != 402 || !strings.Contains(body, `"insufficient_quota"`) {
		t.Errorf("%s %s", res.Status, body)
	}
	if res, body := n.with("POST", "/v1/messages", strings.Replace(askClaude, `:8`, `:200`, 1), "x-api-key", key); res.StatusCode != 402 || !strings.Contains(body, `"billing_error"`) {
		t.Errorf("%s %s", res.Status, body)
	}
	n.keyed(dir, nil)
	if res, body := n.with("POST", "/api/chat", ask, "x-api-key", key); res.StatusCode != 402 {
		t.Errorf("after a restart: %s %s", res.Status, body)
	}
	if again := spentBy(t, dir); again != spent {
		t.Errorf("after a restart: %+v, was %+v", again, spent)
	}
}

// spentBy is what the only key of a directory has spent.
func spentBy(t *testing.T, dir string) gateway.Spent {
	t.Helper()
	all, err := gateway.ReadSpent(dir)
	if err != nil || len(all) > 1 {
		t.Fatal(all, err)
	}
	for _, s := range all {
		return s
	}
	return gateway.Spent{}
}

// An answer that breaks off is held in full until its receipt is there, and counts what it cost then.
func TestBudgetOfABrokenAnswer(t *testing.T) {
	n, dir := newNetwork(t), t.TempDir()
	most := mostOf(t, n)
	budget, err := most.Add(protocol.Units(6e12))
	if err != nil {
		t.Fatal(err)
	}
	key := newKey(t, dir, gateway.Key{Name: "app", Budget: budget})
	n.keyed(dir, nil)
	n.locked(func() { n.outer = cutAfter(envelope.DefaultCellBytes) })
	n.postKeyed("/api/chat", `{"model":"wisp",`+messages+`}`, key)
	n.locked(func() { n.outer = nil })
	if s := spentBy(t, dir); s.Held.Cmp(most) < 0 || !s.Spent.IsZero() {
		t.Fatalf("%+v, want %s held", s, most)
	}
	if _, err := n.client.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if res, body := n.with("POST", "/api/chat", ask, "x-api-key", key); res.StatusCode != 200 {
		t.Fatalf("%s %s", res.Status, body) // it looks for receipts before it refuses
	}
	if s := spentBy(t, dir); !s.Held.IsZero() || s.Spent.IsZero() {
		t.Errorf("%+v", s)
	}
}

// postKeyed makes a request whose answer may break off.
func (n *network) postKeyed(path, body, key string) {
	n.t.Helper()
	req, err := http.NewRequestWithContext(n.t.Context(), http.MethodPost, n.gateway.URL+path, strings.NewReader(body))
	if err != nil {
		n.t.Fatal(err)
	}
	req.Header.Set("X-Api-Key", key)
	res := n.do(req)
	for buf := make([]byte, 4096); err == nil; {
		_, err = res.Body.Read(buf)
	}
}

// Where what is spent cannot be written, a key with a budget is not answered, and others are.
func TestBudgetThatCannotBeWritten(t *testing.T) {
	n, dir := newNetwork(t), t.TempDir()
	key := newKey(t, dir, gateway.Key{Name: "app", Budget: protocol.Tokens(1)})
	free := newKey(t, dir, gateway.Key{Name: "free"})
	n.keyed(dir, nil)
	if err := os.Mkdir(dir+"/spent.jsonl", 0o700); err != nil {
		t.Fatal(err)
	}
	if res, body := n.with("POST", "/api/chat", ask, "x-api-key", key); res.StatusCode != 500 || !strings.Contains(body, "make room") {
		t.Errorf("%s %s", res.Status, body)
	}
	if res, body := n.with("POST", "/api/chat", ask, "x-api-key", free); res.StatusCode != 200 {
		t.Errorf("%s %s", res.Status, body)
	}
}

// The log and the reports name a key, and never quote it.
func TestKeyIsNamed(t *testing.T) {
	n, dir := newNetwork(t), t.TempDir()
	key := newKey(t, dir, gateway.Key{Name: "app-of-mine", Budget: protocol.Tokens(1)})
	var one sync.Mutex
	var names []string
	n.keyed(dir, func(c *gateway.Config) {
		c.Log = slog.New(slog.NewTextHandler(n, nil))
		c.Report = func(r gateway.Request) {
			one.Lock()
			defer one.Unlock()
			names = append(names, r.Key)
		}
	})
	n.with("POST", "/api/chat", ask, "x-api-key", key)
	n.with("POST", "/api/chat", ask)
	n.gateway.Close() // waits for their ends
	one.Lock()
	defer one.Unlock()
	if len(names) != 2 || names[0] != "app-of-mine" || names[1] != "" {
		t.Errorf("%q", names)
	}
	if log := n.logged(); !strings.Contains(log, "key=app-of-mine") || strings.Contains(log, key[:12]) {
		t.Error(log)
	}
}
