package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// receiptsState is a command of scripts: it writes the state of a client into a data directory, for the network of simulated-pcs: three receipts of one session, the first two of them under a root, a suspect session, and one that was ended.
// $FIRST is the first receipt's hash, $SESSION its session's id.
func receiptsState(ts *testscript.TestScript, _ bool, _ []string) {
	key := func(n byte) protocol.Key {
		raw := make([]byte, 32)
		raw[31] = n
		k, err := protocol.KeyFromBytes(raw)
		ts.Check(err)
		return k
	}
	write := func(name string, v any) {
		data, err := json.Marshal(v)
		ts.Check(err)
		path := ts.MkAbs(name)
		ts.Check(os.MkdirAll(filepath.Dir(path), 0o700))
		file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		ts.Check(err)
		_, err = file.Write(append(data, '\n'))
		ts.Check(err)
		ts.Check(file.Close())
	}
	domain := protocol.Domain{ChainID: 1337008, Escrow: protocol.Address{19: 2}}
	identity, signer, pod := key(1), key(2), protocol.Address{0x90}
	offer := protocol.Offer{
		Pod: pod, Model: "wisp:latest", ModelDigest: protocol.Hash{0xd1}, InPerM: protocol.Units(2e15), OutPerM: protocol.Units(8e15),
		PerRequest: protocol.Units(5e12), Context: 4096, DefaultOut: 64, MaxOut: 256, ValidUntil: 2e9,
	}
	session := protocol.SessionKey{Owner: key(3).Address(), Signer: signer.Address(), Pod: pod, Salt: 7}
	var entries []client.ReceiptEntry
	var structs []protocol.Hash
	var charged protocol.Amount
	for n := range uint64(3) {
		usage := protocol.Usage{In: 11, Out: uint32(n) + 2}
		cost, err := offer.CostUp(usage)
		ts.Check(err)
		charged, err = charged.Add(cost)
		ts.Check(err)
		r := protocol.Receipt{
			SessionID: session.ID(), RequestHash: protocol.Hash{byte(n), 1}, ResponseHash: protocol.Hash{byte(n), 2}, ModelDigest: offer.ModelDigest,
			OfferHash: offer.HashStruct(), Usage: usage, Finish: protocol.FinishStop, Cost: cost, Charged: charged, RSeq: n + 1, Blind: protocol.Blind{byte(n)},
		}
		bytes := int64(40)
		entries = append(entries, client.ReceiptEntry{
			Time: time.Unix(1_800_000_000, 0).UTC(), RequestID: protocol.RequestID{byte(n + 1)}, Session: session, Identity: identity.Address(), Offer: offer,
			MaxCost: protocol.Units(1e13), Receipt: protocol.SignedReceipt{Receipt: r, Signature: identity.Sign(domain.Digest(r))},
			MaxUsage: &protocol.Usage{In: 2048, Out: 64}, AnswerBytes: &bytes,
		})
		structs = append(structs, r.HashStruct())
	}
	tree := protocol.NewReceiptTree(structs[:2])
	for i, e := range entries {
		write("data/client/receipts.jsonl", e)
		if i < 2 {
			path, err := tree.Proof(i)
			ts.Check(err)
			write("data/client/proofs.jsonl", map[string]any{"requestId": e.RequestID, "settled": protocol.Inclusion{Seq: 4, Root: tree.Root(), Path: path}})
		}
	}
	put := func(k protocol.SessionKey, signer protocol.Key, more map[string]any) {
		file := map[string]any{
			"version": 1, "key": k, "secret": fmt.Sprintf("%x", signer.Bytes()), "cap": protocol.Tokens(2), "expiry": 4_000_000_000, "ceiling": protocol.Units(1e15), "open": []any{},
		}
		for name, value := range more {
			file[name] = value
		}
		write("data/client/sessions/"+k.ID().String()+".json", file)
	}
	put(session, signer, map[string]any{"open": []any{map[string]any{
		"id": protocol.RequestID{9}, "maxCost": protocol.Units(1e13), "offer": offer, "sent": time.Unix(1_800_000_100, 0).UTC(),
	}}})
	suspect := protocol.SessionKey{Owner: session.Owner, Signer: key(4).Address(), Pod: protocol.Address{0x91}, Salt: 8}
	put(suspect, key(4), map[string]any{"suspect": "its receipt does not hold: cost: expected 5, got 6", "refused": "no gas"})
	ended := protocol.SessionKey{Owner: session.Owner, Signer: key(5).Address(), Pod: protocol.Address{0x92}, Salt: 9}
	put(ended, key(5), map[string]any{"ended": "it was released"})
	ts.Setenv("FIRST", structs[0].String())
	ts.Setenv("THIRD", structs[2].String())
	ts.Setenv("SESSION", session.ID().String())
	ts.Setenv("SUSPECT", suspect.ID().String())
}

// narrow is a command of scripts: no line of the last output is wider than a terminal.
func narrow(ts *testscript.TestScript, _ bool, _ []string) {
	for _, line := range strings.Split(ts.ReadFile("stdout"), "\n") {
		if n := len([]rune(line)); n > screenWidth {
			ts.Fatalf("a line of %d characters: %s", n, line)
		}
	}
}

