package chain

import (
	"context"
	"time"

	"github.com/phallama/phallama/protocol"
)

// funds are what the orders of one transaction lock from, as the escrow will count them: accounts, and delegates'
// budgets.
type funds struct {
	client    *Client
	accounts  map[protocol.Address]protocol.Account
	delegates map[[2]protocol.Address]protocol.DelegateAccount // by owner and key
}

func (c *Client) newFunds() *funds {
	return &funds{c, map[protocol.Address]protocol.Account{}, map[[2]protocol.Address]protocol.DelegateAccount{}}
}

func delegateOf(o protocol.SignedOpen) [2]protocol.Address {
	return [2]protocol.Address{o.Owner, o.Signer}
}

// refuses is why the escrow would skip an order as things stand, or nil: a code of IEscrow.OpenSkip.
func (f *funds) refuses(ctx context.Context, o protocol.SignedOpen) (*uint8, error) {
	why := func(code uint8) (*uint8, error) { return &code, nil }
	account, known := f.accounts[o.Owner]
	if !known {
		var err error
		if account, err = f.client.Account(ctx, o.Owner); err != nil {
			return nil, err
		}
		f.accounts[o.Owner] = account
	}
	signed, err := f.client.signedBy(ctx, o.Authority(), f.client.domain.Digest(o.OpenSession), o.Signature)
	if err != nil {
		return nil, err
	}
	if !signed {
		return why(refusedSignature)
	}
	if o.Delegated() {
		d, known := f.delegates[delegateOf(o)]
		if !known {
			if d, err = f.client.Delegate(ctx, o.Owner, o.Signer); err != nil {
				return nil, err
			}
			f.delegates[delegateOf(o)] = d
		}
		switch {
		case !d.CanUse(o.Nonce):
			return why(refusedNonce)
		case o.Cap.Cmp(d.Left()) > 0 || uint64(time.Now().Unix()) > d.Expiry+clockSkew:
			return why(refusedDelegate)
		case o.Expiry > d.Expiry:
			return why(refusedExpiry)
		}
	} else if !account.CanUse(o.Nonce) {
		return why(refusedNonce)
	}
	if o.Cap.Cmp(account.Avail) > 0 {
		return why(refusedBalance)
	}
	return nil, nil
}

// clockSkew is how far this machine's clock may be ahead of the chain's before an order is refused for its time.
const clockSkew = 300

// take counts an order that will be executed.
func (f *funds) take(o protocol.SignedOpen) {
	account := f.accounts[o.Owner]
	account.Avail = account.Avail.SubDown(o.Cap)
	f.accounts[o.Owner] = account
	if d, ok := f.delegates[delegateOf(o)]; ok && o.Delegated() {
		// An amount that does not fit was not within what was left.
		if used, err := d.Used.Add(o.Cap); err == nil {
			d.Used = used
		}
		f.delegates[delegateOf(o)] = d
	}
}
