package pod

import (
	"math/big"
	"time"

	"github.com/phallama/phallama/protocol"
)

// figures are what a status says of requests and money. The host may ask for them at any time and as often as it likes:
// they stay the same for a while, and the amount is a multiple of a step, so that two of them do not tell what one request
// came to.
type figures struct {
	at         time.Time // zero: none were published
	unsettled  protocol.Amount
	owing      int
	owingUntil uint64
	open       int
}

// figures are those published last, or new ones if it is time.
func (p *Pod) figures() figures {
	p.mu.Lock()
	last, open := p.published, p.open
	p.mu.Unlock()
	now := p.config.Now()
	if age := now.Sub(last.at); !last.at.IsZero() && age >= 0 && age < p.config.PublishEvery {
		return last
	}
	f := figures{at: now, unsettled: roundDown(p.config.Ledger.Totals().Unsettled, p.step), open: open}
	f.owing, f.owingUntil = p.config.Ledger.Owing()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.published.at != last.at { // by somebody who asked at the same time
		return p.published
	}
	p.published = f
	return f
}

// publishStep is the most that one request can cost under any of the offers: one request moves a published amount by one
// step at most, and most requests do not move it. One for many texts to be embedded may move it by several: by what its
// length says, which the host sees anyway.
func publishStep(offers []protocol.Offer) (step protocol.Amount) {
	for _, o := range offers {
		most, err := o.MaxCostUp(protocol.MaxRequestBody, o.MaxOut)
		if err != nil { // beyond all amounts
			most = protocol.MaxAmount
		}
		step = protocol.MaxAmountOf(step, most)
	}
	return step
}

func roundDown(amount, step protocol.Amount) protocol.Amount {
	if step.IsZero() {
		return amount
	}
	units := amount.Big()
	units.Sub(units, new(big.Int).Mod(units, step.Big()))
	rounded, err := protocol.AmountFromBig(units)
	if err != nil {
		panic(err) // less than an amount
	}
	return rounded
}
