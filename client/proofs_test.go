package client_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// Once a batch is settled each of its receipts gets its proof, which stays with it, and is not asked for again.
func TestProofs(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	for range 3 {
		mustAsk(t, c)
	}
	prove := func(want int) {
		t.Helper()
		if done, err := c.Reconcile(t.Context()); err != nil || done != (client.Reconciled{Proven: want}) {
			t.Fatalf("%+v, %v, want %d proven", done, err, want)
		}
		root := n.roots[p.record.ID]
		for _, e := range receipts(t, c) {
			if s := e.Settled; s != nil && (s.Root != root[s.Seq-1] || !s.Proves(e.Receipt.HashStruct())) {
				t.Errorf("receipt %d has the proof %+v", e.Receipt.RSeq, s)
			}
		}
	}
	before := p.contacted()
	prove(0)
	if p.contacted() != before {
		t.Error("the pod was asked for proofs of what the chain has not settled")
	}
	p.settle()
	prove(3)
	mustAsk(t, c)
	before = p.contacted()
	prove(0)
	if p.contacted() != before {
		t.Error("the pod was asked again for what is proven, or not settled")
	}
	p.settle()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = n.client(dir)
	prove(1)
	all := receipts(t, c)
	for i, seq := range []uint64{1, 1, 1, 2} {
		if all[i].Settled == nil || all[i].Settled.Seq != seq {
			t.Errorf("receipt %d: proof %+v, want one of batch %d", i, all[i].Settled, seq)
		}
	}

	// Half a line at the end of the file of proofs is fetched again.
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "proofs.jsonl")
	info, err := os.Stat(path)
	if err == nil {
		err = os.Truncate(path, info.Size()-5)
	}
	if err != nil {
		t.Fatal(err)
	}
	c = n.client(dir)
	prove(1)
}

// A proof that the chain does not bear out is none; the pod may have a better one later.
func TestBadProofs(t *testing.T) {
	for name, bend := range map[string]func(n *testNet, p *testPod, i *protocol.Inclusion){
		"another root on chain": func(n *testNet, p *testPod, _ *protocol.Inclusion) {
			n.roots[p.record.ID] = []protocol.Hash{{1}}
		},
		"a path that leads elsewhere": func(_ *testNet, _ *testPod, i *protocol.Inclusion) {
			i.Path = append(i.Path, protocol.ProofNode{Hash: protocol.Hash{1}})
		},
		"no proof yet": func(_ *testNet, p *testPod, _ *protocol.Inclusion) { clear(p.settled) },
	} {
		t.Run(name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod()
			c := n.client(t.TempDir())
			mustAsk(t, c)
			p.settle()
			honest, root := map[protocol.RequestID]*protocol.Inclusion{}, n.roots[p.record.ID][0]
			for id, i := range p.settled {
				bent := *i
				honest[id] = i
				p.settled[id] = &bent
				bend(n, p, &bent)
			}
			if done, err := c.Reconcile(t.Context()); err != nil || done.Proven != 0 || receipts(t, c)[0].Settled != nil {
				t.Fatalf("%+v, %v", done, err)
			}
			if s := oneSession(t, c); s.Suspect != "" {
				t.Errorf("session %+v", s)
			}
			p.settled, n.roots[p.record.ID] = honest, []protocol.Hash{root}
			if done, err := c.Reconcile(t.Context()); err != nil || done.Proven != 1 {
				t.Errorf("%+v, %v", done, err)
			}
		})
	}
}

// A pod that gives two receipts for one request is suspect; one that has forgotten a receipt is not asked again.
func TestProofOfAnotherReceipt(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	p.settle()
	for id, r := range p.billed {
		r.Usage.Out++
		p.billed[id] = r
	}
	_, err := c.Reconcile(t.Context())
	wantErr(t, err, client.ErrAnswer, "another one for the same request")
	if s := oneSession(t, c); s.Suspect == "" {
		t.Errorf("session %+v", s)
	}
}

func TestProofForgotten(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	p.settle()
	clear(p.billed)
	if done, err := c.Reconcile(t.Context()); err != nil || done.Proven != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	before := p.contacted()
	if _, err := c.Reconcile(t.Context()); err != nil || p.contacted() != before {
		t.Errorf("asked again: %v", err)
	}
}

// The client asks by itself.
func TestUpkeep(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir(), func(cfg *client.Config) { cfg.Upkeep = 5 * time.Millisecond })
	mustAsk(t, c)
	p.settle()
	for receipts(t, c)[0].Settled == nil { // the test's own time limit bounds it
		time.Sleep(5 * time.Millisecond)
	}
}
