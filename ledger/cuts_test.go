package ledger

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// user is a client of the cut pod: what it signed, and what it was told.
type user struct {
	payer
	next    byte // its next request
	ceiling uint64
	acked   uint64
	told    map[protocol.RequestID]protocol.Receipt
	asked   map[protocol.RequestID]Request
}

// The random kill test: pods live on through 1,200 cuts in all, each at a random durable step and, within a write, at a
// random byte; now with, now without what the disk had not been asked to keep. After each, everything that anybody was
// told is there, every invariant holds, each request is billed once at most, and no session is charged above its
// ceiling: its total is the sum of its bills.
func TestCrashRandomCuts(t *testing.T) {
	const pods, each = 40, 30
	served, torn := 0, 0
	for n := range uint64(pods) {
		p := &cutPod{random: rand.New(rand.NewPCG(2026, n)), now: testStart, disk: newMemDisk()}
		for n := range byte(3) {
			p.users = append(p.users, &user{payer: newPayer(n + 1), told: map[protocol.RequestID]protocol.Receipt{}, asked: map[protocol.RequestID]Request{}})
		}
		if err := p.open(); err != nil {
			t.Fatal(err)
		}
		for cut := range each {
			if err := p.cut(); err != nil {
				t.Fatalf("pod %d, cut %d: %v", n, cut, err)
			}
		}
		served, torn = served+p.served, torn+p.torn
	}
	if served < pods*each/2 || torn < pods*each/10 {
		t.Errorf("only %d requests served and %d writes torn", served, torn)
	}
	t.Logf("%d cuts, %d torn writes, %d requests served", pods*each, torn, served)
}

type cutPod struct {
	random       *rand.Rand
	now          time.Time
	disk         *memDisk
	l            *Ledger
	users        []*user
	seq          uint64
	served, torn int
}

func (p *cutPod) open() (err error) {
	p.l, err = openMem(p.disk, &p.now)
	return err
}

// arm has a step fail that is to come soon.
func (p *cutPod) arm() {
	p.disk.fault = fault{p.disk.steps + 1 + p.random.IntN(9), []faultMode{lost, done, half}[p.random.IntN(3)]}
	p.disk.keep = func(n int) int { p.torn++; return p.random.IntN(n + 1) }
}

// cut lets the pod live until it is cut off, opens it again and checks it.
func (p *cutPod) cut() error {
	p.arm()
	for err := p.live(); !errors.Is(err, errFault); err = p.live() {
		if err != nil {
			return err
		}
		if p.disk.steps >= p.disk.fault.at { // it hit a rewriting that had not taken over yet, which goes unnoticed
			p.arm()
		}
	}
	p.disk = p.disk.crash(p.random.IntN(2) == 0)
	if p.random.IntN(4) == 0 { // cut once more while it opens
		p.arm()
		if err := p.open(); err != nil && !errors.Is(err, errFault) {
			return err
		}
		p.disk = p.disk.crash(p.random.IntN(2) == 0)
	}
	if err := p.open(); err != nil {
		return fmt.Errorf("does not open again: %w", err)
	}
	if err := p.l.Check(); err != nil {
		return err
	}
	for _, u := range p.users {
		if err := u.check(p.l); err != nil {
			return err
		}
	}
	return nil
}

// live is one thing that happens to the pod.
func (p *cutPod) live() error {
	u := p.users[p.random.IntN(len(p.users))]
	if _, err := p.l.Learn(protocol.Facts{Sessions: []protocol.SessionFact{u.fact(1<<40, 0)}}); err != nil {
		return err
	}
	switch p.random.IntN(12) {
	case 0:
		s, ok, err := p.l.Batch(protocol.Hash{}, 0)
		if ok {
			p.seq = s.Seq
		}
		return err
	case 1:
		_, err := p.l.Settled(protocol.Settled{Seq: p.seq})
		return err
	case 2:
		p.l.mu.Lock()
		p.l.log.compactAt = 0
		p.l.mu.Unlock()
		return nil
	case 3:
		p.now = p.now.Add(time.Duration(p.random.IntN(100)) * time.Second)
		return nil
	case 4: // a retry of something old
		for _, r := range u.asked {
			out, err := p.l.Admit(r)
			if out.Status == Admitted {
				p.l.Release(r.ID)
			}
			return err
		}
	}
	p.served++
	return u.serve(p.l, p.random)
}

// serve has one request answered. The user learns its total from receipts alone, as a client does.
func (u *user) serve(l *Ledger, random *rand.Rand) error {
	maxCost := uint64(random.IntN(50))
	s, _ := l.Session(u.session.ID())
	u.ceiling = max(u.ceiling, s.Charged.Big().Uint64()+maxCost)
	r := u.request(u.next, maxCost, u.ceiling, u.acked)
	r.ID[2], r.ID[3] = byte(len(u.asked)), byte(len(u.asked)>>8) // request numbers come again after 256; ids do not
	u.next++
	u.asked[r.ID] = r
	out, err := l.Admit(r)
	if err != nil {
		return err
	}
	switch out.Status {
	case Admitted:
	case NeedAck: // it asks for its receipts, which say what it owes
		u.acked = s.Charged.Big().Uint64()
		u.ceiling = max(u.ceiling, u.acked)
		return nil
	default:
		return fmt.Errorf("%s %s", out.Status, out.Reason)
	}
	if random.IntN(8) == 0 {
		l.Release(r.ID)
		return nil
	}
	receipt, err := l.Commit(r.ID, bill(uint64(random.IntN(int(maxCost)+1))))
	if err != nil {
		return err
	}
	u.told[r.ID] = receipt
	return nil
}

func (u *user) check(l *Ledger) error {
	s, known := l.Session(u.session.ID())
	if !known {
		return nil
	}
	for id, told := range u.told {
		if got, ok, err := l.ReceiptOf(id); err != nil || ok && got != told || !ok && told.Charged.Cmp(s.Charged) > 0 {
			return fmt.Errorf("told %+v, has %+v, %v, %v", told, got, ok, err)
		}
	}
	// What nobody was told may have been billed: each id once, so that the total is their sum.
	var sum uint64
	for id := range u.asked {
		got, ok, err := l.ReceiptOf(id)
		if err != nil {
			return err
		}
		if told, was := u.told[id]; ok || was {
			if !ok {
				got = told
			}
			sum += got.Cost.Big().Uint64()
			u.told[id] = got
		}
	}
	if s.Charged != protocol.Units(sum) {
		return fmt.Errorf("charged %s, the bills are %d", s.Charged, sum)
	}
	if s.Charged.Cmp(protocol.Units(u.ceiling)) > 0 || s.Ceiling.Cmp(protocol.Units(u.ceiling)) > 0 || s.Claimed.Cmp(s.Charged) > 0 || s.Running != 0 {
		return fmt.Errorf("charged %s, ceiling %s, signed %d", s.Charged, s.Ceiling, u.ceiling)
	}
	return nil
}
