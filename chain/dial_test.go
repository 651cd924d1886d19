package chain

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// unused is the URL of a port on which nobody listens.
func unused(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

func TestDial(t *testing.T) {
	t.Parallel()
	good := profile(t)
	down := unused(t)
	c, err := Dial(t.Context(), good, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if c.Domain().ChainID != evm.ChainID || c.Domain().Escrow.String() != good.Escrow || c.Registry().String() != good.Registry || c.Token().String() != good.Token {
		t.Fatalf("addresses: %+v", c.Domain())
	}

	failover := good
	failover.RPC = []string{down, good.RPC[0]}
	if c, err := Dial(t.Context(), failover, Options{}); err != nil {
		t.Errorf("the second URL was not tried: %v", err)
	} else {
		c.Close()
	}
	websocket := good
	websocket.RPC = []string{"ws" + strings.TrimPrefix(good.RPC[0], "http")}
	if c, err := Dial(t.Context(), websocket, Options{}); err != nil {
		t.Errorf("WebSocket: %v", err)
	} else {
		c.Close()
	}

	notFound := httptest.NewServer(http.NotFoundHandler())
	defer notFound.Close()
	phala, err := network.Shipped("phala")
	if err != nil {
		t.Fatal(err)
	}
	nowhere := "0x" + strings.Repeat("12", 20)
	for _, test := range []struct {
		name string
		edit func(*network.Profile)
		want []string
		step Step // empty: the profile itself is to blame
	}{
		{"unreachable", func(p *network.Profile) { p.RPC = []string{down + "/v3/s3cret?key=s3cret"} }, []string{"not reachable at " + down, "check that it runs"}, StepReach},
		{"not an RPC", func(p *network.Profile) { p.RPC = []string{notFound.URL + "/s3cret"} }, []string{"HTTP 404", "check the profile's rpc"}, StepReach},
		{"chain id", func(p *network.Profile) { p.ChainID = 31337 }, []string{"its id is 1337008", "on 31337"}, StepChain},
		{"no contract", func(p *network.Profile) { p.Registry = nowhere }, []string{"no contract at " + nowhere, "registry"}, StepContracts},
		{"other token", func(p *network.Profile) { p.Token = p.Registry }, []string{"the escrow at", "belongs to the token at"}, StepContracts},
		{"swapped", func(p *network.Profile) { p.Escrow, p.Registry = p.Registry, p.Escrow }, []string{"the contract refuses"}, StepContracts},
		{"not deployed", func(p *network.Profile) { *p = phala }, []string{"not deployed yet"}, ""},
		{"invalid", func(p *network.Profile) { p.RPC = nil }, []string{"rpc: want"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := good
			test.edit(&p)
			c, err := Dial(t.Context(), p, Options{})
			if err == nil {
				c.Close()
				t.Fatal("dialled")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("want %q in: %v", want, err)
				}
			}
			var at *DialError
			if errors.As(err, &at) != (test.step != "") || at != nil && at.Step != test.step {
				t.Errorf("step %+v, want %q", at, test.step)
			}
			if strings.Contains(err.Error(), "s3cret") {
				t.Errorf("a key of the URL is in: %v", err)
			}
		})
	}
}

func TestDeployRefuses(t *testing.T) {
	t.Parallel()
	good := profile(t)
	if _, err := Deploy(t.Context(), good, newKey(t), Terms{}, Options{}); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("deployed over a deployment: %v", err)
	}
	elsewhere := network.Profile{Name: "x", ChainID: 2035, RPC: good.RPC}
	if _, err := Deploy(t.Context(), elsewhere, newKey(t), Terms{}, Options{}); err == nil || !strings.Contains(err.Error(), "names no token") {
		t.Errorf("a token was made up: %v", err)
	}
	bare := network.Profile{Name: "x", ChainID: good.ChainID, RPC: good.RPC}
	if _, err := Deploy(t.Context(), bare, newKey(t), Terms{}, Options{}); err == nil || !strings.Contains(err.Error(), "cannot pay for gas") {
		t.Errorf("deployed without gas: %v", err)
	}
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	c := deployer(t).Client
	head, err := c.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if head.Number == 0 || head.Time == 0 || head.Hash.IsZero() {
		t.Fatalf("head: %+v", head)
	}
	if again, err := c.BlockByHash(t.Context(), head.Hash); err != nil || again != head {
		t.Fatalf("by hash: %+v, %v", again, err)
	}
	if _, err := c.BlockByHash(t.Context(), protocol.Keccak256([]byte("no block"))); !errors.Is(err, ErrNotFound) {
		t.Fatalf("unknown hash: %v", err)
	}
}
