package devnet

import "testing"

// TestPodLostItsLedger: a pod whose ledger is gone goes on with its user's session: it charges from what the user
// acknowledged, counts its receipts anew, and is paid for all of them.
func TestPodLostItsLedger(t *testing.T) { forms(t, testPodLostItsLedger) }

func testPodLostItsLedger(t *testing.T, form Enclave) {
	n := start(t, func(c *Config) { c.Enclave = form })
	ctx := t.Context()
	chat(t, n, false, user("Repeat after me: falcon-1"))
	chat(t, n, false, user("Repeat after me: falcon-2"))
	p := n.Pod()
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := p.Wipe(); err != nil {
		t.Fatal(err)
	}
	if err := p.Start(ctx); err != nil {
		t.Fatal(err)
	}
	if err := p.Listed(ctx); err != nil {
		t.Fatal(err)
	}
	chat(t, n, false, user("Repeat after me: falcon-3"))
	chat(t, n, false, user("Repeat after me: falcon-4"))
	all := n.Client.Sessions()
	if len(all) != 1 || all[0].Suspect != "" || all[0].Ended != "" || all[0].Receipts != 4 || all[0].Gaps != 0 {
		t.Fatalf("sessions %+v", all)
	}
	entries, err := n.Client.Receipts()
	if err != nil || len(entries) != 4 || !entries[2].Restart || entries[3].Receipt.RSeq != 2 || entries[3].Receipt.Charged != all[0].Charged {
		t.Errorf("receipts %+v, %v, session %+v", entries, err, all[0])
	}
	if _, err := n.Agent().SettleNow(ctx); err != nil {
		t.Fatal(err)
	}
	if fact, err := n.Chain.Session(ctx, all[0].Key); err != nil || fact.Claimed != all[0].Charged {
		t.Errorf("claimed %s, %v, charged %s", fact.Claimed, err, all[0].Charged)
	}
}
