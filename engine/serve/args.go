package serve

import (
	"errors"
	"fmt"
	"strconv"
)

// parse finds the model that a runner is to hold and the runner's number among the arguments that Ollama gives it. Ollama
// also starts runners to look for GPUs, and runners of other kinds for images and MLX. The engine computes on the CPU and
// has neither.
func parse(args []string) (model string, number int, err error) {
	for i, a := range args {
		switch a {
		case "--imagegen-engine", "--mlx-engine":
			return "", 0, fmt.Errorf("%s is not part of the engine", a)
		case "--model":
			if i+1 < len(args) {
				model = args[i+1]
			}
		case "--port":
			if i+1 < len(args) {
				number, _ = strconv.Atoi(args[i+1])
			}
		}
	}
	switch {
	case model == "":
		return "", 0, errors.New("the engine looks for no GPU")
	case number <= 0:
		return "", 0, errors.New("the runner has no number")
	}
	return model, number, nil
}
