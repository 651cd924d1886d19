package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/protocol"
)

// What was recovered fits a terminal, and says of each session where it stands.
func TestPrintRecovered(t *testing.T) {
	session := func(n byte, acked, before, claimed protocol.Amount, tx byte, why string) operator.RecoveredSession {
		key := protocol.SessionKey{Owner: protocol.Address{n}, Salt: uint64(n)}
		return operator.RecoveredSession{SessionKey: key, ID: key.ID(), Acked: acked, Before: before, Claimed: claimed, Tx: protocol.Hash{tx}, Refused: why}
	}
	got := operator.Recovered{
		Pod: protocol.Address{1}, Charged: protocol.MaxAmount, Transactions: []chain.Settlement{{}},
		Sessions: []operator.RecoveredSession{
			session(1, protocol.MaxAmount, protocol.Amount{}, protocol.MaxAmount, 1, ""),
			session(2, protocol.Units(12), protocol.Units(12), protocol.Units(12), 0, ""),
			session(3, protocol.Tokens(3), protocol.Amount{}, protocol.Amount{}, 0, strings.Repeat("the reason is long ", 12)),
		},
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	a := &app{out: &screen{File: file}}
	a.printRecovered(got, "dPHA")
	a.printRecovered(operator.Recovered{}, "dPHA")
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		if n := utf8.RuneCount(bytes.TrimRight(line, "\n")); n > screenWidth {
			t.Errorf("%d characters: %s", n, line)
		}
	}
	for _, want := range []string{got.Sessions[1].ID.Short(), " paid\n", " paid before\n", " refused\n", "session " + got.Sessions[2].ID.String(), "in 1 transaction", "no vouchers"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
	if got.Lost() != 1 {
		t.Errorf("%d lost", got.Lost())
	}
}
