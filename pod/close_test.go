package pod_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/protocol"
)

// closeOrder is the order of the rig's user to close its session.
func (r *rig) closeOrder(signer protocol.Key) protocol.SignedRequestClose {
	o := protocol.SignedRequestClose{Session: r.session, Deadline: uint64(r.now().Add(10 * time.Minute).Unix())}
	o.Signature = signer.Sign(domain.Digest(o.TypedData()))
	return o
}

func (r *rig) closeCall(order any) call {
	r.Helper()
	raw, err := json.Marshal(order)
	if err != nil {
		r.Fatal(err)
	}
	return r.newCall(protocol.PathClose, string(raw))
}

// closed sends an order and wants it carried out.
func (r *rig) closed(order protocol.SignedRequestClose) protocol.SignedClose {
	r.Helper()
	a := r.send(r.closeCall(order))
	if a.status != http.StatusOK {
		r.Fatalf("%d %s", a.status, a.body)
	}
	var got protocol.SignedClose
	if err := json.Unmarshal([]byte(a.body), &got); err != nil {
		r.Fatal(err)
	}
	want := protocol.CloseSession{SessionID: r.session.ID(), FinalCharged: r.charged, Deadline: uint64(r.now().Add(time.Hour).Unix())}
	if got.CloseSession != want {
		r.Errorf("%+v, want %+v", got.CloseSession, want)
	}
	if err := got.Signature.Verify(domain.Digest(got.CloseSession), r.registration.Identity); err != nil {
		r.Error(err)
	}
	return got
}

func TestClose(t *testing.T) {
	r := newRig(t)
	r.fund(1_000_000)
	first := r.newCall("/api/chat", chatOne)
	r.paid(first)
	got := r.closed(r.closeOrder(r.signer))
	if v := got.Voucher; v == nil || v.Voucher != first.payment.Voucher(first.hash()) || v.Signature.Verify(domain.Digest(v.Voucher), r.signer.Address()) != nil || v.Ceiling.Cmp(got.FinalCharged) < 0 {
		t.Errorf("the voucher that covers it: %+v", v)
	}
	p := r.refused(r.newCall("/api/chat", chatOne), protocol.ProblemClosed, http.StatusPaymentRequired)
	if p.Charged == nil || *p.Charged != r.charged {
		t.Errorf("%+v", p)
	}
	// An order to add to it does not bring it back, and what the client holds stays true: the total is the same later.
	topUp := r.newCall("/api/chat", chatOne)
	topUp.payment.Open = r.order(1_000_000)
	r.refused(topUp, protocol.ProblemClosed, http.StatusPaymentRequired)
	r.clock.advance(30 * time.Minute)
	r.closed(r.closeOrder(r.signer))
	// The bill is there for whoever missed it.
	if receipt, a := r.receiptOf(first.id); a.status != http.StatusOK || receipt.Charged != r.charged {
		t.Errorf("%d %+v", a.status, receipt)
	}
	// What is owed is settled, to the total that was signed and no further.
	var batch protocol.SignedBatch
	r.post(protocol.PathBatch, protocol.BatchRequest{}, &batch)
	if len(batch.Rows) != 1 || batch.Rows[0].Charged != got.FinalCharged {
		t.Errorf("%+v", batch.Rows)
	}
}

