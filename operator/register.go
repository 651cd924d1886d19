package operator

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// A registrationError says that what the pod hands out for the registry is no good.
type registrationError struct{ err error }

func (e *registrationError) Error() string { return "the pod's registration: " + e.err.Error() }
func (e *registrationError) Unwrap() error { return e.err }

// due reports whether the registry has to be brought up to date.
func (a *Agent) due(status protocol.Status) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return status.Identity != a.identity || !time.Now().Before(a.renewAt)
}

// keyDue reports whether it is time for another key alone. Clients whose key is stale learn the next from the pod.
func (a *Agent) keyDue() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return !time.Now().Before(a.keyAfter)
}

// renewNow has the registry brought up to date as soon as the pod is ready, and tried until it is.
func (a *Agent) renewNow() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.renewAt = time.Time{}
}

// register brings the pod's record on the registry up to date, with as small a transaction as will do. The first time it
// asks the pod even if the record looks current: an agent before this one may have been handed a newer key, and not have
// published it.
func (a *Agent) register(ctx context.Context, status protocol.Status) error {
	if err := take(ctx, a.registering); err != nil {
		return err
	}
	defer func() { <-a.registering }()

	record, err := a.chain.Pod(ctx, a.pod)
	var unreadable *chain.RecordError
	known := err == nil || errors.As(err, &unreadable)
	if err != nil && !known && !errors.Is(err, chain.ErrNotFound) {
		return err
	}
	same := err == nil && !record.Retired && record.Identity == status.Identity && record.URL == a.cfg.PodURL
	if same && !a.due(status) {
		return nil
	}
	fresh, err := a.handOut(ctx, status)
	if err != nil {
		return err
	}

	ctx, cancel := context.WithTimeout(ctx, txTimeout)
	defer cancel()
	var done chain.Included
	what, next := "updated the pod's record", protocol.PodRecord{ValidUntil: fresh.ValidUntil, KeyConfig: fresh.KeyConfig, Offers: fresh.Offers}
	rest := record // without the key config, which can be replaced alone
	rest.KeyConfig.NotAfter = record.ValidUntil
	newRest := fresh.ValidUntil > record.ValidUntil || protocol.OffersHash(fresh.Offers) != protocol.OffersHash(record.Offers)
	switch {
	case !known:
		what = "registered the pod"
		var proof protocol.IdentityProof
		if proof, err = a.prove(ctx, fresh); err == nil {
			done, _, err = a.chain.Register(ctx, a.cfg.Salt, fresh.Registration, proof, a.cfg.PodURL)
		}
	case !same, newRest && !time.Now().Before(renewal(rest)):
		var proof protocol.IdentityProof
		if proof, err = a.prove(ctx, fresh); err == nil {
			done, err = a.chain.Update(ctx, a.pod, fresh.Registration, proof, a.cfg.PodURL)
		}
	case fresh.KeyConfig.Epoch > record.KeyConfig.Epoch:
		what, next = "published the pod's next key config", record
		next.KeyConfig = fresh.KeyConfig
		if done, err = a.chain.PublishKeyConfig(ctx, a.pod, fresh.KeyConfig); err == nil {
			a.mu.Lock()
			a.keyAfter = time.Now().Add(keysApart)
			a.mu.Unlock()
		}
	default:
		what, next = "the pod is on the registry", record
	}
	if permanent(err) {
		a.handed = nil
	}
	if err != nil {
		return err
	}
	a.handed = nil
	a.log.Info(what, "identity", fresh.Identity.Short(), "url", a.cfg.PodURL, "tx", done.Tx, "gas", done.GasUsed)
	a.onRegistry(fresh.Identity, latest(renewal(next), time.Now().Add(renewRetry)))
	return nil
}

// A handedOut is a registration that the pod gave and that is not published yet.
type handedOut struct {
	protocol.Registration
	block protocol.Hash // that dates its quote
	at    time.Time
}

// handOut has the pod hand out a registration, unless one is left from an attempt shortly before: the pod forgets the keys
// before the one in it a little later, and should not sign a quote at each attempt.
func (a *Agent) handOut(ctx context.Context, status protocol.Status) (*handedOut, error) {
	if h := a.handed; h != nil && h.Identity == status.Identity && time.Since(h.at) < handedOutFor {
		return h, nil
	}
	block, err := a.chain.QuoteBlock(ctx)
	if err != nil {
		return nil, err
	}
	fresh, err := a.control.registration(ctx, block)
	if err != nil {
		return nil, err
	}
	if fresh.Identity != status.Identity {
		return nil, fmt.Errorf("the pod's status names identity %s and its registration %s: it has just restarted", status.Identity, fresh.Identity)
	}
	if err := a.check(fresh, block.Hash); err != nil {
		return nil, &registrationError{err}
	}
	a.handed = &handedOut{fresh, block.Hash, time.Now()}
	return a.handed, nil
}

