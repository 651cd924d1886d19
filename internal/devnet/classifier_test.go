package devnet

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"testing"

	"github.com/phallama/phallama/envelope"
)

// leading is of how many segments each the classifier looks at size and time.
const leading = 20

// features are what an observer can make of one exchange: of each of the first segments its size and the time since the
// one before, and of all of them how many, how large, how long, and how that varies. Times are in logarithms, since what
// a loaded machine does to them has a long tail.
func features(trace []segment) []float64 {
	var sizes, gaps []float64
	f := make([]float64, 2*leading, 2*leading+7)
	for i, s := range trace {
		size := float64(len(s.data))
		sizes = append(sizes, size)
		gap := s.at
		if i > 0 {
			gap -= trace[i-1].at
		}
		logGap := math.Log(1e-5 + gap.Seconds())
		if i > 0 { // the first tells when the request arrived, and how the machine was
			gaps = append(gaps, logGap)
		}
		if i < leading {
			f[2*i], f[2*i+1] = size, logGap
		}
	}
	mean, spread := moments(sizes)
	meanGap, spreadGap := moments(gaps)
	return append(f, float64(len(trace)), mean*float64(len(trace)), mean, spread, meanGap, spreadGap, (trace[len(trace)-1].at - trace[0].at).Seconds())
}

func moments(x []float64) (mean, spread float64) {
	if len(x) == 0 {
		return 0, 0
	}
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		spread += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, math.Sqrt(spread)
}

// standardise brings each feature to mean 0 and spread 1 by what the samples say that may be learnt from.
func standardise(x [][]float64, learn []int) [][]float64 {
	out := make([][]float64, len(x))
	for i := range x {
		out[i] = slices.Clone(x[i])
	}
	for j := range x[0] {
		var column []float64
		for _, i := range learn {
			column = append(column, x[i][j])
		}
		mean, spread := moments(column)
		for i := range out {
			out[i][j] = (out[i][j] - mean) / max(spread, 1e-9)
			out[i][j] = max(-5, min(5, out[i][j]))
		}
	}
	return out
}

// logistic learns a logistic regression, with weights held small, and returns its guess.
func logistic(x [][]float64, y []bool, learn []int) func(int) bool {
	const rounds, rate, decay = 400, 0.3, 0.02
	w := make([]float64, len(x[0])+1)
	score := func(i int) float64 {
		s := w[len(w)-1]
		for j, v := range x[i] {
			s += w[j] * v
		}
		return s
	}
	for range rounds {
		gradient := make([]float64, len(w))
		for _, i := range learn {
			off := 1 / (1 + math.Exp(-score(i)))
			if y[i] {
				off--
			}
			for j, v := range x[i] {
				gradient[j] += off * v
			}
			gradient[len(w)-1] += off
		}
		for j := range w {
			w[j] -= rate * (gradient[j]/float64(len(learn)) + decay*w[j])
		}
	}
	return func(i int) bool { return score(i) > 0 }
}

// right is how many of the samples are told right by a classifier that has learnt from the others, a tenth at a time.
func right(x [][]float64, y []bool) (n int) {
	const folds = 10
	for fold := range folds {
		var learn, test []int
		for i := range x {
			if i%folds == fold {
				test = append(test, i)
			} else {
				learn = append(learn, i)
			}
		}
		guess := logistic(standardise(x, learn), y, learn)
		for _, i := range test {
			if guess(i) == y[i] {
				n++
			}
		}
	}
	return n
}

// wilson is the interval of 95 % for a share of which k of n were seen (Wilson 1927).
func wilson(k, n int) (low, high float64) {
	const z = 1.96
	p, m := float64(k)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return middle - half, middle + half
}

// TestClassifierLearns holds the classifier against what it must tell apart, and what nobody can.
func TestClassifierLearns(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var x [][]float64
	var y []bool
	for i := range 400 {
		y = append(y, i%2 == random.IntN(2))
		f := make([]float64, 30)
		for j := range f {
			f[j] = random.NormFloat64()
		}
		if y[i] {
			f[7] += 1.5
		}
		x = append(x, f)
	}
	if low, _ := wilson(right(x, y), len(x)); low < 0.65 {
		t.Errorf("one feature of thirty tells: right in %.2f at least, want 0.65 or more", low)
	}
	for i := range y {
		y[i] = random.IntN(2) == 0
	}
	if low, high := wilson(right(x, y), len(x)); low > 0.5 {
		t.Errorf("nothing tells: right in %.2f to %.2f", low, high)
	}
}

// TestShapeClassifier: whoever sees sizes and times of what a pod sends tells answers of two kinds apart without a shape,
// and no better than a coin at a constant rate. Both kinds end in the same number of cells there.
func TestShapeClassifier(t *testing.T) {
	if os.Getenv("PHALLAMA_TEST_LONG") == "" {
		t.Skip("takes 15 minutes; set PHALLAMA_TEST_LONG=1")
	}
	const each = 100
	n := start(t, nil)
	o := newObserver(t)
	for _, pair := range []struct {
		name  string
		kinds [2]question
	}{
		{"other words", [2]question{{"Count to 50", 200}, {"Talk forever", 130}}},
		{"another length", [2]question{{"Talk forever", 290}, {"Talk forever", 500}}},
	} {
		for _, shape := range []envelope.Shape{envelope.ShapeOff, envelope.ShapeCell, envelope.ShapeCBR} {
			t.Run(pair.name+"/"+string(shape), func(t *testing.T) {
				random := rand.New(rand.NewPCG(3, 4))
				c := o.as(n, shape)
				ask := func(kind int) []segment {
					if status, body, _ := answered(t, c, pair.kinds[kind], true); status != http.StatusOK {
						t.Fatalf("%d %s", status, body)
					}
					seen := o.seen()
					return seen[len(seen)-1] // others were refused, or of another kind
				}
				for range 2 {
					ask(0) // what is new in a session
					ask(1)
				}
				kinds := make([]int, 2*each)
				for i := range each {
					kinds[i] = 1
				}
				random.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
				var x [][]float64
				var y []bool
				counts := map[string]int{}
				for _, kind := range kinds {
					trace := ask(kind)
					x, y = append(x, features(trace)), append(y, kind == 1)
					if shape == envelope.ShapeCBR {
						counts[fmt.Sprintf("%d frames of kind %d", len(frames(t, trace)), kind)]++
					}
				}
				k := right(x, y)
				low, high := wilson(k, len(x))
				t.Logf("%d of %d right: %.1f %% (%.1f to %.1f) %v", k, len(x), 100*float64(k)/float64(len(x)), 100*low, 100*high, counts)
				for i := range leading {
					var of [2][]float64
					for s := range x {
						if x[s][2*i] != 0 {
							of[kinds[s]] = append(of[kinds[s]], math.Exp(x[s][2*i+1])*1000)
						}
					}
					if shape == envelope.ShapeCBR {
						m0, s0 := moments(of[0])
						m1, s1 := moments(of[1])
						t.Logf("segment %d: after %.2f ± %.2f and %.2f ± %.2f ms", i, m0, s0, m1, s1)
					}
				}
				switch {
				case shape == envelope.ShapeOff && low <= 0.5:
					t.Error("this classifier would not see what it looks for")
				case shape == envelope.ShapeCBR && low > 0.5:
					t.Error("a constant rate tells the kinds apart")
				}
			})
		}
	}
}
