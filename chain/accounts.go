package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/protocol"
)

// ErrNoPermit says that a token takes no signed deposits of that kind.
var ErrNoPermit = errors.New("the token does not take signed deposits")

// DepositFor moves tokens of the account into the escrow to the credit of somebody else, who alone can take them out.
func (t *Transactor) DepositFor(ctx context.Context, owner protocol.Address, amount protocol.Amount) (Included, error) {
	if err := t.approve(ctx, amount); err != nil {
		return Included{}, err
	}
	return t.do(ctx, "deposit for "+owner.String(), t.escrow, t.escrowABI.PackDepositFor(common.Address(owner), amount.Big()))
}

// approve lets the escrow take tokens of the account, if it may not yet.
func (t *Transactor) approve(ctx context.Context, amount protocol.Amount) error {
	from := common.Address(t.Address())
	allowed, err := call(ctx, t.Client, "read the escrow's allowance", t.token, t.tokenABI.PackAllowance(from, t.escrow), t.tokenABI.UnpackAllowance)
	if err != nil {
		return err
	}
	if allowed.Cmp(amount.Big()) < 0 {
		_, err = t.do(ctx, "approve the deposit", t.token, t.tokenABI.PackApprove(t.escrow, amount.Big()))
	}
	return err
}

// Types of what holders sign for tokens, under the token's own domain.
var (
	permitType  = protocol.Keccak256([]byte("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"))
	receiveType = protocol.Keccak256([]byte("ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"))
)

// Permit is a holder's word that the escrow may take Amount of its tokens until Deadline (EIP-2612).
type Permit struct {
	Holder   protocol.Address `json:"holder"`
	Amount   protocol.Amount  `json:"amount"`
	Deadline uint64           `json:"deadline"` // Unix seconds
}

// PermitDigest is what the holder signs, under the token's present domain and the holder's present nonce with it. It
// wraps ErrNoPermit where the token has no permits.
func (c *Client) PermitDigest(ctx context.Context, p Permit) (protocol.Hash, error) {
	none := func(err error) (protocol.Hash, error) {
		return protocol.Hash{}, fmt.Errorf("permit: token %s: %w by permit (EIP-2612): approve and deposit with a transaction instead (%w)", protocol.Address(c.token), ErrNoPermit, err)
	}
	separator, err := call(ctx, c, "ask the token for its domain", c.token, c.tokenABI.PackDOMAINSEPARATOR(), c.tokenABI.UnpackDOMAINSEPARATOR)
	if lacks(err) {
		return none(err)
	}
	if err != nil {
		return protocol.Hash{}, err
	}
	nonce, err := call(ctx, c, "ask the token for the holder's nonce", c.token, c.tokenABI.PackNonces(common.Address(p.Holder)), c.tokenABI.UnpackNonces)
	if lacks(err) {
		return none(err)
	}
	if err != nil {
		return protocol.Hash{}, err
	}
	escrow := protocol.Address(c.escrow)
	return tokenDigest(separator, permitType, word(p.Holder[:]), word(escrow[:]), word(p.Amount.Big().Bytes()), word(nonce.Bytes()),
		word(new(big.Int).SetUint64(p.Deadline).Bytes())), nil
}

// DepositWithPermit deposits on the strength of the holder's signature over PermitDigest. It credits the holder, whoever
// sends it.
func (t *Transactor) DepositWithPermit(ctx context.Context, p Permit, s protocol.Signature) (Included, error) {
	v, r, low := vrs(s)
	return t.do(ctx, "deposit by permit of "+p.Holder.String(), t.escrow,
		t.escrowABI.PackDepositWithPermit(common.Address(p.Holder), p.Amount.Big(), new(big.Int).SetUint64(p.Deadline), v, r, low))
}

// Authorization is a holder's word that the escrow may take Amount of its tokens within a time (EIP-3009). The nonce is
// any that the holder has not used.
type Authorization struct {
	Holder      protocol.Address `json:"holder"`
	Amount      protocol.Amount  `json:"amount"`
	ValidAfter  uint64           `json:"validAfter"`  // Unix seconds
	ValidBefore uint64           `json:"validBefore"` // Unix seconds
	Nonce       protocol.Hash    `json:"nonce"`
}

// AuthorizationDigest is what the holder signs, under the token's domain. It wraps ErrNoPermit where the token has no
// authorizations.
func (c *Client) AuthorizationDigest(ctx context.Context, a Authorization) (protocol.Hash, error) {
	selector := protocol.Keccak256([]byte("authorizationState(address,bytes32)"))
	holder := word(a.Holder[:])
	question := append(append(selector[:4:4], holder[:]...), a.Nonce[:]...)
	separator, err := call(ctx, c, "ask the token for its domain", c.token, c.tokenABI.PackDOMAINSEPARATOR(), c.tokenABI.UnpackDOMAINSEPARATOR)
	if err == nil {
		_, err = call(ctx, c, "ask the token for the authorization's state", c.token, question, func(raw []byte) (bool, error) {
			if len(raw) != 32 {
				return false, fmt.Errorf("want 32 bytes, got %d", len(raw))
			}
			return raw[31] == 1, nil
		})
	}
	if lacks(err) {
		return protocol.Hash{}, fmt.Errorf("authorization: token %s: %w by authorization (EIP-3009): use a permit, or approve and deposit with a transaction (%w)", protocol.Address(c.token), ErrNoPermit, err)
	}
	if err != nil {
		return protocol.Hash{}, err
	}
	return a.digest(separator, protocol.Address(c.escrow)), nil
}

