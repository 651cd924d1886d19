package client_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// freshing answers those who ask for a fresh quote before next answers anything else.
func (p *testPod) freshing(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != protocol.PathFresh {
			next(w, r)
			return
		}
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			panic(err)
		}
		ask, err := protocol.ParseFreshRequest(raw)
		key, ok := envelope.KeyOf(r.Context())
		if err != nil || !ok || r.Method != http.MethodPost {
			p.net.t.Errorf("%s %v, key %t", r.Method, err, ok)
		}
		answer := p.fresh
		if answer == nil {
			answer = func(nonce, hash protocol.Hash) any { return p.freshQuote(enclave, nonce, hash) }
		}
		switch a := answer(ask.Nonce, protocol.Keccak256(key.Bytes())).(type) {
		case *protocol.Problem:
			sayProblem(w, a)
		case string:
			_, _ = io.WriteString(w, a)
		default:
			_ = json.NewEncoder(w).Encode(a)
		}
	}
}

// freshQuote is what an honest pod in such an enclave answers.
func (p *testPod) freshQuote(e simulated.Enclave, nonce, hash protocol.Hash) protocol.FreshQuote {
	return protocol.FreshQuote{Kind: protocol.EvidenceSGX, Evidence: p.quoteOver(e, p.bound().FreshReportData(nonce, hash)), KeyConfigHash: hash}
}

// A fresh quote passes every check that the registry's does, and costs nothing.
func TestVerifyFresh(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	var nonces []protocol.Hash
	p.fresh = func(nonce, hash protocol.Hash) any {
		nonces = append(nonces, nonce)
		n.advance(40 * time.Millisecond)
		return p.freshQuote(enclave, nonce, hash)
	}
	c := n.client(t.TempDir())
	for range 2 {
		claims, err := c.VerifyFresh(t.Context(), p.record.ID)
		if err != nil {
			t.Fatal(err)
		}
		if want := p.bound().FreshReportData(nonces[len(nonces)-1], p.record.KeyConfig.ConfigHash); claims.ReportData != want {
			t.Errorf("report data %s, want %x", claims.ReportData, want)
		}
		pods, err := c.Pods(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		names := func(checks []attest.Check) (list []string) {
			for _, c := range checks {
				list = append(list, c.Name)
			}
			return list
		}
		got, want := names(claims.Checks), append(names(pods[0].Claims.Checks), "fresh")
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("checks\n%q, want\n%q", got, want)
		}
		last := claims.Checks[len(claims.Checks)-1]
		var ms int
		if _, err := fmt.Sscanf(last.Value, "over our nonce, %d ms", &ms); err != nil || ms < 40 || last.Sentence == "" {
			t.Errorf("the last check says %+v", last)
		}
	}
	if len(nonces) != 2 || nonces[0] == nonces[1] || nonces[0].IsZero() {
		t.Errorf("nonces %v", nonces)
	}
	if len(c.Sessions()) != 0 || len(p.payments) != 0 {
		t.Errorf("%d sessions, %d payments", len(c.Sessions()), len(p.payments))
	}
}