// Nobody but the session's signer closes it, and nothing malformed does.
func TestCloseRefuses(t *testing.T) {
	r := newRig(t)
	r.fund(1_000_000)
	r.paid(r.newCall("/api/chat", chatOne))
	good := r.closeOrder(r.signer)
	with := func(change func(*protocol.SignedRequestClose)) protocol.SignedRequestClose {
		o := good
		change(&o)
		return o
	}
	signed := func(change func(*protocol.SignedRequestClose)) protocol.SignedRequestClose {
		o := with(change)
		o.Signature = r.signer.Sign(domain.Digest(o.TypedData()))
		return o
	}
	for name, order := range map[string]protocol.SignedRequestClose{
		"signed by the owner":     r.closeOrder(r.owner),
		"signed by a stranger":    r.closeOrder(newKey(t)),
		"a stranger's own signer": with(func(o *protocol.SignedRequestClose) { o.Session.Signer = newKey(t).Address() }),
		"a later deadline":        with(func(o *protocol.SignedRequestClose) { o.Deadline++ }),
		"past its deadline":       signed(func(o *protocol.SignedRequestClose) { o.Deadline = uint64(r.now().Unix()) - 1 }),
		"another pod":             signed(func(o *protocol.SignedRequestClose) { o.Session.Pod = protocol.Address{1} }),
		"signed for another chain": with(func(o *protocol.SignedRequestClose) {
			o.Signature = r.signer.Sign(protocol.Domain{ChainID: 1, Escrow: domain.Escrow}.Digest(o.TypedData()))
		}),
	} {
		t.Run(name, func(t *testing.T) {
			r.refused(r.closeCall(order), protocol.ProblemBadPayment, http.StatusPaymentRequired)
		})
	}
	for name, body := range map[string]string{
		"empty": "", "no JSON": "close it", "unknown field": `{"sessionId":"x"}`, "no deadline": `{}`, "two": `{} {}`, "long": `{}` + strings.Repeat(" ", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			r.refused(r.newCall(protocol.PathClose, body), protocol.ProblemBadRequest, http.StatusBadRequest)
		})
	}
	get := r.closeCall(good)
	get.method = http.MethodGet
	r.refused(get, protocol.ProblemNoRoute, http.StatusMethodNotAllowed)
	r.paid(r.newCall("/api/chat", chatOne)) // none of that closed it
}

// While a request is being answered its cost is not known: the session is closed afterwards.
func TestCloseWaitsForOpenRequests(t *testing.T) {
	r := newRig(t)
	r.fund(1_000_000)
	c := r.newCall("/api/chat", chatOne)
	request := ledger.Request{
		ID: c.id, Session: r.session, MaxCost: c.payment.MaxCost,
		Voucher: protocol.SignedVoucher{Voucher: c.payment.Voucher(c.hash()), Signature: r.signer.Sign(domain.Digest(c.payment.Voucher(c.hash())))},
	}
	if out, err := r.book.Admit(request); err != nil || out.Status != ledger.Admitted {
		t.Fatal(out.Status, err)
	}
	p := r.refused(r.closeCall(r.closeOrder(r.signer)), protocol.ProblemOpenRequests, http.StatusConflict)
	if p.RetryAfter == 0 {
		t.Errorf("%+v", p)
	}
	r.book.Release(c.id)
	r.closed(r.closeOrder(r.signer))
}

// A pod that lost its ledger learns of the session from the chain, and signs no more than it can show a voucher for.
func TestCloseAfterALoss(t *testing.T) {
	r := newRig(t)
	done := make(chan struct{})
	go func() {
		defer close(done)
		var orders protocol.Orders
		for len(orders.Lookup) == 0 && t.Context().Err() == nil {
			orders = r.orders(1)
		}
		f := r.fact(r.session, 1_000_000)
		f.Claimed = protocol.Units(700)
		r.learn(f)
	}()
	got := r.closed(r.closeOrder(r.signer)) // at 0: what was claimed stays claimed
	<-done
	if got.Voucher != nil {
		t.Errorf("%+v", got.Voucher)
	}
	// One that the chain does not know either.
	other := newRig(t)
	go func() {
		var orders protocol.Orders
		for len(orders.Lookup) == 0 && t.Context().Err() == nil {
			orders = other.orders(1)
		}
		other.learn(other.fact(other.session, 0))
	}()
	other.refused(other.closeCall(other.closeOrder(other.signer)), protocol.ProblemNoSession, http.StatusPaymentRequired)
}

