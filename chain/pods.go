package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/chain/bindings/podregistry"
	"github.com/phallama/phallama/protocol"
)

// Limits of the list of pods. Anybody may register some.
const (
	MaxPods     = 4096
	podsPerPage = 50
	podsAtOnce  = 8   // records fetched at a time
	maxPodURL   = 256 // bytes
)

// RecordError says that the chain lists a pod and that its record does not hold, or cannot be put together. It says
// nothing about other pods.
type RecordError struct {
	Pod protocol.Address
	Err error
}

func (e *RecordError) Error() string { return fmt.Sprintf("record of pod %s: %v", e.Pod, e.Err) }
func (e *RecordError) Unwrap() error { return e.Err }

// Pods lists the pods that are not retired, in order of registration. A pod whose record does not hold is left out with
// a warning in the log.
func (c *Client) Pods(ctx context.Context) ([]protocol.PodRecord, error) {
	states, err := c.listed(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		records = make([]protocol.PodRecord, len(states))
		errs    = make([]error, len(states))
		slots   = make(chan struct{}, podsAtOnce)
		all     sync.WaitGroup
	)
	for i := range states {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			records[i], errs[i] = c.record(ctx, states[i])
			if errs[i] != nil && !isBadRecord(errs[i]) {
				cancel() // the others would fail as well
			}
		})
	}
	all.Wait()
	var (
		good    []protocol.PodRecord
		refused error // what the node answered for some record
	)
	for i, err := range errs {
		switch {
		case err == nil:
			good = append(good, records[i])
		case isBadRecord(err):
			if isAnswer(err) {
				refused = err
			}
			c.log.Warn("a pod is left out: its record on the registry does not hold", "pod", protocol.Address(states[i].id), "error", err)
		case !errors.Is(err, context.Canceled):
			return nil, err
		}
	}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	if len(good) == 0 && refused != nil {
		return nil, refused
	}
	if err := c.addRelays(ctx, good); err != nil {
		return nil, err
	}
	return good, nil
}

func isBadRecord(err error) bool {
	var bad *RecordError
	return errors.As(err, &bad)
}

// podState is what the registry's state says of a pod.
type podState struct {
	id       common.Address
	pod      podregistry.IPodRegistryPod
	identity podregistry.IPodRegistryIdentity
	standing protocol.Standing
}

// listed pages through the registry's state.
func (c *Client) listed(ctx context.Context) (states []podState, err error) {
	for offset := 0; offset < MaxPods; offset += podsPerPage {
		data := c.registryABI.PackPods(big.NewInt(int64(offset)), big.NewInt(podsPerPage))
		page, err := call(ctx, c, "list the pods", c.registry, data, c.registryABI.UnpackPods)
		if err != nil {
			return nil, err
		}
		if n := len(page.Ids); len(page.Page) != n || len(page.Identities) != n || len(page.Standings) != n {
			return nil, fmt.Errorf("list the pods: the registry answers with %d ids, %d pods, %d identities and %d standings",
				n, len(page.Page), len(page.Identities), len(page.Standings))
		}
		for i, pod := range page.Page {
			if !pod.Retired {
				states = append(states, podState{page.Ids[i], pod, page.Identities[i], protocol.Standing(page.Standings[i])})
			}
		}
		if len(page.Ids) < podsPerPage {
			return states, nil
		}
	}
	c.log.Warn("the registry lists more pods than are read", "limit", MaxPods)
	return states, nil
}

// Pod is the record of one pod, retired or not. The error wraps ErrNotFound for an id that was never registered, and is a
// *RecordError for a record that does not hold.
func (c *Client) Pod(ctx context.Context, id protocol.Address) (protocol.PodRecord, error) {
	state, err := c.podState(ctx, id)
	if err != nil {
		return protocol.PodRecord{}, err
	}
	r, err := c.record(ctx, podState{common.Address(id), state.P, state.I, protocol.Standing(state.Standing)})
	if err != nil {
		return r, err
	}
	r.Relay, err = c.Relay(ctx, r.Operator)
	return r, err
}