func (a Authorization) digest(separator protocol.Hash, escrow protocol.Address) protocol.Hash {
	return tokenDigest(separator, receiveType, word(a.Holder[:]), word(escrow[:]), word(a.Amount.Big().Bytes()),
		word(new(big.Int).SetUint64(a.ValidAfter).Bytes()), word(new(big.Int).SetUint64(a.ValidBefore).Bytes()), a.Nonce)
}

// DepositWithAuthorization deposits on the strength of the holder's signature over AuthorizationDigest. It credits the
// holder, whoever sends it.
func (t *Transactor) DepositWithAuthorization(ctx context.Context, a Authorization, s protocol.Signature) (Included, error) {
	v, r, low := vrs(s)
	return t.do(ctx, "deposit by authorization of "+a.Holder.String(), t.escrow,
		t.escrowABI.PackDepositWithAuthorization(common.Address(a.Holder), a.Amount.Big(), new(big.Int).SetUint64(a.ValidAfter),
			new(big.Int).SetUint64(a.ValidBefore), a.Nonce, v, r, low))
}

// WithdrawFor executes an owner's signed withdrawal; the account gets its fee.
func (t *Transactor) WithdrawFor(ctx context.Context, w protocol.SignedWithdraw) (Included, error) {
	what := "withdraw for " + w.Owner.String()
	if w.Deadline > maxTime {
		return Included{}, errors.New(what + ": its deadline does not fit 40 bits")
	}
	return t.do(ctx, what, t.escrow, t.escrowABI.PackWithdrawFor(common.Address(w.Owner), common.Address(w.To), w.Amount.Big(), w.Fee.Big(),
		w.Nonce, new(big.Int).SetUint64(w.Deadline), w.Signature[:]))
}

// Paused reports whether governance's guardian has stopped deposits and openings.
func (c *Client) Paused(ctx context.Context) (bool, error) {
	return call(ctx, c, "ask whether the escrow is paused", c.escrow, c.escrowABI.PackPaused(), c.escrowABI.UnpackPaused)
}

// lacks reports whether a contract was reached and does not have what it was asked for.
func lacks(err error) bool {
	var revert *RevertError
	return err != nil && (errors.As(err, &revert) || errors.Is(err, errUnexpected) || isAnswer(err) && strings.Contains(err.Error(), "revert"))
}

// vrs is a signature as tokens take it.
func vrs(s protocol.Signature) (v uint8, r, low [32]byte) {
	low = s.VS()
	v = 27 + low[0]>>7
	low[0] &= 0x7f
	return v, s.R(), low
}

// tokenDigest is EIP-712's under a token's own domain.
func tokenDigest(separator, typeHash protocol.Hash, words ...[32]byte) protocol.Hash {
	body := append([]byte(nil), typeHash[:]...)
	for _, w := range words {
		body = append(body, w[:]...)
	}
	hash := protocol.Keccak256(body)
	return protocol.Keccak256([]byte{0x19, 0x01}, separator[:], hash[:])
}

func word(b []byte) (w [32]byte) {
	copy(w[32-len(b):], b)
	return w
}

// Contracts answer what they signed within this gas, and calls of theirs cost some before.
const (
	erc1271Gas  = 100_000
	erc1271Call = erc1271Gas + 30_000
)

// signedBy reports whether an account signed, as the escrow sees it: with its key, or as a contract that says so
// (ERC-1271). An account whose code is an EIP-7702 delegation signs with its key.
func (c *Client) signedBy(ctx context.Context, by protocol.Address, digest protocol.Hash, s protocol.Signature) (bool, error) {
	if s.Verify(digest, by) == nil {
		return true, nil
	}
	if by.IsZero() {
		return false, nil
	}
	at := common.Address(by)
	code, err := c.eth.CodeAt(ctx, at, nil)
	if err != nil {
		return false, c.failed("read the code of "+by.String(), err)
	}
	if _, delegated := delegation(code); len(code) == 0 || delegated {
		return false, nil
	}
	selector := protocol.Keccak256([]byte("isValidSignature(bytes32,bytes)"))
	question := append(selector[:4:4], digest[:]...)
	for _, n := range []int64{64, int64(len(s))} { // where the bytes begin, and how many they are
		w := word(big.NewInt(n).Bytes())
		question = append(question, w[:]...)
	}
	question = append(question, s[:]...)
	answer, err := c.eth.CallContract(ctx, ethereum.CallMsg{From: c.escrow, To: &at, Gas: erc1271Call, Data: question}, nil)
	if isAnswer(err) {
		return false, nil // it reverts, or burns too much
	}
	if err != nil {
		return false, c.failed("ask "+by.String()+" what it signed", err)
	}
	want := [32]byte{0: selector[0], 1: selector[1], 2: selector[2], 3: selector[3]}
	return len(answer) >= 32 && [32]byte(answer[:32]) == want, nil
}

// delegation is whom an EIP-7702 account's code delegates to.
func delegation(code []byte) (to protocol.Address, ok bool) {
	if len(code) != 23 || code[0] != 0xef || code[1] != 0x01 || code[2] != 0 {
		return protocol.Address{}, false
	}
	return protocol.Address(code[3:]), true
}
