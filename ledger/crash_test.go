package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/phallama/phallama/protocol"
)

func openMem(d *memDisk, now *time.Time) (*Ledger, error) {
	return open(Config{Domain: testDomain, Pod: testPod, Key: testKey, Clock: func() time.Time { return *now }}, d)
}

// history is what a client and an operator were told, which no crash may take back.
type history struct {
	closed   bool // the second payer's session
	receipts map[protocol.RequestID]protocol.Receipt
	batches  map[uint64]Settlement // by number
	settled  uint64
	landed   uint64 // the last batch that the ledger has acknowledged as settled
}

// step is one thing that happens to a pod, worded so that doing it again after a crash is what a peer would do.
type step struct {
	name string
	do   func(l *Ledger, h *history) error
}

// admitEither admits every other request ahead of the disk, and then waits for that.
func admitEither(l *Ledger, r Request) (Outcome, error) {
	if r.ID[0]%2 == 0 {
		return l.Admit(r)
	}
	out, durable, err := l.AdmitAhead(r)
	if err == nil && durable != nil {
		err = durable()
	}
	return out, err
}

func (h *history) serve(l *Ledger, r Request, cost uint64) error {
	out, err := admitEither(l, r)
	if err != nil {
		return err
	}
	var receipt protocol.Receipt
	switch out.Status {
	case Admitted:
		if receipt, err = l.Commit(r.ID, bill(cost)); err != nil {
			return err
		}
	case Answered:
		receipt = *out.Receipt
	default:
		return fmt.Errorf("admit: %s %s", out.Status, out.Reason)
	}
	if receipt.Cost != protocol.Units(cost) || receipt.RequestHash != r.Voucher.RequestHash {
		return fmt.Errorf("receipt %+v", receipt)
	}
	h.receipts[r.ID] = receipt
	return nil
}

// proofs asks for the proof of each receipt of a batch that the ledger was told has landed.
func proofs(l *Ledger, h *history) error {
	for id, r := range h.receipts {
		for seq, b := range h.batches {
			if seq > h.landed || !slices.Contains(b.Receipts, r) {
				continue
			}
			got, ok, err := l.ProofOf(id)
			if err != nil || !ok || got.Seq != seq || got.Root != b.ReceiptsRoot || !got.Proves(r.HashStruct()) {
				return fmt.Errorf("receipt %d of batch %d: proof %+v, %v, %w", r.RSeq, seq, got, ok, err)
			}
		}
	}
	return nil
}

func crashScript() []step {
	p, q := newPayer(1), newPayer(2)
	serve := func(r Request, cost uint64) step {
		return step{"serve", func(l *Ledger, h *history) error { return h.serve(l, r, cost) }}
	}
	learnStep := func(lastSeq uint64, facts ...protocol.SessionFact) step {
		return step{"learn", func(l *Ledger, _ *history) error {
			_, err := l.Learn(protocol.Facts{Sessions: facts, LastSeq: lastSeq})
			return err
		}}
	}
	settle := func(seq uint64, claims ...protocol.SessionFact) []step {
		return []step{
			{"batch", func(l *Ledger, h *history) error {
				if h.settled >= seq {
					return nil
				}
				s, ok, err := l.Batch(protocol.Hash{7}, 0)
				if err != nil {
					return err
				}
				if !ok || s.Seq != seq {
					return fmt.Errorf("batch %d, %v, want %d", s.Seq, ok, seq)
				}
				h.batches[seq] = s
				return nil
			}},
			{"settled", func(l *Ledger, h *history) error {
				h.settled = seq
				if _, err := l.Settled(protocol.Settled{Seq: seq, Sessions: claims}); err != nil {
					return err
				}
				h.landed = seq
				return proofs(l, h)
			}},
		}
	}
	rewrite := step{"rewrite", func(l *Ledger, _ *history) error {
		l.mu.Lock()
		l.log.compactAt = 0 // the next write is followed by a rewrite
		l.mu.Unlock()
		return nil
	}}
	steps := []step{
		learnStep(0, p.fact(1000, 0)),
		serve(p.request(1, 50, 50, 0), 30),
		learnStep(0, q.fact(500, 0)),
		serve(q.request(1, 100, 100, 0), 100),
		rewrite,
		serve(p.request(2, 50, 80, 30), 0),
	}
	steps = append(steps, settle(1, p.fact(1000, 30), q.fact(500, 100))...)
	steps = append(steps, serve(p.request(3, 50, 80, 30), 50), rewrite, serve(q.request(2, 1, 101, 100), 1))
	steps = append(steps, settle(2, p.fact(1000, 80), q.fact(500, 101))...)
	closing := step{"close", func(l *Ledger, h *history) error {
		s, effect, err := l.CloseSession(q.session.ID())
		if err != nil {
			return err
		}
		if effect != Applied && effect != Replayed || s.Final != protocol.Units(101) {
			return fmt.Errorf("closed: %s at %s", effect, s.Final)
		}
		h.closed = true
		return nil
	}}
	return append(steps, closing, serve(p.request(4, 20, 100, 80), 20))
}

