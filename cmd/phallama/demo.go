package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
)

func (a *app) demoCommand() *cobra.Command {
	var form string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show one private query step by step (SIMULATED)",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			enclave, err := parseEnclave(form)
			if err != nil {
				return err
			}
			return a.demo(cmd.Context(), enclave)
		},
	}
	enclaveFlag(cmd, &form)
	a.shapeFlag(cmd)
	return cmd
}

// story collects what the client reports while the gateway's request goes its way.
type story struct {
	mu      sync.Mutex
	pod     protocol.PodRecord
	offer   protocol.Offer
	claims  *attest.Claims
	opened  *protocol.SignedOpen
	plain   int
	sealed  int
	receipt *protocol.SignedReceipt
}

func (s *story) trace() *client.Trace {
	locked := func(f func()) { s.mu.Lock(); defer s.mu.Unlock(); f() }
	return &client.Trace{
		PodSelected:    func(p protocol.PodRecord, o protocol.Offer) { locked(func() { s.pod, s.offer = p, o }) },
		Verified:       func(c attest.Claims) { locked(func() { s.claims = &c }) },
		SessionOpening: func(o protocol.SignedOpen) { locked(func() { s.opened = &o }) },
		Sealed:         func(plain, sealed int) { locked(func() { s.plain, s.sealed = plain, sealed }) },
		Receipt:        func(r protocol.SignedReceipt) { locked(func() { s.receipt = &r }) },
	}
}

// money is where the user's and the operator's balances stand on chain.
type money struct{ user, operator protocol.Amount }

func (a *app) demo(ctx context.Context, enclave devnet.Enclave) (err error) {
	fmt.Fprintln(a.out, a.out.bold("A private query, from end to end."), a.out.yellow(simulated))
	fmt.Fprintln(a.out, "\nStarting a network on this machine")
	config, err := a.devnetConfig("127.0.0.1:0", "127.0.0.1:0")
	if err != nil {
		return err
	}
	config.Enclave = enclave
	if err := a.chooseEngine(ctx, engineAuto, defaultModel, "", &config); err != nil {
		return err
	}
	var told story
	config.Progress = func(what, detail string) { a.out.step(what, "%s", detail) }
	config.Wrap = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r.WithContext(client.WithTrace(r.Context(), told.trace())))
		})
	}
	net, err := devnet.Start(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, net.Close()) }()
	before, err := balances(ctx, net, a.clientDir())
	if err != nil {
		return err
	}

	word := codeWord()
	fmt.Fprintf(a.out, "\nAsking %q through the gateway, as any tool would\n", "Repeat after me: "+word)
	var streamed pieces
	got, err := chat(ctx, net.Gateway, question{Model: defaultModel, Messages: []message{{"user", "Repeat after me: " + word}}}, &streamed)
	if err != nil {
		return err
	}
	if err := a.tell(&told, got, streamed.n, word); err != nil {
		return err
	}

	fmt.Fprintln(a.out, "\nSettling on chain")
	settled, err := net.Agent().SettleNow(ctx)
	if err != nil {
		return err
	}
	a.out.step("transaction", "%s", settled.Tx)
	a.out.step("settled", "%s with %d gas", count(settled.Rows, "row"), settled.GasUsed)
	after, err := balances(ctx, net, a.clientDir())
	if err != nil {
		return err
	}
	a.out.step("user", "%s → %s dPHA", before.user.Tokens(), after.user.Tokens())
	a.out.step("operator", "%s → %s dPHA", before.operator.Tokens(), after.operator.Tokens())
	if err := checkBooks(ctx, net, a.clientDir(), told.receipt.SessionID, settled.Charged, before, after); err != nil {
		return &exitError{exitUnverified, err}
	}
	a.out.step("checked", "%s", a.out.green("what the chain moved is the sum of the receipts, to the base unit"))

	fmt.Fprintf(a.out, "\ndemo ok model=%s tokens_in=%d tokens_out=%d cost=%s receipt=verified settled=%s tier=%s enclave=%s\n",
		got.Model, told.receipt.Usage.In, told.receipt.Usage.Out, told.receipt.Cost, settled.Tx, told.claims.Tier, net.Enclave)
	return nil
}

// shapes are what whoever sees the connection gets to see of an answer.
var shapes = map[envelope.Shape]string{
	envelope.ShapeOff:  "off: a frame for each token, as long as it is, when it comes",
	envelope.ShapeCell: "cell: frames of one size, 100 ms apart at least",
	envelope.ShapeCBR:  "cbr: a frame of one size every 100 ms, whatever there is to say",
}

