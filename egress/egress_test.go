package egress

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		what   string
		addrs  string
		public bool
	}{
		{"public", "1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1 198.17.0.1 198.20.0.1 223.255.255.255", true},
		{"public, IPv6", "2606:4700::1111 2a00:1450::1 2001:4860:4860::8888 2001:200::1", true},
		{"public, mapped", "::ffff:1.1.1.1", true},
		{"public by 6to4", "2002:0101:0101::1", true},
		{"public by NAT64", "64:ff9b::1.1.1.1", true},
		{"unspecified and this network", "0.0.0.0 0.1.2.3 :: ::0.0.0.0", false},
		{"loopback", "127.0.0.1 127.255.255.254 ::1", false},
		{"private", "10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1", false},
		{"unique local", "fc00::1 fd12:3456::1", false},
		{"link-local", "169.254.169.254 fe80::1 fe80::1%eth0 febf::1", false},
		{"site-local", "fec0::1", false},
		{"carrier-grade NAT", "100.64.0.0 100.100.100.200 100.127.255.255", false},
		{"multicast", "224.0.0.1 239.255.255.255 ff02::1 ff0e::1", false},
		{"broadcast and reserved", "240.0.0.1 255.255.255.255", false},
		{"documentation and benchmarks", "192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 198.19.255.255 2001:db8::1 3fff::1", false},
		{"protocol assignments", "192.0.0.1 192.0.0.170 192.88.99.1 100::1 2001::1 2001:0:7f00:1::1 2001:20::1 5f00::1", false},
		{"mapped", "::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0.0.0.0 ::ffff:100.64.0.1", false},
		{"compatible", "::127.0.0.1 ::10.0.0.1 ::2", false},
		{"6to4", "2002:7f00:0001::1 2002:0a00:0001:: 2002:a9fe:a9fe::1 2002:c0a8:0101::1 2002:6440:0001::", false},
		{"NAT64", "64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254 64:ff9b::c0a8:101", false},
		{"NAT64 of one's own", "64:ff9b:1::1 64:ff9b:1::127.0.0.1 64:ff9b:1::1.1.1.1", false},
		{"not given out", "4000::1 1::1 e000::1", false},
	} {
		for text := range strings.FieldsSeq(c.addrs) {
			err := Check(netip.MustParseAddr(text))
			if (err == nil) != c.public || err != nil && !errors.Is(err, ErrAddress) {
				t.Errorf("%s: %s: %v", c.what, text, err)
			}
		}
	}
	if Check(netip.Addr{}) == nil {
		t.Error("no address at all is public")
	}
}

func TestControlRefusesWhatItCannotRead(t *testing.T) {
	for _, address := range []string{"", "relay.example:443", "1.1.1.1", "1.1.1.1:http", "[::1:443"} {
		if err := Control("tcp", address, nil); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if err := Control("tcp", "1.1.1.1:443", nil); err != nil {
		t.Error(err)
	}
}

func FuzzControl(f *testing.F) {
	f.Add("127.0.0.1:80")
	f.Add("[::ffff:10.0.0.1%1]:80")
	f.Fuzz(func(t *testing.T, address string) {
		if err := Control("tcp", address, nil); err != nil && !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v", address, err)
		}
	})
}

// A name says nothing: what it resolves to counts, each time that it is dialled.
func TestNothingIsDialledThatIsNotPublic(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	ask := func(via http.RoundTripper, host string) error {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+net.JoinHostPort(host, port), nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := via.RoundTrip(req)
		if err == nil {
			res.Body.Close()
		}
		return err
	}
	for _, host := range []string{"127.0.0.1", "localhost", "::ffff:127.0.0.1", "0.0.0.0"} {
		for _, via := range []http.RoundTripper{NewTransport(false), Proxied(false)} {
			if err := ask(via, host); !errors.Is(err, ErrAddress) {
				t.Errorf("%s: %v", host, err)
			}
		}
	}
	if asked != 0 {
		t.Errorf("%d requests arrived", asked)
	}
	for _, via := range []http.RoundTripper{NewTransport(true), Proxied(true)} {
		if err := ask(via, "localhost"); err != nil {
			t.Error(err)
		}
	}
	if asked != 2 {
		t.Errorf("%d requests arrived where any address may be dialled, want 2", asked)
	}
}