func (c *Client) podState(ctx context.Context, id protocol.Address) (podregistry.PodOutput, error) {
	state, err := call(ctx, c, "read a pod", c.registry, c.registryABI.PackPod(common.Address(id)), c.registryABI.UnpackPod)
	if IsRevert(err, "UnknownPod") {
		return state, fmt.Errorf("pod %s: %w", id, ErrNotFound)
	}
	return state, err
}

// record puts a pod's record together from its state and the events that the state points at, and holds the events
// against the hashes in the state.
func (c *Client) record(ctx context.Context, state podState) (protocol.PodRecord, error) {
	events, err := c.podEvents(ctx, state)
	if err != nil {
		return protocol.PodRecord{}, err
	}
	r, err := assemble(c.registryABI, state, events)
	if err != nil || state.identity.Platform == 0 {
		return r, err
	}
	r.PCKCertificate, err = c.pckCertificate(ctx, state.identity.Platform, state.identity.PlatformAt)
	if isAnswer(err) || errors.Is(err, ErrNotFound) {
		return protocol.PodRecord{}, &RecordError{r.ID, err}
	}
	return r, err
}

// assemble needs no hash of the quote: the quote binds pod and identity, and whoever relies on the record verifies it.
func assemble(registry *podregistry.PodRegistry, state podState, events podEvents) (protocol.PodRecord, error) {
	pod, identity := state.pod, state.identity
	bad := func(format string, args ...any) (protocol.PodRecord, error) {
		return protocol.PodRecord{}, &RecordError{protocol.Address(state.id), fmt.Errorf(format, args...)}
	}
	if events.admitted == nil || events.keyConfig == nil || events.offers == nil {
		return bad("the logs of blocks %v, %v and %v lack its events", identity.AdmittedAt, pod.KeyConfigBlock, pod.OffersBlock)
	}

	admitted, err := registry.UnpackIdentityAdmittedEvent(events.admitted)
	if err != nil {
		return bad("IdentityAdmitted: %w", err)
	}
	r := protocol.PodRecord{
		ID:         protocol.Address(state.id),
		Operator:   protocol.Address(pod.Operator),
		URL:        pod.Url,
		Identity:   protocol.Address(pod.Identity),
		ValidUntil: identity.ValidUntil.Uint64(),
		Retired:    pod.Retired,
		Standing:   state.standing,
		Kind:       protocol.EvidenceKind(identity.Kind),
		Evidence:   admitted.Quote,
		Block:      pod.RecordBlock.Uint64(),
	}
	if admitted.Identity != pod.Identity || admitted.Kind != identity.Kind || admitted.Platform != identity.Platform || admitted.ValidUntil.Cmp(identity.ValidUntil) != 0 {
		return bad("IdentityAdmitted in block %v differs from the registry's state", identity.AdmittedAt)
	}
	if err := checkPodURL(r.URL); err != nil {
		return bad("%w", err)
	}

	published, err := registry.UnpackKeyConfigPublishedEvent(events.keyConfig)
	if err != nil {
		return bad("KeyConfigPublished: %w", err)
	}
	r.KeyConfig = fromKeyConfig(r.Identity, published.KeyConfig)
	if r.KeyConfig.HashStruct() != pod.KeyConfigHash {
		return bad("the key config in block %v does not match its hash %x", pod.KeyConfigBlock, pod.KeyConfigHash)
	}

	offered, err := registry.UnpackOffersPublishedEvent(events.offers)
	if err != nil {
		return bad("OffersPublished: %w", err)
	}
	if r.Offers, err = fromOffers(r.ID, offered.Offers); err != nil {
		return bad("%w", err)
	}
	if protocol.OffersHash(r.Offers) != pod.OffersHash {
		return bad("the offers in block %v do not match their hash %x", pod.OffersBlock, pod.OffersHash)
	}
	return r, nil
}

// podEvents are the newest of a pod's three events in the blocks that its state names.
type podEvents struct{ admitted, keyConfig, offers *types.Log }

