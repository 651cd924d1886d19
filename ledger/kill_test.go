//go:build unix

package ledger

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// The test binary is a pod's ledger in the directory that this names, until it is killed.
const asLedger = "LEDGER_TEST_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(asLedger); dir != "" {
		if err := serveUntilKilled(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// toldLine is what a client of the process was told.
type toldLine struct {
	ID      protocol.RequestID
	Receipt protocol.Receipt
}

const killPayers, killCost = 4, 3

// serveUntilKilled answers requests of several sessions at once and writes each receipt to standard output.
func serveUntilKilled(dir string) error {
	l, err := Open(Config{Dir: dir, Domain: testDomain, Pod: testPod, Key: testKey, Clock: func() time.Time { return testStart }})
	if err != nil {
		return err
	}
	l.mu.Lock()
	l.log.compactAt = 20_000 // so that it is rewritten meanwhile
	l.mu.Unlock()
	out := json.NewEncoder(os.Stdout)
	var mu sync.Mutex // of out
	fail := make(chan error)
	for n := range byte(killPayers) {
		p := newPayer(n + 1)
		if _, err := l.Learn(protocol.Facts{Sessions: []protocol.SessionFact{p.fact(1_000_000, 0)}}); err != nil {
			return err
		}
		s, _ := l.Session(p.session.ID())
		var next atomic.Uint64
		next.Store(s.Charged.Big().Uint64() / killCost) // so many were billed
		for range 2 {
			go func() {
				for {
					i := next.Add(1)
					r := p.request(0, killCost, 1_000_000, 0)
					r.ID[2], r.ID[3], r.ID[4] = byte(i), byte(i>>8), byte(i>>16)
					err := func() error {
						out1, err := l.Admit(r)
						if err != nil || out1.Status == Answered {
							return err
						}
						if out1.Status != Admitted {
							return fmt.Errorf("%s %s", out1.Status, out1.Reason)
						}
						receipt, err := l.Commit(r.ID, bill(killCost))
						if err != nil {
							return err
						}
						mu.Lock()
						defer mu.Unlock()
						return out.Encode(toldLine{r.ID, receipt})
					}()
					if err != nil {
						fail <- err
						return
					}
				}
			}()
		}
	}
	return <-fail
}

// A process that is killed (SIGKILL) while it writes, on a real directory, again and again: what it told is there.
func TestCrashKilledProcess(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	dir, told := t.TempDir(), map[protocol.RequestID]protocol.Receipt{}
	for range 10 {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), asLedger+"="+dir)
		cmd.Stderr = os.Stderr
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(stdout)
		for n := 1 + random.IntN(60); lines.Scan(); n-- {
			var line toldLine
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				break // cut off by the kill
			}
			if before, twice := told[line.ID]; twice {
				t.Fatalf("billed twice: %+v and %+v", before, line.Receipt)
			}
			told[line.ID] = line.Receipt
			if n == 0 {
				_ = cmd.Process.Kill()
			}
		}
		_ = cmd.Wait()
		now := testStart
		l := openTest(t, dir, &now)
		if err := l.Check(); err != nil {
			t.Fatal(err)
		}
		for id, want := range told {
			if got, ok, err := l.ReceiptOf(id); err != nil || !ok || got != want {
				t.Fatalf("told %+v, has %+v, %v, %v", want, got, ok, err)
			}
		}
		bills := uint64(len(l.book.done))
		var charged uint64
		for n := range byte(killPayers) {
			s, _ := l.Session(newPayer(n + 1).session.ID())
			charged += s.Charged.Big().Uint64()
		}
		if charged != bills*killCost {
			t.Fatalf("%d charged for %d bills of %d", charged, bills, killCost)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(told) < 100 {
		t.Errorf("only %d receipts", len(told))
	}
	t.Logf("%d receipts were told before 10 kills", len(told))
}
