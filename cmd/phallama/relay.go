package main

import (
	"errors"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

func (a *app) relayWay(network.Profile, *chain.Client, protocol.Key, protocol.Amount) (wayOut, func(), error) {
	return nil, nil, errors.New("not yet")
}
