package chain

import (
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

func in(d time.Duration) uint64 { return uint64(time.Now().Add(d).Unix()) }

// funded is an owner with so much in the escrow.
func funded(t *testing.T, amount protocol.Amount) *Transactor {
	t.Helper()
	owner := transactor(t)
	mint(t, owner.Address(), amount)
	if _, err := owner.Deposit(t.Context(), amount); err != nil {
		t.Fatal(err)
	}
	return owner
}

func wantAvail(t *testing.T, c *Client, owner protocol.Address, want uint64) {
	t.Helper()
	if account, err := c.Account(t.Context(), owner); err != nil || account.Avail != protocol.Units(want) {
		t.Errorf("available: want %d, got %v, %v", want, account.Avail, err)
	}
}

func TestSignedMoney(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	relayer, holder := transactor(t), newKey(t) // which has no gas at all
	d := relayer.Domain()
	mint(t, holder.Address(), protocol.Units(1000))
	if paused, err := relayer.Paused(ctx); err != nil || paused {
		t.Errorf("paused: %v, %v", paused, err)
	}

	// In, by permit: anyone sends it, the holder is credited, once.
	p := Permit{Holder: holder.Address(), Amount: protocol.Units(700), Deadline: in(time.Hour)}
	digest, err := relayer.PermitDigest(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	signature := holder.Sign(digest)
	more := p
	more.Amount = protocol.Units(701)
	if _, err := relayer.DepositWithPermit(ctx, more, signature); !IsRevert(err, "BadSignature") {
		t.Errorf("a permit for another amount: %v", err)
	}
	if _, err := relayer.DepositWithPermit(ctx, p, signature); err != nil {
		t.Fatal(err)
	}
	if _, err := relayer.DepositWithPermit(ctx, p, signature); !IsRevert(err, "PermitUsed") {
		t.Errorf("the permit again: %v", err)
	}
	wantAvail(t, relayer.Client, holder.Address(), 700)

	// In, for somebody else.
	mint(t, relayer.Address(), protocol.Units(50))
	if _, err := relayer.DepositFor(ctx, holder.Address(), protocol.Units(50)); err != nil {
		t.Fatal(err)
	}
	wantAvail(t, relayer.Client, holder.Address(), 750)

	// Out, by a signature: the relayer gets the fee, once.
	w := protocol.Withdraw{Owner: holder.Address(), To: newKey(t).Address(), Amount: protocol.Units(600), Fee: protocol.Units(9), Nonce: 3, Deadline: in(time.Hour)}
	signed := protocol.SignedWithdraw{Withdraw: w, Signature: holder.Sign(d.Digest(w))}
	forged := signed
	forged.To = relayer.Address()
	if _, err := relayer.WithdrawFor(ctx, forged); !IsRevert(err, "BadSignature") {
		t.Errorf("a withdrawal to somebody else: %v", err)
	}
	if _, err := relayer.WithdrawFor(ctx, signed); err != nil {
		t.Fatal(err)
	}
	if _, err := relayer.WithdrawFor(ctx, signed); !IsRevert(err, "BadNonce") {
		t.Errorf("the withdrawal again: %v", err)
	}
	late := w
	late.Nonce, late.Deadline = 4, in(-time.Hour)
	if _, err := relayer.WithdrawFor(ctx, protocol.SignedWithdraw{Withdraw: late, Signature: holder.Sign(d.Digest(late))}); !IsRevert(err, "Late") {
		t.Errorf("a late withdrawal: %v", err)
	}
	wantAvail(t, relayer.Client, holder.Address(), 141)
	for who, want := range map[protocol.Address]uint64{w.To: 600, relayer.Address(): 9, holder.Address(): 300} {
		if got, err := relayer.TokenBalance(ctx, who); err != nil || got != protocol.Units(want) {
			t.Errorf("tokens of %s: want %d, got %v, %v", who.Short(), want, got, err)
		}
	}
}

// A token that lacks what a signed deposit needs is named as what it is, before anybody signs or pays.
func TestTokenWithoutPermits(t *testing.T) {
	t.Parallel()
	holder := transactor(t)
	a := Authorization{Holder: holder.Address(), Amount: protocol.Units(1), ValidBefore: in(time.Hour), Nonce: protocol.Hash{7}}
	if _, err := holder.AuthorizationDigest(t.Context(), a); !errors.Is(err, ErrNoPermit) || !strings.Contains(err.Error(), "EIP-3009") {
		t.Errorf("authorization: %v", err)
	}
	if _, err := holder.DepositWithAuthorization(t.Context(), a, protocol.Signature{}); err == nil {
		t.Error("a deposit by authorization with a token that has none went through")
	}
	for name, at := range map[string]protocol.Address{"a contract without it": protocol.Address(holder.escrow), "no contract": newKey(t).Address()} {
		c := transactorOf(t, profile(t), newKey(t)).Client
		c.token = addressOf(at)
		if _, err := c.PermitDigest(t.Context(), Permit{Holder: holder.Address(), Amount: protocol.Units(1)}); !errors.Is(err, ErrNoPermit) || !strings.Contains(err.Error(), "approve") {
			t.Errorf("permit of %s: %v", name, err)
		}
	}
	// As published with EIP-3009 and EIP-2612.
	if got := receiveType.String(); got != "0xd099cc98ef71107a616c4f0f941f04c322d8e254fe26b3c6668db87aae413de8" {
		t.Errorf("type of an authorization: %s", got)
	}
	if got := permitType.String(); got != "0x6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c9" {
		t.Errorf("type of a permit: %s", got)
	}
}

// signingContract accepts a signature whose r is this word, as ERC-1271 has it, and no other.
func signingContract(t *testing.T, deployer *Transactor, r [32]byte) protocol.Address {
	t.Helper()
	runtime := "60003560e01c60e01b" + "606435" + "7f" + hex.EncodeToString(r[:]) + "14" + "02" + "600052" + "60206000f3"
	code, err := hex.DecodeString("60" + hex.EncodeToString([]byte{byte(len(runtime) / 2)}) + "80600b6000396000f3" + runtime)
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := deployer.send(t.Context(), request{what: "deploy", data: code})
	if err != nil {
		t.Fatal(err)
	}
	return protocol.Address(receipt.ContractAddress)
}

// What a contract signed is for it to say, and the chain is asked; what an account with a delegation signed is not.
func TestContractOwner(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	operator := transactor(t)
	pod := register(t, operator)
	good := protocol.Signature{0: 1, 31: 0x55}
	owner := signingContract(t, operator, good.R())
	mint(t, operator.Address(), protocol.Units(100))
	if _, err := operator.DepositFor(ctx, owner, protocol.Units(100)); err != nil {
		t.Fatal(err)
	}
	o := protocol.OpenSession{
		SessionKey: protocol.SessionKey{Owner: owner, Signer: newKey(t).Address(), Pod: pod.pod, Salt: 0},
		Cap:        protocol.Units(60), Expiry: in(2 * time.Hour), Deadline: in(time.Hour),
	}
	bad := good
	bad[31]++
	done, facts, err := operator.OpenSessions(ctx, pod.pod, []protocol.SignedOpen{{OpenSession: o, Signature: bad}})
	if err != nil || !done.Tx.IsZero() || !strings.Contains(facts[0].Refused, "not signed") {
		t.Errorf("what the contract did not sign: %+v %+v %v", done, facts, err)
	}
	done, facts, err = operator.OpenSessions(ctx, pod.pod, []protocol.SignedOpen{{OpenSession: o, Signature: good}})
	if err != nil || done.Tx.IsZero() || facts[0].Refused != "" || facts[0].Cap != o.Cap {
		t.Errorf("what the contract signed: %+v %+v %v", done, facts, err)
	}

	asked := 0
	p := meddler(t, func(method string, forward func() json.RawMessage) json.RawMessage {
		if method == "eth_getCode" && asked > 0 {
			return json.RawMessage(`"0xef0100` + owner.String()[2:] + `"`)
		}
		return forward()
	})
	c := transactorOf(t, p, newKey(t))
	asked++
	if ok, err := c.signedBy(ctx, owner, protocol.Hash{1}, good); ok || err != nil {
		t.Errorf("an account with a delegation: %v, %v", ok, err)
	}
	if ok, err := c.signedBy(ctx, protocol.Address{}, protocol.Hash{1}, good); ok || err != nil {
		t.Errorf("nobody: %v, %v", ok, err)
	}
}

//go:embed testdata/AuthToken.hex
var authToken string

// A deposit by EIP-3009, with a network whose token has it.
func TestDepositWithAuthorization(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	relayer, holder := transactor(t), newKey(t)
	token, err := relayer.create(ctx, "token", strings.TrimSpace(authToken), nil)
	if err != nil {
		t.Fatal(err)
	}
	bare := profile(t)
	bare.Escrow, bare.Registry, bare.Token = "", "", protocol.Address(token).String()
	other, err := Deploy(ctx, bare, relayer.key, Terms{Delay: NoDelay}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	relayer = transactorOf(t, other, relayer.key)
	if _, err := relayer.do(ctx, "transfer", relayer.token, relayer.tokenABI.PackTransfer(addressOf(holder.Address()), protocol.Units(500).Big())); err != nil {
		t.Fatal(err)
	}
	if _, err := relayer.PermitDigest(ctx, Permit{Holder: holder.Address(), Amount: protocol.Units(1)}); !errors.Is(err, ErrNoPermit) {
		t.Errorf("a permit of a token without: %v", err)
	}

	a := Authorization{Holder: holder.Address(), Amount: protocol.Units(300), ValidBefore: in(time.Hour), Nonce: protocol.Hash{0x30, 0x09}}
	digest, err := relayer.AuthorizationDigest(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := relayer.DepositWithAuthorization(ctx, a, relayer.key.Sign(digest)); err == nil || !strings.Contains(err.Error(), "invalid signature") {
		t.Errorf("an authorization that the holder did not sign: %v", err)
	}
	if _, err := relayer.DepositWithAuthorization(ctx, a, holder.Sign(digest)); err != nil {
		t.Fatal(err)
	}
	wantAvail(t, relayer.Client, holder.Address(), 300)
	if _, err := relayer.DepositWithAuthorization(ctx, a, holder.Sign(digest)); err == nil || !strings.Contains(err.Error(), "is used") {
		t.Errorf("the authorization again: %v", err)
	}
}
