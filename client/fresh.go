package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// VerifyFresh has a pod's enclave quoted over a nonce drawn here, sealed to the pod's request key, and verifies the quote
// by the same policies as the registry's: of the identity, the enclave and the machine that the registry shows, and over
// this nonce and key. The claims are those of the fresh quote; their last check is attest.CheckFresh.
func (c *Client) VerifyFresh(ctx context.Context, id protocol.Address) (attest.Claims, error) {
	ctx = WithTrace(ctx, nil)
	pod, err := c.pods.find(ctx, id, recordsFresh)
	if err != nil {
		return attest.Claims{}, err
	}
	claims, err := c.verifyFresh(ctx, pod)
	var outside *envelope.RefusedError
	if errors.As(err, &outside) && outside.KeyMismatch { // it may have another identity since the registry was read
		if pod, err = c.pods.find(ctx, id, 0); err == nil {
			claims, err = c.verifyFresh(ctx, pod)
		}
	}
	return claims, err
}

func (c *Client) verifyFresh(ctx context.Context, pod *verifiedPod) (attest.Claims, error) {
	ask := protocol.FreshRequest{Nonce: protocol.NewNonce()}
	body, err := json.Marshal(ask)
	if err != nil {
		return attest.Claims{}, err
	}
	start := c.cfg.Now()
	raw, pod, err := c.post(ctx, pod, protocol.PathFresh, body)
	if err != nil {
		return attest.Claims{}, err
	}
	took := c.cfg.Now().Sub(start)
	quote, err := protocol.ParseFreshQuote(raw)
	if err != nil {
		return attest.Claims{}, fmt.Errorf("pod %s: %w", pod.record.ID.Short(), err)
	}
	if sealed := pod.record.KeyConfig.ConfigHash; quote.KeyConfigHash != sealed {
		return attest.Claims{}, staleness("a quote for the key config that the request was sealed to, "+sealed.String(), "one for "+quote.KeyConfigHash.String())
	}
	evidence, err := attest.ParseEvidence(attest.Kind(quote.Kind), quote.Evidence)
	if err != nil {
		return attest.Claims{}, err
	}
	claims, err := c.pods.hold(ctx, pod.record, evidence, func(attest.Claims) attest.ReportData {
		return c.pods.identityOf(pod.record).FreshReportData(ask.Nonce, pod.record.KeyConfig.ConfigHash)
	})
	if err != nil {
		return attest.Claims{}, err
	}
	// An identity lives in the memory of one enclave on one machine: quoted anywhere else, its key has got out.
	known := pod.claims
	if claims.Kind != known.Kind || claims.Measurement() != known.Measurement() || claims.Platform.Machine != known.Platform.Machine {
		return attest.Claims{}, staleness(
			fmt.Sprintf("the enclave and machine of the registry's quote, %.16s… on %.16s…", known.Measurement(), known.Platform.Machine),
			fmt.Sprintf("%.16s… on %.16s…", claims.Measurement(), claims.Platform.Machine))
	}
	fresh := attest.CheckFresh
	fresh.Value = fmt.Sprintf("over our nonce, %d ms", took.Round(time.Millisecond).Milliseconds())
	claims.Checks = append(slices.Concat(claims.Checks, pod.recordChecks), fresh)
	return claims, nil
}

func staleness(want, got string) error {
	return &attest.CheckError{Check: attest.CheckFresh.Name, Want: want, Got: got, Hint: "this is not the pod that the registry shows: use another one"}
}

// post seals JSON to a pod and reads what it answers, a *PodError where that is a refusal, and returns the pod with the key
// that was used. Of the answer nothing is checked but that the holder of that key gave it.
func (c *Client) post(ctx context.Context, pod *verifiedPod, path string, body []byte) ([]byte, *verifiedPod, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	res, pod, err := c.ask(ctx, pod, http.MethodPost, path, http.Header{"Content-Type": {"application/json"}}, body)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxProblem+1))
	switch {
	case err != nil:
		return nil, nil, err
	case len(answer) > maxProblem:
		return nil, nil, &PodError{pod.record.ID, unexplained(res.StatusCode)}
	case res.StatusCode != http.StatusOK:
		problem, ok := readProblem(res.StatusCode, res.Header.Get("Content-Type"), answer)
		if !ok {
			problem = unexplained(res.StatusCode)
		}
		return nil, nil, &PodError{pod.record.ID, problem}
	}
	return answer, pod, nil
}