func TestBrief(t *testing.T) {
	for units, want := range map[string]string{
		"0": "0", "1": "<1e-6", "999999999999": "<1e-6", "1000000000000": "0.000001", "14646000000000": "0.000014",
		"1500000000000000000": "1.5", "123456789012345678901": "123.4567", "12345678000000000000000000": "12345678",
		"123456789000000000000000000": "123M", "79228162514264337593543950335": "79228M",
	} {
		a, err := protocol.ParseAmount(units)
		if err != nil {
			t.Fatal(err)
		}
		if got := brief(a); got != want || len(got) > 8 {
			t.Errorf("%s: %q, want %q", units, got, want)
		}
	}
}

func TestAudit(t *testing.T) {
	key := protocol.SessionKey{Salt: 1}
	const now = 1000
	receipts := func(numbers ...uint64) (all []client.ReceiptEntry) { // each costs 10
		for _, n := range numbers {
			r := protocol.Receipt{SessionID: key.ID(), RSeq: n, Cost: protocol.Units(10), Charged: protocol.Units(10 * n)}
			all = append(all, client.ReceiptEntry{Session: key, Receipt: protocol.SignedReceipt{Receipt: r}})
		}
		return all
	}
	open := func(costs ...uint64) client.SessionStatus {
		s := client.SessionStatus{Key: key, ID: key.ID(), Cap: protocol.Units(100), Expiry: 2000}
		for _, c := range costs {
			s.Requests = append(s.Requests, client.OpenRequest{MaxCost: protocol.Units(c)})
		}
		return s
	}
	recovered := open()
	recovered.Before, recovered.BeforeSeq = protocol.Units(20), 2
	fact := func(claimed uint64) protocol.SessionFact {
		return protocol.SessionFact{Cap: protocol.Units(100), Claimed: protocol.Units(claimed), Expiry: 2000}
	}
	// 1 and 2, then 3 and 1 of a pod that lost its ledger and goes on from 20, in that order, then 2.
	anew := receipts(1, 2, 3, 1, 2)
	for i, charged := range []uint64{10, 20, 50, 30, 40} {
		anew[i].Receipt.Charged = protocol.Units(charged)
		if anew[i].Identity[0] = 1; i > 1 {
			anew[i].Identity[0] = 2
		}
	}
	anew[3].Restart = true
	expired := fact(10)
	expired.Expiry = now - 1
	ordered := client.SessionStatus{Key: key, ID: key.ID(), Ordered: protocol.Units(5)}
	for name, tt := range map[string]struct {
		status      client.SessionStatus
		receipts    []client.ReceiptEntry
		fact        protocol.SessionFact
		charged     uint64
		state, note string
		unexplained bool
	}{
		"equal":                           {open(), receipts(1, 2), fact(20), 20, "open", "", false},
		"not settled yet":                 {open(), receipts(1, 2), fact(10), 20, "open", "not settled yet", false},
		"never settled":                   {open(), receipts(1, 2), expired, 20, "expired", "never settled", false},
		"more, explained":                 {open(10), receipts(1, 2), fact(30), 20, "open", "1 request whose bill is not known", false},
		"more, not explained":             {open(5), receipts(1, 2), fact(30), 20, "open", "lost or withheld", true},
		"missing, explained":              {open(10), receipts(1, 3), fact(30), 20, "open", "receipts missing: 1 before number 3", false},
		"missing, not explained":          {open(), receipts(1, 3), fact(20), 20, "open", "receipts missing: 1 before number 3", true},
		"released":                        {open(), receipts(1, 2), protocol.SessionFact{}, 20, "released", "session released", false},
		"recovered":                       {recovered, receipts(1, 3), fact(30), 30, "open", "earlier state", false},
		"recovered, more than that":       {recovered, receipts(3), fact(31), 30, "open", "lost or withheld", true},
		"ordered":                         {ordered, nil, protocol.SessionFact{}, 0, "ordered", "", false},
		"a lost ledger":                   {open(), anew, fact(50), 50, "open", "begin again", false},
		"a lost ledger, and a claim":      {open(), anew, fact(51), 50, "open", "lost or withheld", true},
		"a lost ledger, one missing":      {open(10), slices.Delete(slices.Clone(anew), 4, 5), fact(50), 40, "open", "1 before number 3", false},
		"nothing but a claim of nobody's": {open(), nil, fact(1), 0, "open", "lost or withheld", true},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := auditOf(tt.status, tt.receipts, tt.fact, now)
			if err != nil || got.Charged != protocol.Units(tt.charged) || got.State != tt.state || got.Unexplained != tt.unexplained {
				t.Errorf("%+v, %v", got, err)
			}
			if notes := strings.Join(got.Notes, "\n"); !strings.Contains(notes, tt.note) || tt.note == "" && notes != "" {
				t.Errorf("notes %q, want %q", notes, tt.note)
			}
		})
	}
}