func (c *Client) podEvents(ctx context.Context, state podState) (podEvents, error) {
	var (
		found     podEvents
		events    = c.registryABI.GetABI().Events
		admitted  = events["IdentityAdmitted"].ID
		published = events["KeyConfigPublished"].ID
		offered   = events["OffersPublished"].ID
		done      = map[uint64]bool{}
	)
	id, pod := state.id, state.pod
	for _, block := range []*big.Int{state.identity.AdmittedAt, pod.KeyConfigBlock, pod.OffersBlock} {
		if done[block.Uint64()] {
			continue
		}
		done[block.Uint64()] = true
		logs, err := c.eth.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: block,
			ToBlock:   block,
			Addresses: []common.Address{c.registry},
			Topics:    [][]common.Hash{{admitted, published, offered}, {common.BytesToHash(id[:])}},
		})
		if isAnswer(err) { // the node is there and has not got these logs, or not any more
			return podEvents{}, &RecordError{protocol.Address(id), c.failed("read a pod's events", err)}
		}
		if err != nil {
			return podEvents{}, c.failed("read a pod's events", err)
		}
		for i := range logs {
			entry := &logs[i]
			if entry.Removed || entry.Address != c.registry || len(entry.Data) == 0 || len(entry.Topics) < 2 || entry.Topics[1] != common.BytesToHash(id[:]) {
				continue
			}
			at := new(big.Int).SetUint64(entry.BlockNumber)
			switch {
			case entry.Topics[0] == admitted && at.Cmp(state.identity.AdmittedAt) == 0 && len(entry.Topics) > 2 && entry.Topics[2] == common.BytesToHash(pod.Identity[:]):
				found.admitted = entry
			case entry.Topics[0] == published && at.Cmp(pod.KeyConfigBlock) == 0:
				found.keyConfig = entry
			case entry.Topics[0] == offered && at.Cmp(pod.OffersBlock) == 0:
				found.offers = entry
			}
		}
	}
	return found, nil
}

func fromKeyConfig(identity protocol.Address, k podregistry.IPodRegistryKeyConfig) protocol.SignedKeyConfig {
	return protocol.SignedKeyConfig{
		KeyConfig: protocol.KeyConfig{
			Enclave:    identity,
			ConfigHash: protocol.Keccak256(k.Config),
			NotBefore:  k.NotBefore.Uint64(),
			NotAfter:   k.NotAfter.Uint64(),
			Epoch:      k.Epoch,
		},
		Config:    k.Config,
		Signature: signature(k.R, k.Vs),
	}
}

func fromOffers(pod protocol.Address, in []podregistry.IPodRegistryOffer) ([]protocol.SignedOffer, error) {
	out := make([]protocol.SignedOffer, len(in))
	for i, o := range in {
		if !utf8.ValidString(o.Model) {
			return nil, fmt.Errorf("offer %d: the model's name is not UTF-8", i)
		}
		out[i] = protocol.SignedOffer{
			Offer: protocol.Offer{
				Pod:         pod,
				Model:       o.Model,
				ModelDigest: o.ModelDigest,
				Context:     o.Ctx,
				DefaultOut:  o.DefaultOut,
				MaxOut:      o.MaxOut,
				ValidUntil:  o.ValidUntil.Uint64(),
			},
			Signature: signature(o.R, o.Vs),
		}
		for _, price := range []struct {
			from *big.Int
			into *protocol.Amount
		}{{o.InPerM, &out[i].InPerM}, {o.CachedPerM, &out[i].CachedPerM}, {o.OutPerM, &out[i].OutPerM}, {o.PerRequest, &out[i].PerRequest}} {
			amount, err := protocol.AmountFromBig(price.from)
			if err != nil {
				return nil, fmt.Errorf("offer %d: %w", i, err)
			}
			*price.into = amount
		}
	}
	return out, nil
}

func signature(r, vs [32]byte) protocol.Signature {
	var s protocol.Signature
	copy(s[:32], r[:])
	copy(s[32:], vs[:])
	return s
}

// checkPodURL says whether a URL can be a pod's.
func checkPodURL(raw string) error { return checkURL("pod", raw) }

// checkRelayURL says whether a URL can be an OHTTP relay's.
func checkRelayURL(raw string) error { return checkURL("relay", raw) }

// checkURL wants what clients can append paths to.
func checkURL(of, raw string) error {
	u, err := url.Parse(raw)
	if err != nil || len(raw) > maxPodURL || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.ForceQuery || strings.Contains(raw, "#") {
		return fmt.Errorf("want the %s's URL as http or https, host and port alone, such as https://%s.example, at most %d bytes, got %q", of, of, maxPodURL, raw)
	}
	return nil
}
