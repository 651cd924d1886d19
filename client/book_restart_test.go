package client

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/phallama/phallama/protocol"
)

// A pod that loses its ledger now and then, each time with all that was charged acknowledged, is booked to the last unit
// in whatever order its receipts arrive; and no change to a total or a number has more booked than the costs.
func TestBookRestarts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const maxCost = 1000
		var b book
		var charged uint64
		run := func(identity byte, lie bool) bool {
			var list []protocol.Receipt
			n := rapid.IntRange(1, 6).Draw(t, "receipts")
			sum := charged
			for i := range n {
				cost := rapid.Uint64Range(1, maxCost).Draw(t, "cost")
				sum += cost
				list = append(list, protocol.Receipt{RSeq: uint64(i + 1), Cost: protocol.Units(cost), Charged: protocol.Units(sum)})
			}
			list = rapid.Permutation(list).Draw(t, "order")
			if lie {
				r := &list[rapid.IntRange(0, n-1).Draw(t, "changed")]
				if rapid.Bool().Draw(t, "total") {
					r.Charged = protocol.Units(rapid.Uint64Range(0, 3*maxCost*6).Draw(t, "charged"))
				} else {
					r.RSeq = rapid.Uint64Range(0, 10).Draw(t, "number")
				}
			}
			costs := uint64(0)
			for i, r := range list {
				unknown := n - i - 1
				restart, err := b.place(r, protocol.Address{identity}, unknown, protocol.Units(maxCost*uint64(unknown)))
				if err != nil {
					if !lie {
						t.Fatalf("identity %d, receipt %+v after %+v: %v", identity, r, b, err)
					}
					return false
				}
				b.put(r, protocol.Address{identity}, restart)
				costs += r.Cost.Big().Uint64()
				if most := protocol.Units(charged + costs); b.total().Cmp(most) > 0 {
					t.Fatalf("%s is booked, at most %s was charged", b.total(), most)
				}
			}
			charged = sum
			return true
		}
		lives := rapid.IntRange(1, 4).Draw(t, "lives")
		for life := range lives {
			run(byte(life+1), false)
			if b.charged != protocol.Units(charged) || b.total() != b.charged || len(b.ahead) != 0 {
				t.Fatalf("book %+v, want %d", b, charged)
			}
		}
		run(byte(lives+1), true)
	})
}
