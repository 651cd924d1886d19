// Package egress keeps connections to the outside away from addresses that are not of the public Internet. Addresses of
// pods and relays stand on the registry, where anybody may write: without it, a record could have a client or a relay
// talk to its own network.
//
// What is checked is the address that is dialled, after DNS: a name that resolves to something else the second time is
// refused the second time.
package egress

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// ErrAddress says that an address is not of the public Internet.
var ErrAddress = errors.New("not an address of the public Internet")

// notPublic are the blocks of the IANA special-purpose address registries (RFC 6890 and later) that package netip has no
// word for.
var notPublic = prefixes(
	"0.0.0.0/8",       // this network
	"100.64.0.0/10",   // carrier-grade NAT
	"192.0.0.0/24",    // protocol assignments
	"192.0.2.0/24",    // documentation
	"192.88.99.0/24",  // 6to4 relays, deprecated
	"198.18.0.0/15",   // benchmarks
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"240.0.0.0/4",     // reserved, and the broadcast address
	"64:ff9b:1::/48",  // NAT64 of a network's own: where the IPv4 address stands in it is that network's business
	"100::/64",        // discard
	"2001::/23",       // protocol assignments, Teredo, ORCHID
	"2001:db8::/32",   // documentation
	"3fff::/20",       // documentation
	"5f00::/16",       // segment routing
	"fec0::/10",       // site-local, deprecated
)

func prefixes(texts ...string) (all []netip.Prefix) {
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// Check returns an error that wraps ErrAddress for an address that is not of the public Internet: private, loopback,
// link-local, multicast, unspecified or reserved, itself or as the IPv4 address that an IPv6 address stands for.
func Check(addr netip.Addr) error {
	if at := embedded(addr.Unmap().WithZone("")); !public(at) {
		return fmt.Errorf("%s is %w", addr, ErrAddress)
	}
	return nil
}

func public(addr netip.Addr) bool {
	if !addr.IsGlobalUnicast() || addr.IsPrivate() {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(addr) {
			return false
		}
	}
	// IANA gives out no other global unicast addresses of IPv6 than these.
	return addr.Is4() || global.Contains(addr)
}

var (
	global     = netip.MustParsePrefix("2000::/3")
	sixToFour  = netip.MustParsePrefix("2002::/16")    // RFC 3056: the IPv4 address follows
	nat64      = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052: it is the last four bytes
	compatible = netip.MustParsePrefix("::/96")        // RFC 4291 section 2.5.5.1, deprecated: likewise
)

// embedded is the IPv4 address to which an IPv6 address leads, or the address itself.
func embedded(addr netip.Addr) netip.Addr {
	raw := addr.As16()
	switch {
	case addr.Is4():
	case sixToFour.Contains(addr):
		return netip.AddrFrom4([4]byte(raw[2:6]))
	case nat64.Contains(addr), compatible.Contains(addr):
		return netip.AddrFrom4([4]byte(raw[12:]))
	}
	return addr
}

// Control is a net.Dialer's: it refuses what Check does, just before the connection is made.
func Control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%q is %w", address, ErrAddress)
	}
	return Check(at.Addr())
}

// Timeouts and sizes of a transport.
const (
	dialTimeout    = 10 * time.Second
	keepAlive      = 30 * time.Second
	idleTimeout    = 60 * time.Second
	idlePerHost    = 8
	maxHeaderBytes = 64 << 10
)

// NewTransport is an HTTP transport that gives up soon on what cannot be dialled, waits for as long as an answer takes,
// and asks for no compression. anywhere has it dial any address, which is for development networks.
func NewTransport(anywhere bool) *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: keepAlive}
	if !anywhere {
		dialer.Control = Control
	}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    dialTimeout,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true,
		MaxIdleConnsPerHost:    idlePerHost,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
	}
}

// Proxied is NewTransport that goes by the proxy which the environment names for a request, if it names one. The proxy is
// the user's own choice and may be anywhere; it resolves names by itself, so that what it dials is its to check.
func Proxied(anywhere bool) http.RoundTripper {
	direct, proxied := NewTransport(anywhere), NewTransport(true)
	proxied.Proxy = http.ProxyFromEnvironment
	return &byProxy{direct: direct, proxied: proxied}
}

type byProxy struct{ direct, proxied *http.Transport }

func (t *byProxy) RoundTrip(req *http.Request) (*http.Response, error) {
	proxy, err := http.ProxyFromEnvironment(req)
	if err != nil || proxy != nil {
		return t.proxied.RoundTrip(req)
	}
	return t.direct.RoundTrip(req)
}

// CloseIdleConnections is what http.Client looks for.
func (t *byProxy) CloseIdleConnections() {
	t.direct.CloseIdleConnections()
	t.proxied.CloseIdleConnections()
}
