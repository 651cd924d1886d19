package protocol

// A delegate is a key that an owner lets open sessions from its balance, up to a budget and until a time. Its sessions
// have the delegate as their signer, and salts of their own.
const (
	// DelegateSalt is the bit of a salt that says whose nonces name the session: the owner's, or with it the delegate's.
	DelegateSalt uint64 = 1 << 63

	// DelegateWindowSize is how many nonces a delegate's window holds, DelegateNonceLimit the first that it never takes.
	DelegateWindowSize = 8
	DelegateNonceLimit = 1<<24 - DelegateWindowSize

	// How far above the window a nonce may lie.
	maxNonceJump         = 4096
	maxDelegateNonceJump = 255
)

// Delegated reports whether a delegate opens and adds to the session, and not its owner.
func (k SessionKey) Delegated() bool { return k.Salt&DelegateSalt != 0 }

// Authority is who signs orders about the session.
func (k SessionKey) Authority() Address {
	if k.Delegated() {
		return k.Signer
	}
	return k.Owner
}

// Opens reports whether the order opens a session; otherwise it adds to one.
func (o OpenSession) Opens() bool { return o.Salt&^DelegateSalt == o.Nonce }

// DelegateAccount is what an owner lets a key lock, and which of the key's nonces are free.
type DelegateAccount struct {
	Cap         Amount `json:"cap"`    // what it may lock in all; none: it was revoked, or never was one
	Used        Amount `json:"used"`   // what it has locked, less what came back
	Expiry      uint64 `json:"expiry"` // Unix seconds
	NonceBase   uint64 `json:"nonceBase"`
	NonceWindow uint8  `json:"-"` // bit i (from the right) is nonce NonceBase+i
}

// Left is what the delegate may still lock: nothing where its budget was cut below what it has used.
func (d DelegateAccount) Left() Amount { return d.Cap.SubDown(d.Used) }

// FreeNonce is the lowest unused nonce at or above from. CanUse says whether the escrow would take it.
func (d DelegateAccount) FreeNonce(from uint64) uint64 {
	nonce := max(from, d.NonceBase)
	for nonce < d.NonceBase+DelegateWindowSize && d.NonceWindow>>(nonce-d.NonceBase)&1 != 0 {
		nonce++
	}
	return nonce
}

// CanUse reports whether the escrow takes the nonce: unused, and not too far above the window.
func (d DelegateAccount) CanUse(nonce uint64) bool {
	return nonce < DelegateNonceLimit && d.FreeNonce(nonce) == nonce && nonce < d.NonceBase+DelegateWindowSize+maxDelegateNonceJump
}

// CanUse reports whether the escrow takes the nonce: unused, and not too far above the window.
func (a Account) CanUse(nonce uint64) bool {
	return nonce < DelegateSalt && a.FreeNonce(nonce) == nonce && nonce-a.NonceBase < NonceWindowSize+maxNonceJump
}
