package devnet

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// keys are those that a devnet makes when it first needs them. The user's is the wallet of the data directory, the others
// are the devnet's own. None is built in.
type keys struct {
	deployer, user protocol.Key
	operators      []protocol.Key // in their order, those that run pods now
	former         []protocol.Key // operators that ran pods before
}

func openKeys(dir string, operators int) (k keys, err error) {
	if k.deployer, err = openKey(filepath.Join(dir, "devnet", "keys", "deployer"), true); err != nil {
		return keys{}, err
	}
	if k.user, err = openKey(filepath.Join(dir, "wallet"), true); err != nil {
		return keys{}, err
	}
	for number := 1; number <= MaxPods; number++ {
		key, err := openKey(filepath.Join(dir, "devnet", "keys", numbered("operator", number)), number <= operators)
		switch {
		case number <= operators && err == nil:
			k.operators = append(k.operators, key)
		case err == nil:
			k.former = append(k.former, key)
		case number <= operators || !errors.Is(err, wallet.ErrNoWallet):
			return keys{}, err
		}
	}
	return k, nil
}

// openKey opens a key of the devnet. No passphrase: the keys of a devnet are worth nothing.
func openKey(dir string, makeIt bool) (protocol.Key, error) {
	key, err := wallet.Open(dir, "")
	if makeIt && errors.Is(err, wallet.ErrNoWallet) {
		key, err = wallet.Create(dir, "", wallet.Options{Light: true})
	}
	if errors.Is(err, wallet.ErrPassphrase) {
		return protocol.Key{}, fmt.Errorf("%s holds a wallet with a passphrase, which is not a devnet's: use another --data directory (%w)", dir, err)
	}
	return key, err
}

// numbered names things of which there is one at least: "operator", "operator-2".
func numbered(name string, number int) string {
	if number == 1 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, number)
}
