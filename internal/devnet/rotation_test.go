package devnet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/protocol"
)

// TestRotation has eight clients stream from a pod that changes its key each second, and whose host has it forget the one
// before half a second later, while the registry lists a new one every few minutes at most. Clients find their keys stale
// all the time, and no caller sees it: every answer is whole, and billed once. PHALLAMA_TEST_LONG makes it a minute.
func TestRotation(t *testing.T) { forms(t, testRotation) }

func testRotation(t *testing.T, form Enclave) {
	const clients = 8
	length := 5 * time.Second
	if os.Getenv("PHALLAMA_TEST_LONG") != "" {
		length = time.Minute
	}
	n := start(t, func(c *Config) { c.Enclave, c.KeySeconds = form, 1 })
	var keys []protocol.Key
	for range clients {
		key, err := protocol.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	if err := n.FundUsers(t.Context(), keys, protocol.Tokens(2)); err != nil {
		t.Fatal(err)
	}
	wire := &refusedKeys{inner: &http.Transport{}}
	var users []*client.Client
	for _, key := range keys {
		c, err := Open(t.TempDir(), n.Profile, n.Chain, client.Config{Owner: key, Transport: wire})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		users = append(users, c)
	}

	ctx, cancel := context.WithTimeout(t.Context(), length)
	defer cancel()
	var host, asking sync.WaitGroup
	var last protocol.Registration
	host.Go(func() { last = askForRegistrations(t, ctx, n) })
	asked := make([]int, clients)
	for i, c := range users {
		asking.Go(func() {
			for ctx.Err() == nil && !t.Failed() {
				prompt, want := "Repeat after me: falcon-4711", "falcon-4711"
				if i%4 == 0 { // an answer that outlives keys
					prompt, want = "Talk forever", ""
				}
				if err := stream(t.Context(), c, prompt, want); err != nil {
					t.Errorf("request %d of client %d: %v", asked[i], i, err)
				}
				asked[i]++
			}
		})
	}
	asking.Wait()
	host.Wait()

	total := 0
	for _, a := range asked {
		total += a
	}
	stale := int(wire.n.Load())
	t.Logf("%d answers under %d keys, of which %d were found stale; the registry lists epoch %d", total, last.KeyConfig.Epoch, stale, listedEpoch(t, n))
	if least := uint64(length/time.Second) - 1; last.KeyConfig.Epoch < least {
		t.Errorf("%d keys in %s, want %d", last.KeyConfig.Epoch, length, least)
	}
	if stale < clients/2 {
		t.Errorf("%d keys were found stale: the test shows nothing", stale)
	}
	sum := billedOnce(t, users, asked)
	settleTo(t, n, sum)
	charged := chargedIn(t, n.Pod(), users)
	if charged != sum {
		t.Errorf("receipts sum up to %s, the ledger charged %s", sum, charged)
	}
}

// stream asks over /api/chat and reads the answer to its proven end.
func stream(ctx context.Context, c *client.Client, prompt, want string) error {
	body, err := json.Marshal(map[string]any{"model": testModel, "messages": []message{user(prompt)}, "options": map[string]int{"num_predict": 600}})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+client.Host+"/api/chat", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.RoundTrip(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var said strings.Builder
	for decoder := json.NewDecoder(res.Body); ; {
		var piece struct{ Message message }
		if err := decoder.Decode(&piece); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		said.WriteString(piece.Message.Content)
	}
	if res.StatusCode != http.StatusOK || said.Len() == 0 || !strings.Contains(said.String(), want) {
		return fmt.Errorf("status %d: %q, want %q in it", res.StatusCode, said.String(), want)
	}
	return nil
}

// askForRegistrations is a host that has the pod hand out its newest key all the time, and publishes none.
func askForRegistrations(t *testing.T, ctx context.Context, n *Network) (last protocol.Registration) {
	p := n.Pod()
	for {
		block, err := p.chain.QuoteBlock(t.Context())
		if err != nil {
			t.Error(err)
			return last
		}
		raw, err := json.Marshal(protocol.RegistrationRequest{Block: block.Hash, BlockTime: block.Time})
		if err != nil {
			t.Error(err)
			return last
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.control+protocol.PathRegistration, bytes.NewReader(raw))
		if err != nil {
			t.Error(err)
			return last
		}
		req.Header.Set("Authorization", "Bearer "+p.token)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Error(err)
			return last
		}
		err = json.NewDecoder(res.Body).Decode(&last)
		_ = res.Body.Close()
		if err != nil {
			t.Errorf("registration: %d, %v", res.StatusCode, err)
			return last
		}
		select {
		case <-time.After(250 * time.Millisecond):
		case <-ctx.Done():
			return last
		}
	}
}

func listedEpoch(t *testing.T, n *Network) uint64 {
	t.Helper()
	record, err := n.Chain.Pod(t.Context(), n.Pod().ID)
	if err != nil {
		t.Fatal(err)
	}
	return record.KeyConfig.Epoch
}

// billedOnce checks that each request has one receipt, and returns what they come to.
func billedOnce(t *testing.T, users []*client.Client, asked []int) (sum protocol.Amount) {
	t.Helper()
	for i, c := range users {
		entries, err := c.Receipts()
		if err != nil {
			t.Fatal(err)
		}
		seen := map[protocol.RequestID]bool{}
		for _, e := range entries {
			seen[e.RequestID] = true
			if sum, err = sum.Add(e.Receipt.Cost); err != nil {
				t.Fatal(err)
			}
		}
		if len(entries) != asked[i] || len(seen) != asked[i] {
			t.Errorf("client %d has %d receipts of %d requests, and made %d", i, len(entries), len(seen), asked[i])
		}
		for _, s := range c.Sessions() {
			if s.Suspect != "" || s.Open != 0 || s.Gaps != 0 {
				t.Errorf("client %d: session %+v", i, s)
			}
		}
	}
	return sum
}

// settleTo settles until the pod has earned so much: what the host may see of a session comes a second late.
func settleTo(t *testing.T, n *Network, sum protocol.Amount) {
	t.Helper()
	for tries := 0; ; tries++ {
		if _, err := n.Agent().SettleNow(t.Context()); err != nil && !errors.Is(err, operator.ErrNothingToSettle) {
			t.Fatal(err)
		}
		earned, err := n.Chain.Claimable(t.Context(), n.Pod().ID)
		if err != nil {
			t.Fatal(err)
		}
		if earned == sum {
			return
		}
		if earned.Cmp(sum) > 0 || tries == 20 {
			t.Errorf("receipts sum up to %s, the chain moved %s", sum, earned)
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
}

// chargedIn is what the ledger of a pod, which it stops, says of the users' sessions.
func chargedIn(t *testing.T, p *Pod, users []*client.Client) (sum protocol.Amount) {
	t.Helper()
	p.StopAgent()
	if err := p.Stop(); err != nil {
		t.Fatal(err)
	}
	book, err := p.Book()
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, c := range users {
		for _, s := range c.Sessions() {
			charged, ok := book.Session(s.ID)
			if !ok {
				t.Errorf("the ledger does not know session %s", s.ID)
			}
			if sum, err = sum.Add(charged.Charged); err != nil {
				t.Fatal(err)
			}
		}
	}
	return sum
}

// refusedKeys counts answers that refuse the key of a request.
type refusedKeys struct {
	inner http.RoundTripper
	n     atomic.Int64
}

func (k *refusedKeys) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := k.inner.RoundTrip(r)
	if err == nil && res.StatusCode == http.StatusBadRequest && res.Header.Get("Content-Type") == protocol.ContentTypeProblem {
		k.n.Add(1)
	}
	return res, err
}
