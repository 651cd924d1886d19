package chain

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/phallama/phallama/chain/bindings/escrow"
	"github.com/phallama/phallama/protocol"
)

// A node that answers about few blocks at a time is asked about few, and about every block exactly once.
func TestScanAll(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		head, most uint64
		fails      bool
	}{{0, 1 << 60, false}, {40_000, 1 << 60, false}, {1_000_000, 10_000, false}, {1_000_000, scanWindow - 1, true}} {
		t.Run(fmt.Sprint(c.head, c.most), func(t *testing.T) {
			var next uint64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var call struct {
					ID     json.RawMessage   `json:"id"`
					Method string            `json:"method"`
					Params []json.RawMessage `json:"params"`
				}
				if err := json.NewDecoder(r.Body).Decode(&call); err != nil {
					t.Error(err)
				}
				answer := map[string]any{"jsonrpc": "2.0", "id": call.ID}
				switch call.Method {
				case "eth_getBlockByNumber":
					answer["result"] = map[string]any{"number": hexutil.Uint64(c.head), "hash": protocol.Hash{1}, "timestamp": "0x1"}
				case "eth_getLogs":
					var filter struct{ FromBlock, ToBlock hexutil.Uint64 }
					if err := json.Unmarshal(call.Params[0], &filter); err != nil {
						t.Error(err)
					}
					from, to := uint64(filter.FromBlock), uint64(filter.ToBlock)
					if from != next {
						t.Errorf("asked from block %d, want %d", from, next)
					}
					if to-from+1 > c.most {
						answer["error"] = map[string]any{"code": -32005, "message": "block range too large"}
						break
					}
					next = to + 1
					answer["result"] = []any{}
				}
				w.Header().Set("Content-Type", "application/json")
				_ = json.NewEncoder(w).Encode(answer)
			}))
			defer server.Close()
			client, err := connectTo(t.Context(), server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			client.escrowABI = escrow.NewEscrow()
			var last uint64
			_, err = client.AllSessionsOf(t.Context(), protocol.Address{1}, 0, func(done, _ uint64) { last = done })
			if (err != nil) != c.fails {
				t.Errorf("error: %v", err)
			}
			if !c.fails && (next != c.head+1 || last != c.head+1) {
				t.Errorf("looked through up to %d and said %d, want %d", next, last, c.head+1)
			}
		})
	}
}
