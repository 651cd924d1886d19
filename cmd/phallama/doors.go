package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/internal/devnet"
)

// doors are where a gateway is reached, and who is let in.
type doors struct {
	listen            string
	requireKey        bool
	certFile, keyFile string

	beyond      bool // others than this machine can reach it
	certificate tls.Certificate
}

func (d *doors) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.listen, "listen", defaultGateway, "`address` of the gateway; beyond this machine it needs a key, see phallama gateway keys")
	cmd.Flags().BoolVar(&d.requireKey, "require-key", false, "answer only who has a key of this gateway's, on this machine too")
	cmd.Flags().StringVar(&d.certFile, "tls-cert", "", "`file` with a certificate chain in PEM: the gateway speaks HTTPS, with --tls-key")
	cmd.Flags().StringVar(&d.keyFile, "tls-key", "", "`file` with the certificate's private key in PEM")
}

// check puts what is needed of whoever asks into a gateway's configuration.
func (d *doors) check(a *app, config *gateway.Config) (err error) {
	usage := func(err error) error { return &exitError{exitUsage, err} }
	if (d.certFile == "") != (d.keyFile == "") {
		return usage(errors.New("--tls-cert and --tls-key: want both or neither"))
	}
	if d.certFile != "" {
		if d.certificate, err = tls.LoadX509KeyPair(d.certFile, d.keyFile); err != nil {
			return usage(fmt.Errorf("%s, %s: %w", a.source("tls-cert"), a.source("tls-key"), err))
		}
	}
	local, err := devnet.IsLoopback(d.listen)
	if err != nil {
		return usage(fmt.Errorf("%s: %w", a.source("listen"), err))
	}
	d.beyond = !local
	if config.RequireKey = d.requireKey || !local; config.RequireKey {
		good, err := a.anyGatewayKey()
		switch {
		case err != nil:
			return err
		case !good && !local:
			return usage(fmt.Errorf("%s: others can reach %s and could spend your money: make a key first, which everybody has to send then: phallama gateway keys create NAME --budget TOKENS", a.source("listen"), d.listen))
		case !good:
			return usage(fmt.Errorf("%s: there is no key yet that could be sent: phallama gateway keys create NAME --budget TOKENS", a.source("require-key")))
		}
	}
	return nil
}

func (d *doors) open() (net.Listener, error) {
	listener, err := devnet.ListenAnywhere("the gateway", d.listen)
	if err != nil {
		return nil, err
	}
	if d.certFile != "" {
		// HTTP/1.1 alone, whose broken connections say that an answer is not complete.
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{d.certificate}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	}
	return listener, nil
}

// anyGatewayKey tells whether there is a key that has not ended.
func (a *app) anyGatewayKey() (bool, error) {
	keys, err := gateway.ReadKeys(a.gatewayDir())
	for _, k := range keys {
		if k.Expires.IsZero() || time.Now().Before(k.Expires) {
			return true, err
		}
	}
	return false, err
}

// ready says where the gateway is, and what that means.
func (d *doors) ready(a *app, listener net.Listener) {
	scheme := "http"
	if d.certFile != "" {
		scheme = "https"
	}
	fmt.Fprintf(a.err, "%s %s://%s\n", a.err.green("Ready."), scheme, listener.Addr())
	switch {
	case d.beyond && d.certFile == "":
		fmt.Fprintln(a.err, a.err.yellow("NOT ENCRYPTED between programs and this gateway: whoever is on the network between them reads prompts,"))
		fmt.Fprintln(a.err, a.err.yellow("answers and the gateway's keys. Give it a certificate (--tls-cert, --tls-key), or have only a network between that you trust."))
	case d.beyond:
		fmt.Fprintln(a.err, a.err.dim("others can reach it; everybody has to send a key (phallama gateway keys). This machine reads what they ask."))
	}
	at := listener.Addr().String()
	if host, port, err := net.SplitHostPort(at); err == nil && net.ParseIP(host).IsUnspecified() {
		at = net.JoinHostPort("localhost", port)
	}
	page := scheme + "://" + at
	link, hint := page+gateway.PagePath, "  (a link that logs in: phallama page --gateway "+strings.TrimPrefix(page, "http://")+")"
	if isTerminal(a.err.File) { // a link that logs in is for no log
		if invitation, err := a.invite(page); err != nil {
			fmt.Fprintf(a.err, "%s %v\n", a.err.yellow("note:"), err)
		} else {
			link, hint = invitation, ""
		}
	}
	fmt.Fprintf(a.err, "In a browser: %s%s\n", link, a.err.dim(hint))
}
