package devnet

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/chain/bindings/devtoken"
	"github.com/phallama/phallama/chain/bindings/escrow"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/protocol"
)

// What accounts get for gas, in the chain's own currency.
const (
	operatorGas = 10 // when less than 1 is left
	perEther    = 10 // users get a tenth
)

// usersAtOnce is how many users one batch of transactions funds.
const usersAtOnce = 256

// fundUser gives the user its money, once: a second start finds the marker of the first.
func (n *Network) fundUser(ctx context.Context) error {
	marker := n.path("funded")
	if _, err := os.Stat(marker); err == nil {
		return nil
	}
	n.progress("user", n.User.String()+" gets "+n.config.Funds.Tokens()+" dPHA")
	deployer, user := chain.NewTransactor(n.Chain, n.keys.deployer), chain.NewTransactor(n.Chain, n.keys.user)
	// After a kill between the two, what was minted is there.
	held, err := n.Chain.TokenBalance(ctx, n.User)
	if err != nil {
		return err
	}
	account, err := n.Chain.Account(ctx, n.User)
	if err != nil {
		return err
	}
	if account.Avail.IsZero() {
		if held.Cmp(n.config.Funds) < 0 {
			if _, err := deployer.Mint(ctx, n.User, n.config.Funds); err != nil {
				return err
			}
		}
		if _, err := user.Deposit(ctx, n.config.Funds); err != nil {
			return err
		}
	}
	return os.WriteFile(marker, nil, 0o600)
}

// fundOperators gives operators what they pay gas and stakes with: those that the first block did not know, and any that
// has used it up.
func (n *Network) fundOperators(ctx context.Context) error {
	var all []transaction
	for _, key := range n.keys.operators {
		has, err := n.Chain.GasBalance(ctx, key.Address())
		if err != nil {
			return err
		}
		if has.Cmp(big.NewInt(params.Ether)) < 0 {
			all = append(all, n.ether(key.Address(), new(big.Int).Mul(big.NewInt(operatorGas), big.NewInt(params.Ether))))
		}
	}
	return n.sendAll(ctx, all)
}

// FundUsers gives each key an account with a balance in the escrow, and something for gas.
func (n *Network) FundUsers(ctx context.Context, users []protocol.Key, amount protocol.Amount) error {
	token, bank := devtoken.NewDevToken(), escrow.NewEscrow()
	tokenAddress, bankAddress := common.Address(n.Chain.Token()), common.Address(n.Domain.Escrow)
	for len(users) > 0 {
		batch := users[:min(len(users), usersAtOnce)]
		users = users[len(batch):]
		var give, deposit []transaction
		for _, user := range batch {
			to := common.Address(user.Address())
			give = append(give,
				n.ether(user.Address(), big.NewInt(params.Ether/perEther)),
				transaction{from: n.keys.deployer, to: tokenAddress, data: token.PackMint(to, amount.Big()), gas: 100_000})
			deposit = append(deposit,
				transaction{from: user, to: tokenAddress, data: token.PackApprove(bankAddress, amount.Big()), gas: 100_000},
				transaction{from: user, to: bankAddress, data: bank.PackDeposit(amount.Big()), gas: 200_000})
		}
		for _, all := range [][]transaction{give, deposit} {
			if err := n.sendAll(ctx, all); err != nil {
				return fmt.Errorf("funding users: %w", err)
			}
		}
	}
	return nil
}

func (n *Network) ether(to protocol.Address, wei *big.Int) transaction {
	return transaction{from: n.keys.deployer, to: common.Address(to), value: wei, gas: params.TxGas}
}

// transaction is one of many that are sent together.
type transaction struct {
	from  protocol.Key
	to    common.Address
	value *big.Int
	data  []byte
	gas   uint64
}

// sendAll sends transactions without waiting for each, which chain.Transactor does, and returns when all are included.
// Nothing else may send for their accounts meanwhile.
func (n *Network) sendAll(ctx context.Context, all []transaction) error {
	eth := n.node.Client()
	signer := types.LatestSignerForChainID(new(big.Int).SetUint64(evm.ChainID))
	nonces := map[protocol.Address]uint64{}
	var sent []common.Hash
	for _, t := range all {
		from := t.from.Address()
		nonce, known := nonces[from]
		if !known {
			var err error
			if nonce, err = eth.PendingNonceAt(ctx, common.Address(from)); err != nil {
				return err
			}
		}
		nonces[from] = nonce + 1
		tx := types.NewTx(&types.DynamicFeeTx{
			ChainID: signer.ChainID(), Nonce: nonce, To: &t.to, Value: t.value, Data: t.data, Gas: t.gas,
			GasTipCap: big.NewInt(params.GWei), GasFeeCap: big.NewInt(10 * params.GWei),
		})
		s := t.from.Sign(protocol.Hash(signer.Hash(tx))) // r, then yParity in the top bit of s
		rsv := append(s[:], s[32]>>7)
		rsv[32] &= 0x7f
		tx, err := tx.WithSignature(signer, rsv)
		if err != nil {
			return err
		}
		if err := eth.SendTransaction(ctx, tx); err != nil {
			return fmt.Errorf("transaction to %s: %w", t.to, err)
		}
		sent = append(sent, tx.Hash())
	}
	for i, hash := range sent {
		for {
			receipt, err := eth.TransactionReceipt(ctx, hash)
			if err == nil && receipt.Status != types.ReceiptStatusSuccessful {
				return fmt.Errorf("transaction %s to %s reverted", hash, all[i].to)
			}
			if err == nil {
				break
			}
			if !errors.Is(err, ethereum.NotFound) {
				return err
			}
			select {
			case <-time.After(100 * time.Millisecond):
			case <-ctx.Done():
				return fmt.Errorf("%d of %d transactions are not included yet: %w", len(sent)-i, len(sent), ctx.Err())
			}
		}
	}
	return nil
}
