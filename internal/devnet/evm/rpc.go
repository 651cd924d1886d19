package evm

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/ethereum/go-ethereum/version"
)

// Limits of a JSON-RPC request. The largest transaction is 128 KiB, twice that
// in hex.
const (
	maxRequestBytes       = 2 << 20
	maxHeaderBytes        = 32 << 10
	maxBatchItems         = 256
	maxBatchResponseBytes = 16 << 20
	headerTimeout         = 5 * time.Second
	requestTimeout        = 30 * time.Second
	idleTimeout           = 2 * time.Minute
)

// newServer serves the namespaces eth, net and web3. The node's own server
// also has those that rewind the chain, stop it or read files.
func newServer(chain *eth.Ethereum, logs *filters.FilterSystem) (*rpc.Server, error) {
	server := rpc.NewServer()
	server.SetBatchLimits(maxBatchItems, maxBatchResponseBytes)
	server.SetHTTPBodyLimit(maxRequestBytes)
	server.SetWebsocketReadLimit(maxRequestBytes)
	apis := append(chain.APIs(),
		rpc.API{Namespace: "eth", Service: filters.NewFilterAPI(logs)},
		rpc.API{Namespace: "web3", Service: web3{}},
	)
	for _, api := range apis {
		switch api.Namespace {
		case "eth", "net", "web3":
			if err := server.RegisterName(api.Namespace, api.Service); err != nil {
				return nil, fmt.Errorf("serve namespace %s: %w", api.Namespace, err)
			}
		}
	}
	return server, nil
}

// web3 is the namespace that go-ethereum's node keeps to itself.
type web3 struct{}

// ClientVersion names the software behind the chain.
func (web3) ClientVersion() string {
	return fmt.Sprintf("phallama-devnet/go-ethereum-v%d.%d.%d", version.Major, version.Minor, version.Patch)
}

// Sha3 is Keccak-256.
func (web3) Sha3(input hexutil.Bytes) hexutil.Bytes { return crypto.Keccak256(input) }

// newHTTPServer serves JSON-RPC over HTTP and WebSocket to callers on this
// machine. It sends no CORS headers, so pages of other origins cannot use it,
// and go-ethereum's WebSocket handler takes only localhost's.
func newHTTPServer(server *rpc.Server, log *slog.Logger) *http.Server {
	websocket := server.WebsocketHandler(nil)
	return &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case !isLocalHost(r.Host):
				// A page can have its own name resolve to 127.0.0.1 (DNS
				// rebinding); the browser still sends that name.
				http.Error(w, fmt.Sprintf("host %q is not this machine: use localhost or 127.0.0.1", r.Host), http.StatusForbidden)
			case strings.EqualFold(r.Header.Get("Upgrade"), "websocket"):
				websocket.ServeHTTP(w, r)
			default:
				server.ServeHTTP(w, r)
			}
		}),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       requestTimeout,
		WriteTimeout:      requestTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

// isLocalHost reports whether a Host header names this machine.
func isLocalHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

// attach connects to the server without a socket.
func (c *Chain) attach() (*ethclient.Client, error) {
	ours, theirs := net.Pipe()
	go c.server.ServeCodec(rpc.NewCodec(&gatedConn{theirs, c.durable}), 0)
	client, err := rpc.DialIO(context.Background(), ours, ours)
	if err != nil {
		return nil, err
	}
	return ethclient.NewClient(client), nil
}