// A quote that is not of this pod, over this nonce and this key, is refused, and says in what check.
func TestVerifyFreshRefuses(t *testing.T) {
	var earlier protocol.FreshQuote
	other := protocol.Hash{0x07}
	second := simulated.Enclave{MRENCLAVE: attest.Digest{0xe0, 0xc2}}
	for _, tt := range []struct {
		name   string
		answer func(p *testPod, nonce, hash protocol.Hash) any
		check  string
	}{
		{"of an earlier nonce", func(p *testPod, _, hash protocol.Hash) any { return p.freshQuote(enclave, other, hash) }, "report-data"},
		{"replayed", func(p *testPod, nonce, hash protocol.Hash) any {
			if earlier.Evidence == nil {
				earlier = p.freshQuote(enclave, nonce, hash)
			}
			return earlier
		}, "report-data"},
		{"over another key config", func(p *testPod, nonce, hash protocol.Hash) any {
			q := p.freshQuote(enclave, nonce, other)
			q.KeyConfigHash = hash
			return q
		}, "report-data"},
		{"for another key config", func(p *testPod, nonce, _ protocol.Hash) any { return p.freshQuote(enclave, nonce, other) }, "fresh"},
		{"of another pod", func(p *testPod, nonce, hash protocol.Hash) any {
			bound := p.bound()
			bound.Pod[0]++
			return protocol.FreshQuote{Kind: protocol.EvidenceSGX, Evidence: p.quoteOver(enclave, bound.FreshReportData(nonce, hash)), KeyConfigHash: hash}
		}, "report-data"},
		{"of another identity", func(p *testPod, nonce, hash protocol.Hash) any {
			bound := p.bound()
			bound.Enclave[0]++
			return protocol.FreshQuote{Kind: protocol.EvidenceSGX, Evidence: p.quoteOver(enclave, bound.FreshReportData(nonce, hash)), KeyConfigHash: hash}
		}, "report-data"},
		{"that registers", func(p *testPod, _, hash protocol.Hash) any {
			return protocol.FreshQuote{Kind: protocol.EvidenceSGX, Evidence: p.record.Evidence, KeyConfigHash: hash}
		}, "report-data"},
		{"that would register if the nonce were a block", func(p *testPod, nonce, hash protocol.Hash) any {
			return protocol.FreshQuote{Kind: protocol.EvidenceSGX, Evidence: p.quoteOver(enclave, p.bound().ReportData(nonce)), KeyConfigHash: hash}
		}, "report-data"},
		{"that would register without a block", func(p *testPod, _, hash protocol.Hash) any {
			return protocol.FreshQuote{Kind: protocol.EvidenceSGX, Evidence: p.quoteOver(enclave, p.bound().ReportData(protocol.Hash{})), KeyConfigHash: hash}
		}, "report-data"},
		{"of a DEBUG enclave", func(p *testPod, nonce, hash protocol.Hash) any {
			return p.freshQuote(simulated.Enclave{MRENCLAVE: measurement, Debug: true}, nonce, hash)
		}, "debug"},
		{"of other code", func(p *testPod, nonce, hash protocol.Hash) any {
			return p.freshQuote(simulated.Enclave{MRENCLAVE: attest.Digest{1}}, nonce, hash)
		}, "measurement"},
		{"of other code that the policy takes", func(p *testPod, nonce, hash protocol.Hash) any { return p.freshQuote(second, nonce, hash) }, "fresh"},
		{"of another machine", func(p *testPod, nonce, hash protocol.Hash) any {
			machine, err := p.net.platform.NewMachine(simulated.Config{Now: p.net.now})
			if err != nil {
				t.Error(err)
			}
			evidence, err := machine.Source(enclave).Quote(t.Context(), p.bound().FreshReportData(nonce, hash))
			if err != nil {
				t.Error(err)
			}
			return protocol.FreshQuote{Kind: protocol.EvidenceSGX, Evidence: evidence.Quote, KeyConfigHash: hash}
		}, "fresh"},
		{"with a flipped bit", func(p *testPod, nonce, hash protocol.Hash) any {
			q := p.freshQuote(enclave, nonce, hash)
			q.Evidence[200] ^= 1
			return q
		}, "quote-signature"},
		{"of a kind misstated", func(p *testPod, nonce, hash protocol.Hash) any {
			q := p.freshQuote(enclave, nonce, hash)
			q.Kind = protocol.EvidenceTDX
			return q
		}, "quote-format"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t)
			later := attest.NewPolicy(1337, attest.TierSimulated, time.Now().Add(-time.Hour), measurement, second.MRENCLAVE)
			later.Keys = n.policy.Keys
			n.policy = later
			p := n.pod()
			p.fresh = func(nonce, hash protocol.Hash) any { return tt.answer(p, nonce, hash) }
			c := n.client(t.TempDir())
			if tt.name == "replayed" {
				if _, err := c.VerifyFresh(t.Context(), p.record.ID); err != nil {
					t.Fatal(err)
				}
			}
			_, err := c.VerifyFresh(t.Context(), p.record.ID)
			var refused *attest.CheckError
			if !errors.As(err, &refused) || refused.Check != tt.check || refused.Hint == "" {
				t.Fatalf("error %v, want one of check %s", err, tt.check)
			}
			if out := attest.OutcomeOf(err); out != attest.NotAccepted && out != attest.NotGenuine {
				t.Errorf("outcome %s", out)
			}
		})
	}
}

// A quote over somebody's nonce registers nothing: no prompt goes to a pod that shows one.
func TestFreshQuoteIsNoRegistration(t *testing.T) {
	n := newNet(t)
	block := n.block(time.Minute)
	p := n.pod(func(p *testPod) {
		p.record.Evidence = p.quoteOver(enclave, p.bound().FreshReportData(block, p.record.KeyConfig.ConfigHash))
	})
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrNoPod, "report-data")
	if _, err := c.VerifyFresh(t.Context(), p.record.ID); err == nil {
		t.Error("a refused pod is verified afresh")
	}
	if p.contacted() != 0 {
		t.Errorf("%d requests reached the pod", p.contacted())
	}
}

// What kept a fresh quote from coming is not a verdict, and is said as it is.
func TestVerifyFreshWithoutAnAnswer(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	limited := problem(protocol.ProblemRateLimit, http.StatusTooManyRequests)
	limited.RetryAfter = 5
	for name, tt := range map[string]struct {
		answer any
		say    string
	}{
		"too many":      {limited, "refused by the test"},
		"no route":      {problem(protocol.ProblemNoRoute, http.StatusNotFound), "no-route"},
		"no JSON":       {"<html>", "fresh quote: want kind"},
		"an empty one":  {"{}", "fresh quote: want evidence"},
		"more than fit": {`{"evidence":"` + strings.Repeat("A", 1<<17) + `"}`, "did not say why"},
	} {
		p.fresh = func(_, _ protocol.Hash) any { return tt.answer }
		_, err := c.VerifyFresh(t.Context(), p.record.ID)
		wantErr(t, err, nil, tt.say)
		if out := attest.OutcomeOf(err); out != attest.NotChecked {
			t.Errorf("%s: outcome %s", name, out)
		}
		var refused *client.PodError
		if name == "too many" && (!errors.As(err, &refused) || refused.Problem.RetryAfter != 5) {
			t.Errorf("%v", err)
		}
	}
	p.fresh = nil
	// A pod that has changed its key meanwhile is read again, and the new key is the one that the quote names.
	p.rotate()
	claims, err := c.VerifyFresh(t.Context(), p.record.ID)
	if err != nil || !strings.HasPrefix(claims.Checks[len(claims.Checks)-1].Value, "over our nonce") {
		t.Errorf("after a rotation: %v", err)
	}
	p.server.Close()
	if _, err := c.VerifyFresh(t.Context(), p.record.ID); err == nil || attest.OutcomeOf(err) != attest.NotChecked {
		t.Errorf("unreachable: %v", err)
	}
	if _, err := c.VerifyFresh(t.Context(), protocol.Address{9}); err == nil {
		t.Error("a pod that the registry does not list is verified")
	}
}
