package pod

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"net"
	"net/http"
	"strconv"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/meter"
	"github.com/phallama/phallama/protocol"
)

// maxRefusal bounds what the engine may say when it refuses a request.
const maxRefusal = 64 << 10

// answer asks the engine, passes its answer on, metered, and bills it. A request that it leaves unbilled is the caller's
// to release.
func (p *Pod) answer(w http.ResponseWriter, r *http.Request, o order) error {
	// A stream ends with its client: the engine stops at its next token. So do embeddings, at their next text. What else is
	// not streamed says what it cost at its end alone, so it comes to that, bounded by its token limit and by this clock.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), p.config.AnswerLimit)
	defer cancel()
	leave := func() {
		if o.prepared.EndsWithClient() {
			cancel()
		}
	}
	client := &clientSide{w: w, hash: sha256.New(), controller: http.NewResponseController(w), leave: leave, durable: o.durable}
	m := meter.New(o.prepared, client, p.config.Now)
	stop := context.AfterFunc(r.Context(), func() { // before the engine is asked: the moment counts
		m.Abort()
		leave()
	})
	defer stop()
	resp, err := p.askEngine(ctx, r.URL.Path, o)
	switch {
	case errors.Is(err, errClientGone): // before anything came
	case err != nil:
		return err
	case resp.StatusCode != http.StatusOK:
		defer resp.Body.Close()
		return p.passRefusal(w, resp)
	default:
		defer resp.Body.Close()
		w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
		if n, err := strconv.ParseUint(resp.Header.Get(HeaderEnginePrompt), 10, 32); err == nil {
			m.Prompt(uint32(n))
		}
		passing := make([]byte, 32<<10)
		defer clear(passing)
		_, err = io.CopyBuffer(m, resp.Body, passing)
	}
	used := m.Finish(err)
	if client.lost != nil {
		return client.lost
	}
	if used.Finish == protocol.FinishError {
		p.config.Log.Warn("the engine broke an answer off", "err", fault(err))
	}
	if !client.begun && used.Finish != protocol.FinishAbort { // nothing came, not even an error
		return engineFailed()
	}
	cost, err := o.offer.BillUp(used.Usage, used.Finish)
	if err != nil {
		p.config.Log.Error("an answer has no price") // the error quotes what was used
		panic(http.ErrAbortHandler)                  // see below
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
	if used.Finish == protocol.FinishAbort {
		// Somebody may be there all the same: half a connection can be closed on the way. What was cut short must not
		// look complete. The bill can be asked for.
		panic(http.ErrAbortHandler)
	}
	w.Header().Set(http.TrailerPrefix+protocol.TrailerReceipt, protocol.EncodeReceipt(p.sign(receipt)))
	return nil
}

func (p *Pod) askEngine(ctx context.Context, path string, o order) (*http.Response, error) {
	body := o.prepared.Body
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://localhost"+path, newWipedBody(body))
	if err != nil {
		return nil, err
	}
	req.ContentLength = int64(len(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(HeaderEngineAccount, p.account(o.account))
	resp, err := p.config.Engine.RoundTrip(req)
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return nil, errClientGone
	}
	if err != nil {
		p.config.Log.Error("the engine does not answer", "err", fault(err))
		return nil, engineFailed()
	}
	return resp, nil
}

func engineFailed() error {
	return problem(protocol.ProblemEngine, http.StatusBadGateway, "the engine failed", "nothing is billed; try again, or another pod")
}

// fault is what may be logged of an error on the engine's connection: net/http quotes what it cannot parse, and that
// can be a prompt or an answer.
func fault(err error) string {
	switch op := (*net.OpError)(nil); {
	case err == nil:
		return "it said so itself"
	case errors.Is(err, context.DeadlineExceeded):
		return "it took too long"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "it ended too early"
	case errors.Is(err, meter.ErrAnswer):
		return err.Error() // quotes nothing
	case errors.As(err, &op):
		return op.Error()
	}
	return fmt.Sprintf("%T", err)
}

// passRefusal hands the engine's own words on, in its own form, so that tools see what they know. Nothing is billed.
func (p *Pod) passRefusal(w http.ResponseWriter, resp *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxRefusal+1))
	if err != nil || len(body) > maxRefusal || resp.StatusCode < 400 || resp.StatusCode >= 500 {
		p.config.Log.Error("the engine failed", "status", resp.StatusCode)
		return engineFailed()
	}
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	w.WriteHeader(resp.StatusCode)
	_, _ = w.Write(body) // the client is gone: nobody to tell
	return nil
}

// clientSide is where the meter forwards to: it hashes what it could seal, and flushes each piece so that it streams.
type clientSide struct {
	w          http.ResponseWriter
	controller *http.ResponseController
	hash       hash.Hash
	leave      func() // is called when the client is gone
	durable    func() error
	begun      bool  // something may have reached the client
	lost       error // the voucher did not reach the disk: nothing may leave
}

var errClientGone = errors.New("the client is gone")

func (c *clientSide) Write(b []byte) (n int, err error) {
	defer func() {
		if err != nil {
			c.leave()
		}
	}()
	if !c.begun {
		if c.lost = c.durable(); c.lost != nil {
			return 0, c.lost
		}
	}
	if envelope.Waited(c.w) > slowLimit {
		return 0, errClientGone
	}
	c.begun = true
	if _, err := c.w.Write(b); err != nil {
		return 0, errClientGone
	}
	if err := c.controller.Flush(); err != nil {
		return 0, errClientGone
	}
	c.hash.Write(b)
	return len(b), nil
}
