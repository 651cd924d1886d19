package devnet

import (
	"errors"
	"time"

	"github.com/phallama/phallama/enclave"
)

// As a service manager would, the network starts again what ended by itself and says that this helps. More often than
// this within the window, and it gives up.
const (
	maxRestarts   = 5
	restartWindow = 10 * time.Minute
	restartDelay  = 500 * time.Millisecond
)

// keep watches a child. One that ends by itself is started again by again if that is worth it, and otherwise reported.
// again returns no child where the old one was told to end meanwhile.
func (n *Network) keep(c *child, worth func(status int) bool, again func(old *child) (*child, error)) {
	go func() {
		var tries []time.Time
		for {
			<-c.done
			if c.ending.Load() {
				return
			}
			reason, now := c.failure(), time.Now()
			for len(tries) > 0 && now.Sub(tries[0]) > restartWindow {
				tries = tries[1:]
			}
			if !worth(c.cmd.ProcessState.ExitCode()) || len(tries) == maxRestarts {
				n.fail(reason)
				return
			}
			tries = append(tries, now)
			n.config.Log.Warn("ended and is started again", "what", c.name, "try", len(tries), "of", maxRestarts, "status", c.cmd.ProcessState.String())
			select {
			case <-time.After(restartDelay):
			case <-n.run.Done():
				return
			}
			next, err := again(c)
			if err != nil {
				n.fail(errors.Join(reason, err))
				return
			}
			if next == nil {
				return
			}
			c = next
		}
	}()
}

func always(int) bool { return true }

// wedged is how a podd ends that must be started again.
func wedged(status int) bool { return status == enclave.StatusWedged }
