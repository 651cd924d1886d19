package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/big"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"

	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// A pod dies with its ledger, and its user has no gas: one command gets out everything but what was charged. The dead pod's
// operator gets what was acknowledged meanwhile.
func TestDeadPodUser(t *testing.T) {
	t.Parallel() // it waits for the most part
	data := t.TempDir()
	funds := protocol.Tokens(10)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	n := startDevnet(ctx, t, func(c *devnet.Config) { c.Dir, c.Pods, c.Operators, c.Funds = data, 2, 2, funds })
	dead, living := n.Pods[0], n.Pods[1]
	charged, sessions := askBoth(t, n, data)
	dead.StopAgent()
	if err := dead.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := dead.Wipe(); err != nil {
		t.Fatal(err)
	}
	spendGas(t, n.Profile.RPC[0], data)

	cmd := exec.CommandContext(ctx, filepath.Join(builtDir, "phallama"), "wallet", "exit", "--wait", "--json", "--data", data)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	// Both sessions are closing, and the living pod has settled before.
	for closing := 0; closing < 2; time.Sleep(time.Second) {
		select {
		case err := <-exited:
			t.Fatalf("exit before the hour is over: %v\n%s%s", err, &stdout, &stderr)
		default:
		}
		closing = 0
		for pod, key := range sessions {
			fact, err := n.Chain.Session(ctx, key)
			if err != nil {
				t.Fatal(err)
			}
			if fact.Closing && (pod == dead.ID || fact.Claimed == charged[pod]) {
				closing++
			}
		}
	}
	if exit, out := phallama(t, data, "operator", "recover", "--file", dead.RecoveryPath(), "--key-dir", filepath.Join(data, "devnet", "keys", "operator")); exit != 0 {
		t.Fatalf("recover: %d %s", exit, out)
	}
	fact, err := n.Chain.Session(ctx, sessions[dead.ID])
	if err != nil || fact.Claimed.IsZero() || fact.Claimed.Cmp(charged[dead.ID]) >= 0 {
		t.Fatalf("the dead pod's session paid %s of %s, %v", fact.Claimed, charged[dead.ID], err)
	}
	acked := fact.Claimed
	if err := n.Skip(ctx, time.Hour+time.Minute); err != nil {
		t.Fatal(err)
	}

	if err := <-exited; err != nil {
		t.Fatalf("exit: %v\n%s%s", err, &stdout, &stderr)
	}
	t.Logf("%s", &stderr)
	var report exitReport
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil {
		t.Fatalf("%v: %s", err, &stdout)
	}
	want := funds.SubDown(acked).SubDown(charged[living.ID])
	if report.Withdrew != want || report.Again != 0 || len(report.Left.Sessions) != 0 || !report.Left.Available.IsZero() {
		t.Errorf("withdrew %s, want %s = %s less %s acknowledged and %s charged; left %+v", report.Withdrew, want, funds, acked, charged[living.ID], report.Left)
	}
	if held, err := n.Chain.TokenBalance(ctx, n.User); err != nil || held != want {
		t.Errorf("the user holds %s, %v; want %s", held, err, want)
	}
	if gas, err := n.Chain.GasBalance(ctx, n.User); err != nil || gas.Sign() != 0 {
		t.Errorf("the user got %s wei, %v", gas, err)
	}
}

// askBoth asks until the first pod has answered twice, so that one answer is acknowledged, and the second once.
func askBoth(t *testing.T, n *devnet.Network, data string) (charged map[protocol.Address]protocol.Amount, sessions map[protocol.Address]protocol.SessionKey) {
	t.Helper()
	for range 100 {
		if _, err := chat(t.Context(), n.Gateway, question{Model: defaultModel, Messages: []message{{"user", "Repeat after me: falcon-4711"}}}, io.Discard); err != nil {
			t.Fatal(err)
		}
		charged, sessions = map[protocol.Address]protocol.Amount{}, map[protocol.Address]protocol.SessionKey{}
		answers := map[protocol.Address]int{}
		for _, r := range readState(t, data).Receipts {
			pod := r.Session.Pod
			answers[pod]++
			sessions[pod] = r.Session
			var err error
			if charged[pod], err = charged[pod].Add(r.Receipt.Cost); err != nil {
				t.Fatal(err)
			}
		}
		if answers[n.Pods[0].ID] >= 2 && answers[n.Pods[1].ID] >= 1 {
			return charged, sessions
		}
	}
	t.Fatal("the client does not ask both pods")
	return nil, nil
}

// spendGas sends away all that the data directory's wallet could pay gas with.
func spendGas(t *testing.T, rpc, data string) {
	t.Helper()
	key, err := wallet.Open(filepath.Join(data, "wallet"), "")
	if err != nil {
		t.Fatal(err)
	}
	c, err := ethclient.DialContext(t.Context(), rpc)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	from := common.Address(key.Address())
	balance, err := c.BalanceAt(t.Context(), from, nil)
	if err != nil {
		t.Fatal(err)
	}
	nonce, err := c.PendingNonceAt(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	chainID, err := c.ChainID(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	price := big.NewInt(100 * params.GWei)
	value := new(big.Int).Sub(balance, new(big.Int).Mul(price, big.NewInt(int64(params.TxGas))))
	secret, err := crypto.ToECDSA(key.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	tx, err := types.SignNewTx(secret, types.LatestSignerForChainID(chainID), &types.DynamicFeeTx{ // a tip as high as the price leaves nothing
		ChainID: chainID, Nonce: nonce, GasTipCap: price, GasFeeCap: price, Gas: params.TxGas, To: &common.Address{1}, Value: value,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	for balance.Sign() != 0 {
		if balance, err = c.BalanceAt(t.Context(), from, nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
