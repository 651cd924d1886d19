package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
)

// phallama runs bin/phallama and returns its exit status and what it printed.
func phallama(t *testing.T, data string, args ...string) (int, []byte) {
	t.Helper()
	cmd := exec.Command("../../bin/phallama", append(args, "--json", "--data", data)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	t.Logf("%v: %v %s", args, err, &stderr)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), out
	}
	if err != nil {
		t.Fatal(err)
	}
	return 0, out
}

// From the answer to the proof on a real network: receipts hold, then they are settled, then the books agree; a receipt
// or a proof that was tampered with is refused; and a client directory that is gone is found again.
func TestSettledReceipts(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := startUp(t, data)
	ask := func() {
		t.Helper()
		if _, err := chat(t.Context(), p.Gateway, question{Model: defaultModel, Messages: []message{{"user", "Repeat after me: falcon-4711"}}}, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	ask()
	if exit, out := phallama(t, data, "receipts", "verify"); exit != 0 {
		t.Fatalf("%d %s", exit, out)
	}
	p.stop(t) // settles
	p = startUp(t, data)
	ask()

	entries := readState(t, data).Receipts
	first, second := entries[0].Receipt.HashStruct().String(), entries[1].Receipt.HashStruct().String()
	if exit, out := phallama(t, data, "receipts", "verify", "--onchain", first); exit != receiptHolds || !bytes.Contains(out, []byte(`"settled"`)) || !bytes.Contains(out, []byte("which the batch names too")) {
		t.Errorf("the settled receipt: %d %s", exit, out)
	}
	if exit, out := phallama(t, data, "receipts", "verify", "--onchain", second); exit != receiptUnsettled {
		t.Errorf("the receipt that is not settled: %d %s", exit, out)
	}
	if exit, out := phallama(t, data, "receipts", "audit"); exit != 0 || !bytes.Contains(out, []byte("not settled yet")) {
		t.Errorf("audit: %d %s", exit, out)
	}
	if exit, out := phallama(t, data, "sessions"); exit != 0 || !bytes.Contains(out, []byte(`"state": "open"`)) {
		t.Errorf("sessions: %d %s", exit, out)
	}

	// A proof of another batch, and of none, is no proof; the receipt itself is good.
	e := entries[0]
	for e.Settled == nil { // the client asks by itself within a minute of its start
		time.Sleep(100 * time.Millisecond)
		if e = readState(t, data).Receipts[0]; t.Context().Err() != nil {
			t.Fatal("no proof was fetched")
		}
	}
	file := filepath.Join(t.TempDir(), "receipt.json")
	check := func(what string, want int, change func(*client.ReceiptEntry)) {
		t.Helper()
		bent := e
		proof := *e.Settled
		bent.Settled = &proof
		change(&bent)
		raw, err := json.Marshal(bent)
		if err == nil {
			err = os.WriteFile(file, raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if exit, out := phallama(t, data, "receipts", "verify", "--onchain", "--file", file); exit != want {
			t.Errorf("%s: %d, want %d: %s", what, exit, want, out)
		}
	}
	check("as it is", receiptHolds, func(*client.ReceiptEntry) {})
	check("a batch to come", receiptFalse, func(e *client.ReceiptEntry) { e.Settled.Seq += 1000 })
	check("a root of one's own", receiptFalse, func(e *client.ReceiptEntry) {
		e.Settled.Path = nil
		e.Settled.Root[0] ^= 1
	})
	check("another key", receiptHolds, func(e *client.ReceiptEntry) { e.KeyConfig[0] ^= 1 })
	check("a token less", receiptFalse, func(e *client.ReceiptEntry) { e.Receipt.Usage.Out-- })

	// The client's directory is deleted while the network is down; the next start goes on.
	ask() // acknowledges the last one
	before := readState(t, data).Sessions
	p.stop(t)
	if err := os.RemoveAll(filepath.Join(data, "client")); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(data, "devnet", "podd.recovery.json"))
	if err == nil {
		err = os.WriteFile(file, kept, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	p = startUp(t, data)
	recovered, out := phallama(t, data, "operator", "recover", "--file", file, "--key-dir", filepath.Join(data, "devnet", "keys", "operator"))
	if recovered != 0 || !bytes.Contains(out, []byte(`"charged": "0"`)) || !bytes.Contains(out, []byte(before[0].ID.String())) {
		t.Errorf("what was acknowledged and settled: %d %s", recovered, out)
	}
	ask()
	after := readState(t, data)
	if len(before) != 1 || len(after.Sessions) != 1 || after.Sessions[0].ID != before[0].ID || after.Sessions[0].Before != before[0].Charged {
		t.Errorf("sessions %+v, before %+v", after.Sessions, before)
	}
	p.stop(t)
	p = startUp(t, data)
	defer p.stop(t)
	exit, out := phallama(t, data, "receipts", "audit")
	var audit struct{ Sessions []sessionAudit }
	if err := json.Unmarshal(out, &audit); err != nil || exit != 0 {
		t.Fatalf("audit: %d %v %s", exit, err, out)
	}
	if s := audit.Sessions[0]; s.Claimed == nil || *s.Claimed != s.Charged {
		t.Errorf("the books do not agree: %s", out)
	}
	if exit, out := phallama(t, data, "receipts", "verify", "--onchain"); exit != receiptHolds {
		t.Errorf("%d %s", exit, out)
	}
}