// run plays a script from step i and returns where it stopped, and why.
func run(l *Ledger, h *history, script []step, i int) (int, error) {
	for ; i < len(script); i++ {
		if err := script[i].do(l, h); err != nil {
			return i, fmt.Errorf("step %d, %s: %w", i, script[i].name, err)
		}
		if err := l.Check(); err != nil {
			return i, fmt.Errorf("step %d, %s: %w", i, script[i].name, err)
		}
	}
	return i, nil
}

// The crash matrix: every durable step of a pod's life fails in every way, the machine crashes with and without luck,
// and nothing that anyone was told is taken back, nothing is billed twice, and life goes on to the same end.
func TestCrashMatrix(t *testing.T) {
	script, now := crashScript(), testStart
	newHistory := func() *history {
		return &history{receipts: map[protocol.RequestID]protocol.Receipt{}, batches: map[uint64]Settlement{}}
	}
	calm := newMemDisk()
	l, err := openMem(calm, &now)
	if err != nil {
		t.Fatal(err)
	}
	want := newHistory()
	if _, err := run(l, want, script, 0); err != nil {
		t.Fatal(err)
	}
	if calm.steps < 30 {
		t.Fatalf("only %d durable steps", calm.steps)
	}
	for at := 1; at <= calm.steps; at++ {
		for _, mode := range []faultMode{lost, done, half} {
			for _, lucky := range []bool{false, true} {
				if mode != lost && lucky || mode == half && !calm.writes[at] {
					continue // the same as without
				}
				name := fmt.Sprintf("step %d %s, lucky %v", at, mode, lucky)
				d, h := newMemDisk(), newHistory()
				d.fault = fault{at, mode}
				stopped := 0
				if l, err := openMem(d, &now); err == nil {
					var failure error
					stopped, failure = run(l, h, script, 0)
					if failure == nil {
						// A rewrite that failed before it took over goes unnoticed, and loses nothing.
						if diff := cmp.Diff(want.receipts, h.receipts, cmp.AllowUnexported(protocol.Amount{})); diff != "" {
							t.Fatal(name, diff)
						}
					} else if !errors.Is(failure, errFault) {
						t.Fatal(name, failure)
					} else if _, err := l.Admit(newPayer(1).request(9, 1, 900, 900)); !errors.Is(err, errFault) {
						t.Fatalf("%s: a failed ledger goes on: %v", name, err)
					}
				} else if !errors.Is(err, errFault) {
					t.Fatal(name, err)
				}
				after := d.crash(lucky)
				l, err := openMem(after, &now)
				if err != nil {
					t.Fatalf("%s: does not open again: %v", name, err)
				}
				if err := l.Check(); err != nil {
					t.Fatal(name, err)
				}
				if got := l.Totals().Running; got != 0 {
					t.Fatalf("%s: %d reservations outlived the crash", name, got)
				}
				for id, r := range h.receipts {
					if got, ok, err := l.ReceiptOf(id); err != nil || !ok || got != r {
						t.Fatalf("%s: told %+v, has %+v, %v", name, r, got, err)
					}
				}
				if err := proofs(l, h); err != nil {
					t.Fatal(name, err)
				}
				if told, ok := h.batches[h.settled+1]; ok {
					got, _, err := l.Batch(protocol.Hash{7}, 0)
					if diff := cmp.Diff(told, got, cmp.AllowUnexported(protocol.Amount{})); err != nil || diff != "" {
						t.Fatal(name, err, diff)
					}
				}
				if h.closed {
					if out, err := l.Admit(newPayer(2).request(9, 0, 101, 101)); err != nil || out.Status != Closed || out.Session.Final != protocol.Units(101) {
						t.Fatalf("%s: closed, and then: %+v %v", name, out, err)
					}
				}
				if _, err := run(l, h, script, stopped); err != nil {
					t.Fatal(name, err)
				}
				if diff := cmp.Diff(want.receipts, h.receipts, cmp.AllowUnexported(protocol.Amount{})); diff != "" {
					t.Fatalf("%s: other bills than without a crash: %s", name, diff)
				}
				for _, p := range []payer{newPayer(1), newPayer(2)} {
					s, _ := l.Session(p.session.ID())
					if want := map[byte]uint64{1: 100, 2: 101}[p.session.Owner[0]]; s.Charged != protocol.Units(want) {
						t.Fatalf("%s: charged %s, want %d", name, s.Charged, want)
					}
				}
			}
		}
	}
}

