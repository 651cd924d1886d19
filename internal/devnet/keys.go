package devnet

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// roles are whose keys a devnet makes at its first start. The user's is the wallet of the data directory, the others
// are the devnet's own. None is built in.
type keys struct{ deployer, operator, user protocol.Key }

func openKeys(dir string) (keys, error) {
	var k keys
	for _, role := range []struct {
		key *protocol.Key
		dir string
	}{
		{&k.deployer, filepath.Join(dir, "devnet", "keys", "deployer")},
		{&k.operator, filepath.Join(dir, "devnet", "keys", "operator")},
		{&k.user, filepath.Join(dir, "wallet")},
	} {
		// No passphrase: the keys of a devnet are worth nothing.
		key, err := wallet.Open(role.dir, "")
		if errors.Is(err, wallet.ErrNoWallet) {
			key, err = wallet.Create(role.dir, "", wallet.Options{Light: true})
		}
		if errors.Is(err, wallet.ErrPassphrase) {
			return keys{}, fmt.Errorf("%s holds a wallet with a passphrase, which is not a devnet's: use another --data directory (%w)", role.dir, err)
		}
		if err != nil {
			return keys{}, err
		}
		*role.key = key
	}
	return k, nil
}