// tell shows what happened, and is an error if anything did not.
func (a *app) tell(s *story, got answered, pieces int, word string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.claims == nil:
		return &exitError{exitUnverified, errors.New("no quote was verified")}
	case s.receipt == nil:
		return &exitError{exitUnverified, errors.New("no receipt was verified")}
	case !strings.Contains(got.Answer, word):
		return fmt.Errorf("the model answered %q, which does not hold %q", got.Answer, word)
	case s.receipt.Cost != got.Cost:
		return &exitError{exitUnverified, fmt.Errorf("the receipt says %s, the gateway %s", s.receipt.Cost, got.Cost)}
	}
	a.out.step("pod", "%s, found on chain", s.pod.ID)
	a.out.step("url", "%s", s.pod.URL)
	a.out.step("quote", "%s, %s: each check of it, of Intel's collateral and of the policy", s.claims.Kind, a.out.yellow(s.claims.Tier.String()))
	a.out.checks(s.claims.Checks)
	a.out.step("verdict", "%s; %s", a.out.green(fmt.Sprintf("%d checks passed", len(s.claims.Checks))), a.out.yellow("SIMULATED: no hardware stands behind them"))
	if s.opened != nil {
		a.out.step("session", "%s dPHA locked for this pod, by signature", s.opened.Cap.Tokens())
	} else {
		a.out.step("session", "%s, open from before", s.receipt.SessionID.Short())
	}
	a.out.step("sealed", "%d bytes of request in %d bytes on the wire (X-Wing, AES-256-GCM)", s.plain, s.sealed)
	a.out.step("shape", "%s", shapes[a.shape.Shape])
	a.out.step("answer", "%s  (streamed in %d pieces)", a.out.green(got.Answer), pieces)
	a.out.step("tokens", "%d in, %d out", s.receipt.Usage.In, s.receipt.Usage.Out)
	a.out.step("cost", "%s dPHA (%s base units)", s.receipt.Cost.Tokens(), s.receipt.Cost)
	a.out.step("receipt", "%s", s.receipt.HashStruct())
	a.out.step("signed by", "enclave %s: %s", s.pod.Identity, a.out.green("verified"))
	return nil
}

// checkBooks holds the receipts of the session against what the chain moved.
func checkBooks(ctx context.Context, net *devnet.Network, clientDir string, session protocol.Hash, charged protocol.Amount, before, after money) error {
	state, err := client.ReadState(clientDir)
	if err != nil {
		return err
	}
	var receipts []client.ReceiptEntry
	for _, r := range state.Receipts {
		if r.Receipt.SessionID == session {
			receipts = append(receipts, r)
		}
	}
	sum, err := sumOf(receipts)
	if err != nil {
		return err
	}
	fact, err := net.Chain.Session(ctx, receipts[len(receipts)-1].Session)
	if err != nil {
		return err
	}
	gained, err := after.operator.Sub(before.operator)
	if err != nil {
		return fmt.Errorf("the operator has less than before: %w", err)
	}
	paid, err := before.user.Sub(after.user)
	if err != nil {
		return fmt.Errorf("the user has more than before: %w", err)
	}
	switch {
	case fact.Claimed != sum:
		return fmt.Errorf("the session's receipts sum up to %s, the chain moved %s", sum, fact.Claimed)
	case gained != charged || paid != charged:
		return fmt.Errorf("the settlement moved %s, the operator gained %s and the user paid %s", charged, gained, paid)
	}
	return nil
}

// balances reads what is the user's, locked or not, and what the operator has earned.
func balances(ctx context.Context, net *devnet.Network, clientDir string) (money, error) {
	account, err := net.Chain.Account(ctx, net.User)
	if err != nil {
		return money{}, err
	}
	state, err := client.ReadState(clientDir)
	if err != nil {
		return money{}, err
	}
	total := account.Avail.Big()
	for _, s := range state.Sessions {
		fact, err := net.Chain.Session(ctx, s.Key)
		if err != nil {
			return money{}, err
		}
		total.Add(total, new(big.Int).Sub(fact.Cap.Big(), fact.Claimed.Big()))
	}
	user, err := protocol.AmountFromBig(total)
	if err != nil {
		return money{}, err
	}
	operator, err := net.Chain.Claimable(ctx, net.Pod().ID)
	return money{user, operator}, err
}

// codeWord is one that nobody could have prepared an answer for.
func codeWord() string {
	n, err := rand.Int(rand.Reader, big.NewInt(9000))
	if err != nil {
		panic(err) // crypto/rand does not fail
	}
	return fmt.Sprintf("falcon-%d", 1000+n.Int64())
}

// pieces counts how an answer streams.
type pieces struct{ n int }

func (p *pieces) Write(b []byte) (int, error) {
	if len(b) > 0 {
		p.n++
	}
	return len(b), nil
}
