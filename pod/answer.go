package pod

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"net/http"

	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/meter"
	"github.com/phallama/phallama/protocol"
)

// maxRefusal bounds what the engine may say when it refuses a request.
const maxRefusal = 64 << 10

// answer asks the engine and passes its answer on, metered. The request is admitted: from here on it ends in exactly
// one Commit or Release.
func (p *Pod) answer(w http.ResponseWriter, r *http.Request, o order) error {
	settled := false
	defer func() {
		if !settled { // an error or a panic of ours: the user pays nothing
			p.config.Ledger.Release(o.id)
		}
	}()
	// The client's disconnect is not passed on: it can wedge the engine for good (ollama#17131). The answer is bounded
	// by its token limit and by this clock.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), p.config.AnswerLimit)
	defer cancel()
	resp, err := p.askEngine(ctx, r.URL.Path, o.prepared.Body)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return passRefusal(w, resp)
	}

	client := &clientSide{w: w, hash: sha256.New(), controller: http.NewResponseController(w)}
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	m := meter.New(o.prepared, client, p.config.Now)
	stop := context.AfterFunc(r.Context(), m.Abort)
	defer stop()
	_, err = io.Copy(m, resp.Body)
	used := m.Finish(err)
	if used.Finish == protocol.FinishError {
		p.config.Log.Warn("the engine broke an answer off", "err", err)
	}
	cost, err := p.price(o.offer, used)
	if err != nil {
		p.config.Log.Error("no price", "err", err)
		panic(http.ErrAbortHandler) // see below
	}
	if cost.Cmp(o.payment.MaxCost) > 0 { // a prompt longer than its bytes: the pod's loss
		cost = o.payment.MaxCost
	}
	receipt, err := p.config.Ledger.Commit(o.id, ledger.Bill{
		ResponseHash: protocol.Hash(client.hash.Sum(nil)),
		ModelDigest:  o.offer.ModelDigest,
		OfferHash:    o.payment.Offer,
		Usage:        used.Usage,
		Finish:       used.Finish,
		Cost:         cost,
		Blind:        protocol.NewBlind(),
	})
	if err != nil {
		// The answer is on its way without a bill: it must not look complete.
		p.config.Log.Error("no receipt", "err", err)
		panic(http.ErrAbortHandler)
	}
	settled = true
	w.Header().Set(http.TrailerPrefix+protocol.TrailerReceipt, protocol.EncodeReceipt(p.sign(receipt)))
	return nil
}

// price is what an answer costs. One that the engine broke off is free, and so is one that was given up before anything
// was generated.
func (p *Pod) price(offer protocol.Offer, used meter.Result) (protocol.Amount, error) {
	if used.Finish == protocol.FinishError || used.Finish == protocol.FinishAbort && used.Usage == (protocol.Usage{}) {
		return protocol.Amount{}, nil
	}
	return offer.CostUp(used.Usage)
}

func (p *Pod) askEngine(ctx context.Context, path string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://localhost"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.config.Engine.RoundTrip(req)
	if err != nil {
		p.config.Log.Error("the engine does not answer", "err", err)
		return nil, problem(protocol.ProblemEngine, http.StatusBadGateway, "the engine does not answer", "nothing is billed; try again, or another pod")
	}
	return resp, nil
}

// passRefusal hands the engine's own words on, in its own form, so that tools see what they know. Nothing is billed.
func passRefusal(w http.ResponseWriter, resp *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxRefusal))
	if err != nil || resp.StatusCode < 400 || resp.StatusCode >= 500 {
		return problem(protocol.ProblemEngine, http.StatusBadGateway, "the engine failed", "nothing is billed; try again, or another pod")
	}
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	w.WriteHeader(resp.StatusCode)
	_, err = w.Write(body)
	return err
}

// clientSide is where the meter forwards to: it hashes what it could seal, and flushes each piece so that it streams.
type clientSide struct {
	w          http.ResponseWriter
	controller *http.ResponseController
	hash       hash.Hash
}

var errClientGone = errors.New("the client is gone")

func (c *clientSide) Write(b []byte) (int, error) {
	if _, err := c.w.Write(b); err != nil {
		return 0, errClientGone
	}
	if err := c.controller.Flush(); err != nil {
		return 0, errClientGone
	}
	c.hash.Write(b)
	return len(b), nil
}