// lastFrame is where the log's last frame begins.
func lastFrame(t testing.TB, data []byte) (start int) {
	t.Helper()
	at := headerSize
	end, err := frames(data, func(sealed []byte) error {
		start = at
		at += frameHead + len(sealed)
		return nil
	})
	if err != nil || end != len(data) {
		t.Fatal(err)
	}
	return start
}

// opener is what opens the frames of a log from its first one on.
func opener(t testing.TB, data []byte) *sealer {
	t.Helper()
	h, err := parseHeader(data)
	if err != nil {
		t.Fatal(err)
	}
	s, err := testKey.sealer(h)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// withFrame is a log and one more frame, sealed as its ledger would have.
func withFrame(t testing.TB, data []byte, payload string) []byte {
	t.Helper()
	s := opener(t, data)
	if _, err := frames(data, func([]byte) error { s.next++; return nil }); err != nil {
		t.Fatal(err)
	}
	return append(slices.Clone(data), s.frame([]byte(payload))...)
}

// scriptLog is a log with several frames, whose last one is a receipt.
func scriptLog(t testing.TB) []byte {
	t.Helper()
	now, d := testStart, newMemDisk()
	l, err := openMem(d, &now)
	if err != nil {
		t.Fatal(err)
	}
	h := &history{receipts: map[protocol.RequestID]protocol.Receipt{}, batches: map[uint64]Settlement{}}
	if _, err := run(l, h, crashScript(), 0); err != nil {
		t.Fatal(err)
	}
	return d.names[logName].data
}

func openBytes(data []byte) (*Ledger, *memDisk, error) {
	now, d := testStart, newMemDisk()
	d.names[logName] = &memFile{disk: d, data: slices.Clone(data), durable: slices.Clone(data)}
	d.durableNames[logName] = d.names[logName]
	l, err := openMem(d, &now)
	return l, d, err
}

func TestTornTail(t *testing.T) {
	data := scriptLog(t)
	start := lastFrame(t, data)
	last := newPayer(1).request(4, 20, 100, 80)
	reopen := func(what string, damaged []byte, wantLast, goOn bool) {
		t.Helper()
		l, d, err := openBytes(damaged)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if _, ok, err := l.ReceiptOf(last.ID); err != nil || ok != wantLast {
			t.Fatalf("%s: the last receipt is there: %v, %v", what, ok, err)
		}
		if len(damaged) > start+frameHead && bytes.Contains(d.names[logName].durable, damaged[start:]) {
			t.Fatalf("%s: the tail is still there", what)
		}
		if !goOn {
			return
		}
		// The request is free again, its voucher is not forgotten, and the log goes on.
		h := &history{receipts: map[protocol.RequestID]protocol.Receipt{}}
		if err := h.serve(l, last, 20); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if l, _, err = openBytes(d.names[logName].durable); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if _, ok, _ := l.ReceiptOf(last.ID); !ok {
			t.Fatalf("%s: what came after is lost", what)
		}
	}
	reopen("whole", data, true, true)
	for cut := start; cut < len(data); cut++ {
		reopen(fmt.Sprintf("cut at byte %d of the last frame", cut-start), data[:cut], false, cut%16 == 0)
	}
	for at := start; at < len(data); at++ {
		damaged := slices.Clone(data)
		damaged[at] ^= 0x10
		if end, err := testReplay(damaged); err != nil || end != start {
			t.Fatalf("byte %d of the last frame changed: %d bytes are whole, %v, want %d", at-start, end, err, start)
		}
	}
	reopen("last frame all zeros", append(slices.Clone(data[:start]), make([]byte, len(data)-start)...), false, true)
	padded, d, err := openBytes(append(slices.Clone(data), make([]byte, 5000)...))
	if err != nil || bytes.Contains(d.names[logName].durable, make([]byte, 100)) {
		t.Fatal("zeros after the last frame", err)
	}
	if _, ok, _ := padded.ReceiptOf(last.ID); !ok {
		t.Fatal("zeros after the last frame took it with them")
	}
}

// testReplay reads a log into a book that nobody needs.
func testReplay(data []byte) (end int, err error) {
	l := &Ledger{cfg: Config{Domain: testDomain, Pod: testPod, Key: testKey}, book: newBook()}
	return l.replay(data)
}

func TestDamagedMiddle(t *testing.T) {
	data := scriptLog(t)
	start := lastFrame(t, data)
	for at := 0; at < start; at += 3 {
		damaged := slices.Clone(data)
		damaged[at] ^= 0x10
		var bad *DamagedError
		_, d, err := openBytes(damaged)
		if !errors.As(err, &bad) || bad.Offset > int64(at) {
			t.Fatalf("byte %d changed: %v", at, err)
		}
		if !bytes.Equal(d.names[logName].data, damaged) {
			t.Fatalf("byte %d changed: a log that was refused was written to", at)
		}
	}
	for _, cut := range []int{0, 1, len(logMagic) - 1, len(logMagic), headerSize - 1, headerSize, headerSize + 5, headerSize + 20} {
		var bad *DamagedError
		if _, _, err := openBytes(data[:cut]); !errors.As(err, &bad) {
			t.Errorf("%d bytes left: %v", cut, err)
		}
	}
	long := append(slices.Clone(data), make([]byte, maxFrame+frameHead+1)...)
	var bad *DamagedError
	if _, _, err := openBytes(long); !errors.As(err, &bad) {
		t.Errorf("more garbage than one write makes: %v", err)
	}
}

// A whole frame whose records cannot follow one another is refused as well.
func TestImpossibleRecords(t *testing.T) {
	data := scriptLog(t)
	id := newPayer(1).session.ID()
	other := newPayer(5).session.ID().String()
	for name, payload := range map[string]string{
		"not JSON":               `{"admit"`,
		"empty record":           `{}`,
		"unknown field":          `{"bonus":1}`,
		"a header of version 1":  `{"header":{"version":1}}`,
		"voucher of nobody":      `{"admit":{"sessionId":"` + other + `"}}`,
		"receipt of nobody":      `{"commit":{"receipt":{"sessionId":"` + other + `"}}}`,
		"kept of nobody":         `{"kept":{"receipt":{"sessionId":"` + other + `"}}}`,
		"receipt out of order":   `{"commit":{"id":"00000000000000000000000000000009","receipt":{"sessionId":"` + id.String() + `","cost":"1","charged":"101","rseq":9}}}`,
		"receipt of wrong total": `{"commit":{"id":"00000000000000000000000000000009","receipt":{"sessionId":"` + id.String() + `","cost":"1","charged":"102","rseq":5}}}`,
		"closing of nobody":      `{"close":{"session":"` + other + `"}}`,
		"closed twice":           `{"close":{"session":"` + id.String() + `","final":"100"}}` + "\n" + `{"close":{"session":"` + id.String() + `","final":"100"}}`,
		"closed too high":        `{"close":{"session":"` + id.String() + `","final":"101"}}`,
		"receipt after closing":  `{"close":{"session":"` + id.String() + `","final":"100"}}` + "\n" + `{"commit":{"id":"00000000000000000000000000000009","receipt":{"sessionId":"` + id.String() + `","cost":"0","charged":"100","rseq":5}}}`,
		"voucher after closing":  `{"close":{"session":"` + id.String() + `","final":"100"}}` + "\n" + `{"admit":{"sessionId":"` + id.String() + `"}}`,
		"drop of nobody":         `{"drop":{"session":"` + other + `"}}`,
		"forgets too much":       `{"drop":{"session":"` + id.String() + `","forget":true}}`,
		"row of nobody":          `{"batch":{"seq":3,"rows":[{"session":"` + other + `"}]}}`,
		"batch of wrong number":  `{"batch":{"seq":9}}`,
		"above the ceiling":      `{"commit":{"id":"00000000000000000000000000000009","receipt":{"sessionId":"` + id.String() + `","cost":"5","charged":"105","rseq":5}}}`,
	} {
		if _, _, err := openBytes(withFrame(t, data, payload)); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

func FuzzLog(f *testing.F) {
	data := scriptLog(f)
	f.Add(data)
	f.Add(data[:len(data)-3])
	f.Add([]byte(logMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		end, err := testReplay(data)
		if err != nil {
			return
		}
		if again, err := testReplay(data[:end]); err != nil || again != end {
			t.Fatalf("%d bytes read, of which %d: %v", end, again, err)
		}
	})
}

// FuzzRecords reaches what the checksum keeps FuzzLog from.
func FuzzRecords(f *testing.F) {
	data := scriptLog(f)
	s := opener(f, data)
	_, err := frames(data, func(sealed []byte) error {
		payload, err := s.open(sealed)
		f.Add(payload)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	h, err := parseHeader(data)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		if len(payload) > maxPayload {
			return
		}
		s := opener(t, data)
		l, d, err := openBytes(append(h.bytes(), s.frame(payload)...))
		if err != nil {
			return
		}
		if _, _, err := l.Batch(protocol.Hash{}, 0); err != nil {
			t.Fatal(err)
		}
		l.Totals()
		l.log.compactAt = 0
		if _, err := l.Learn(protocol.Facts{Sessions: []protocol.SessionFact{newPayer(9).fact(1, 0)}}); err != nil {
			return // the book is full of impossible sums
		}
		before := l.book.check()
		again, _, err := openBytes(d.names[logName].durable)
		if err != nil {
			t.Fatalf("a rewritten log does not open: %v (check before: %v)", err, before)
		}
		if l.Totals() != again.Totals() {
			t.Fatalf("rewritten: %+v, before %+v", again.Totals(), l.Totals())
		}
	})
}