// prove gathers what the registry wants to see of an identity: the quote without its certificates, the key that
// certifies it, whose platform is registered first, and the header of the block that dates it.
func (a *Agent) prove(ctx context.Context, h *handedOut) (protocol.IdentityProof, error) {
	evidence, err := attest.ParseEvidence(attest.Kind(h.Kind), h.Evidence)
	if err != nil {
		return protocol.IdentityProof{}, &registrationError{err}
	}
	quote, certificate, err := evidence.Split()
	if err != nil {
		return protocol.IdentityProof{}, &registrationError{err}
	}
	proof := protocol.IdentityProof{Quote: quote}
	if len(certificate) > 0 {
		if proof.PCKX, proof.PCKY, err = chain.PCKKey(certificate); err != nil {
			return protocol.IdentityProof{}, &registrationError{err}
		}
		done, err := a.chain.RegisterPlatform(ctx, certificate)
		if err != nil {
			return protocol.IdentityProof{}, err
		}
		if !done.Tx.IsZero() {
			a.log.Info("registered the platform", "tx", done.Tx, "gas", done.GasUsed)
		}
	}
	proof.Header, err = a.chain.Header(ctx, h.block)
	return proof, err
}

// onRegistry remembers what the registry says of the pod.
func (a *Agent) onRegistry(identity protocol.Address, renewAt time.Time) {
	a.mu.Lock()
	restarted := a.identity != identity
	a.identity, a.renewAt = identity, renewAt
	a.mu.Unlock()
	if restarted { // and so it may have forgotten what the chain says
		a.sessions.forgetTold()
		signal(a.refreshSoon)
	}
}

// renewal is when a record has to be renewed: some time before the first part of it ends.
func renewal(r protocol.PodRecord) time.Time {
	end := min(r.ValidUntil, r.KeyConfig.NotAfter)
	for _, o := range r.Offers {
		end = min(end, o.ValidUntil)
	}
	return time.Unix(int64(end), 0).Add(-renewBefore)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// check tells whether a registration can be published. It saves gas and says what is wrong in words; clients trust the
// evidence alone.
func (a *Agent) check(r protocol.Registration, block protocol.Hash) error {
	now, domain := uint64(time.Now().Unix()), a.chain.Domain()
	switch {
	case r.Identity.IsZero():
		return errors.New("it names no identity")
	case len(r.Evidence) == 0:
		return errors.New("it holds no evidence")
	case r.ValidUntil <= now:
		return fmt.Errorf("it was valid until %d (Unix), and it is %d: check the clocks of pod and host", r.ValidUntil, now)
	case len(r.Offers) == 0:
		return errors.New("it offers no model: set a price for at least one in the pod's spec")
	}
	if err := r.KeyConfig.Verify(domain, r.Identity, now); err != nil {
		return err
	}
	for _, o := range r.Offers {
		switch {
		case o.Pod != a.pod:
			return fmt.Errorf("its offer for %s is of pod %s and this is pod %s: registry, operator and salt must be the same in the pod's spec and the agent's configuration", o.Model, o.Pod, a.pod)
		case o.ValidUntil <= now:
			return fmt.Errorf("its offer for %s was valid until %d (Unix), and it is %d", o.Model, o.ValidUntil, now)
		}
		if err := o.Signature.Verify(domain.Digest(o.Offer), r.Identity); err != nil {
			return fmt.Errorf("its offer for %s is not signed by identity %s for escrow %s on chain %d", o.Model, r.Identity, domain.Escrow, domain.ChainID)
		}
	}
	return a.checkQuote(r, block)
}

// checkQuote tells whether the quote binds this identity and the block that was asked for. A quote over anybody's nonce does
// not, whoever asked for it.
func (a *Agent) checkQuote(r protocol.Registration, block protocol.Hash) error {
	evidence, err := attest.ParseEvidence(attest.Kind(r.Kind), r.Evidence)
	if err != nil {
		return err
	}
	got, err := evidence.ReportData()
	if err != nil {
		return err
	}
	domain := a.chain.Domain()
	identity := protocol.PodIdentity{
		ChainID: domain.ChainID, Registry: a.chain.Registry(), Escrow: domain.Escrow, Pod: a.pod, Operator: a.chain.Address(), Enclave: r.Identity,
	}
	if want := attest.ReportData(identity.ReportData(block)); got != want {
		return fmt.Errorf("its quote is over %s, and would have to be over %s, of this identity, operator and block: chain, registry, escrow, operator and pod must be the same in the pod's spec and the agent's configuration", got, want)
	}
	return nil
}
