package pod

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"github.com/phallama/phallama/protocol"
)

// HeaderEngineAccount tells the engine which account it answers for, as 64 hexadecimal digits. The engine finds a prompt
// again for the account that sent it, and for no other: else how fast an answer begins would tell what somebody asked.
const HeaderEngineAccount = "X-Engine-Account"

// HeaderEnginePrompt is how many tokens the engine found in the prompt, in the header of its answer. A stream that is cut
// short has no other counter.
const HeaderEnginePrompt = "X-Engine-Prompt"

// newAccounts makes the function that names accounts to the engine. An account is who pays: a session's owner, or the
// delegate that has its budget. A name holds while this process lives, and tells nobody whose it is.
func newAccounts() func(protocol.Address) string {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	return func(a protocol.Address) string {
		mac := hmac.New(sha256.New, key)
		mac.Write(a[:])
		return hex.EncodeToString(mac.Sum(nil))
	}
}