// A closing that is not on disk is not signed.
func TestCloseIsDurableBeforeSigned(t *testing.T) {
	r := newRig(t)
	r.fund(1_000_000)
	if err := r.book.Close(); err != nil { // as after a disk's failure, every verb fails
		t.Fatal(err)
	}
	a := r.send(r.closeCall(r.closeOrder(r.signer)))
	if a.status != http.StatusInternalServerError || a.problem.Type != protocol.ProblemInternal || strings.Contains(a.body, "signature") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestExport(t *testing.T) {
	r := newRig(t)
	export := func(query string) (int, string, protocol.Export) {
		t.Helper()
		status, body := r.controlCall(http.MethodGet, protocol.PathExport+query, "")
		var out protocol.Export
		if status == http.StatusOK {
			if err := json.Unmarshal([]byte(body), &out); err != nil {
				t.Fatal(err)
			}
		}
		return status, body, out
	}
	if status, body, _ := export(""); status != http.StatusOK || body != `{"vouchers":[]}`+"\n" {
		t.Errorf("nothing to export: %d %s", status, body)
	}
	r.fund(1_000_000)
	r.paid(r.newCall("/api/chat", chatOne))
	if _, _, out := export(""); len(out.Vouchers) != 0 {
		t.Errorf("nothing is acknowledged: %+v", out)
	}
	second := r.newCall("/api/chat", chatOne)
	acked := r.charged
	r.paid(second)
	_, body, out := export("")
	if len(out.Vouchers) != 1 || out.Next != nil {
		t.Fatalf("%+v", out)
	}
	v := out.Vouchers[0]
	if v.Session != r.session || v.Voucher != second.payment.Voucher(second.hash()) || v.Voucher.Acked != acked ||
		v.Signature.Verify(domain.Digest(v.Voucher), r.signer.Address()) != nil {
		t.Errorf("%+v", v)
	}
	if len(body) > 1024 {
		t.Errorf("a voucher takes %d bytes, so that a page can pass %d", len(body), protocol.MaxControl)
	}
	id := r.session.ID()
	if _, _, out := export("?after=" + id.String()); len(out.Vouchers) != 0 {
		t.Errorf("after the last: %+v", out)
	}
	// A second session, and pages of one.
	other := protocol.SessionKey{Owner: r.owner.Address(), Signer: r.signer.Address(), Pod: where.Pod, Salt: 8}
	r.learn(r.fact(other, 1000))
	voucher := protocol.Voucher{SessionID: other.ID(), Ceiling: protocol.Units(100), Acked: protocol.Units(10)}
	request := ledger.Request{
		ID: protocol.NewRequestID(), Session: other, MaxCost: protocol.Units(1),
		Voucher: protocol.SignedVoucher{Voucher: voucher, Signature: r.signer.Sign(domain.Digest(voucher))},
	}
	if out, err := r.book.Admit(request); err != nil || out.Status != ledger.Admitted {
		t.Fatal(out.Status, err)
	}
	r.book.Release(request.ID)
	seen, query := map[protocol.SessionKey]int{}, "?limit=1"
	for range 2 {
		_, _, page := export(query)
		if len(page.Vouchers) != 1 || (page.Next == nil) != (len(seen) == 1) {
			t.Fatalf("page %+v after %v", page, seen)
		}
		seen[page.Vouchers[0].Session]++
		if page.Next != nil {
			query = "?limit=1&after=" + page.Next.String()
		}
	}
	if seen[r.session] != 1 || seen[other] != 1 {
		t.Errorf("%v", seen)
	}
	for _, limit := range []string{"0", "-1", "1001", "x"} {
		if status, body, _ := export("?limit=" + limit); status != http.StatusBadRequest || !strings.Contains(body, "1 to 1000") {
			t.Errorf("limit %s: %d %s", limit, status, body)
		}
	}
	if status, body, _ := export("?after=xyz"); status != http.StatusBadRequest || !strings.Contains(body, "session id") {
		t.Errorf("%d %s", status, body)
	}
	if status, _ := r.controlCall(http.MethodGet, protocol.PathExport, "", func(req *http.Request) { req.Header.Del("Authorization") }); status != http.StatusUnauthorized {
		t.Errorf("without the token: %d", status)
	}
}
