package devnet

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/protocol"
)

// A deadPod is a pod that was killed before it had settled anything, and whose ledger is gone.
type deadPod struct {
	*Network
	pod     *Pod
	session protocol.SessionKey // that a user had with it
	charged protocol.Amount     // by receipts
	acked   protocol.Amount     // of that, by the last voucher that the pod got
}

// kill kills the network's first pod, with its ledger, once it has answered its user three times.
func kill(t *testing.T, n *Network) deadPod {
	t.Helper()
	d := deadPod{Network: n, pod: n.Pod()}
	for answers, asked := 0, 0; answers < 3; asked++ {
		if asked == 100 {
			t.Fatal("the client does not ask the first pod")
		}
		chat(t, n, false, user("Repeat after me: falcon-4711"))
		state, err := client.ReadState(filepath.Join(n.config.Dir, "client"))
		if err != nil {
			t.Fatal(err)
		}
		answers, d.charged, d.acked = 0, protocol.Amount{}, protocol.Amount{}
		for _, r := range state.Receipts {
			if r.Session.Pod != d.pod.ID {
				continue
			}
			answers++
			d.session = r.Session
			d.acked = d.charged // each voucher acknowledges the receipts before it
			if d.charged, err = d.charged.Add(r.Receipt.Cost); err != nil {
				t.Fatal(err)
			}
		}
	}
	d.pod.StopAgent() // keeps the export
	if err := d.pod.Kill(); err != nil {
		t.Fatal(err)
	}
	book, err := d.pod.Book()
	if err != nil {
		t.Fatal(err)
	}
	list, more, err := book.Acknowledged(protocol.Hash{}, protocol.MaxExport)
	if err = errors.Join(err, book.Close()); err != nil || more || len(list) != 1 || list[0].Voucher.Acked != d.acked || list[0].Session != d.session {
		t.Fatalf("the ledger has %+v, %v, %v; want %s acknowledged", list, more, err, d.acked)
	}
	if err := d.pod.Wipe(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(d.pod.Dir()); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("the wiped directory: %v", err)
	}
	return d
}

// claimed is what the chain says the session has paid.
func (d deadPod) claimed(t *testing.T) protocol.Amount {
	t.Helper()
	fact, err := d.Chain.Session(t.Context(), d.session)
	if err != nil {
		t.Fatal(err)
	}
	return fact.Claimed
}

// A pod dies with its ledger: its operator gets all that was acknowledged, and its user goes on with another pod.
func TestDeadPod(t *testing.T) { forms(t, testDeadPod) }

func testDeadPod(t *testing.T, form Enclave) {
	n := start(t, func(c *Config) { c.Enclave, c.Pods, c.Operators = form, 2, 2 })
	d := kill(t, n)
	t.Run("the operator recovers what was acknowledged", func(t *testing.T) {
		if d.acked.IsZero() || d.acked.Cmp(d.charged) >= 0 || !d.claimed(t).IsZero() {
			t.Fatalf("%s of %s acknowledged, %s claimed before", d.acked, d.charged, d.claimed(t))
		}
		got, err := operator.Recover(t.Context(), d.pod.chain, d.pod.RecoveryPath(), operator.RecoverOptions{Pod: d.pod.ID})
		if err != nil || got.Charged != d.acked || len(got.Transactions) != 1 || got.Lost() != 0 {
			t.Errorf("recovered %+v, %v; want %s", got, err, d.acked)
		}
		if claimed := d.claimed(t); claimed != d.acked {
			t.Errorf("claimed %s, want %s", claimed, d.acked)
		}
		if earned, err := n.Chain.Claimable(t.Context(), d.pod.ID); err != nil || earned != d.acked {
			t.Errorf("the pod has earned %s, %v; want %s", earned, err, d.acked)
		}
		got, err = operator.Recover(t.Context(), d.pod.chain, d.pod.RecoveryPath(), operator.RecoverOptions{})
		if err != nil || !got.Charged.IsZero() || len(got.Transactions) != 0 || got.Lost() != 0 || got.Sessions[0].Claimed != d.acked {
			t.Errorf("recovered again: %+v, %v", got, err)
		}
	})
	t.Run("the user goes on with the other pod", func(t *testing.T) {
		chat(t, n, false, user("Repeat after me: falcon-4712"))
		state, err := client.ReadState(filepath.Join(n.config.Dir, "client"))
		if err != nil {
			t.Fatal(err)
		}
		if last := state.Receipts[len(state.Receipts)-1]; last.Session.Pod == d.pod.ID {
			t.Errorf("answered by the dead pod %s", d.pod.ID)
		}
	})
}
