package devnet

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/phallama/phallama/envelope"
)

// leading is of how many bursts each the classifier looks at size and time.
const leading = 20

// together is how soon after another a segment belongs to the same burst: one frame may take several.
const together = 5 * time.Millisecond

// burst is what came together, at the time when it began.
type burst struct {
	at, ended time.Duration
	size      int
}

func bursts(trace []segment) (all []burst) {
	for _, s := range trace {
		if n := len(all); n > 0 && s.at-all[n-1].ended < together {
			all[n-1].ended, all[n-1].size = s.at, all[n-1].size+len(s.data)
			continue
		}
		all = append(all, burst{s.at, s.at, len(s.data)})
	}
	return all
}

// features are what an observer can make of one exchange: of each of the first bursts its size, when it came after the
// first and after the one before, and how long it took; and of all segments how many, how large, how long, and how that
// varies.
func features(trace []segment) (f []float64) {
	var sizes, gaps []float64
	for i, s := range trace {
		sizes = append(sizes, float64(len(s.data)))
		if i > 0 {
			gaps = append(gaps, (s.at - trace[i-1].at).Seconds())
		}
	}
	meanSize, spreadSize := moments(sizes)
	meanGap, spreadGap := moments(gaps)
	f = append(f, float64(len(trace)), meanSize*float64(len(trace)), meanSize, spreadSize, meanGap, spreadGap, (trace[len(trace)-1].at - trace[0].at).Seconds())
	all := bursts(trace)
	f = append(f, float64(len(all)))
	for i := range leading {
		if i >= len(all) {
			f = append(f, 0, 0, 0, 0)
			continue
		}
		b, before := all[i], all[max(0, i-1)]
		f = append(f, float64(b.size), (b.at - all[0].at).Seconds(), (b.at - before.at).Seconds(), (b.ended - b.at).Seconds())
	}
	return f
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

// standardise brings each feature to median 0 and a typical distance of 1 from it, by what the samples say that may be
// learnt from, and cuts off what is far out: a loaded machine sends some things very late.
func standardise(x [][]float64, learn []int) [][]float64 {
	out := make([][]float64, len(x))
	for i := range x {
		out[i] = slices.Clone(x[i])
	}
	column := make([]float64, len(learn))
	for j := range x[0] {
		for k, i := range learn {
			column[k] = x[i][j]
		}
		middle := median(column)
		for k := range column {
			column[k] = math.Abs(column[k] - middle)
		}
		spread := median(column)
		if spread == 0 { // most are the same
			_, spread = moments(column)
		}
		for i := range out {
			out[i][j] = max(-5, min(5, (out[i][j]-middle)/max(spread, 1e-9)))
		}
	}
	return out
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return x[len(x)/2]
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
		{"another length", [2]question{{"Talk forever", 290}, {"Talk forever", 440}}},
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
				// A coin for each: of as many of one as of the other, what is left to learn from would tell what the rest is, and
				// a classifier that has nothing to go by would be wrong more often than right.
				kinds := make([]int, 2*each)
				for i := range kinds {
					kinds[i] = random.IntN(2)
				}
				var x [][]float64
				var y []bool
				var traces [][]segment
				counts := [2]map[int]int{{}, {}} // of frames, of each kind
				for _, kind := range kinds {
					trace := ask(kind)
					x, y, traces = append(x, features(trace)), append(y, kind == 1), append(traces, trace)
					if shape == envelope.ShapeCBR {
						counts[kind][len(frames(t, trace))]++
					}
				}
				k := right(x, y)
				low, high := wilson(k, len(x))
				t.Logf("%d of %d right: %.1f %% (%.1f to %.1f) %v", k, len(x), 100*float64(k)/float64(len(x)), 100*low, 100*high, counts)
				if shape == envelope.ShapeCBR {
					logTicks(t, traces, y)
				}
				switch {
				case shape == envelope.ShapeCBR && most(counts[0]) != most(counts[1]):
					t.Error("the kinds end in different numbers of frames: ask for less of one")
				case shape == envelope.ShapeOff && low <= 0.5:
					t.Error("this classifier would not see what it looks for")
				case shape == envelope.ShapeCBR && low > 0.5:
					t.Error("a constant rate tells the kinds apart")
				}
			})
		}
	}
}

// most is the number of frames that most answers have.
func most(counts map[int]int) (frames int) {
	for k, n := range counts {
		if n > counts[frames] {
			frames = k
		}
	}
	return frames
}

// logTicks says of each tick how far from its time frames came, for each kind: the median, and of the latest tenth the
// least; and how often one of the second kind is later than one of the first, of all pairs. By chance that is half of
// them, and with 100 of each between 0.42 and 0.58 nineteen times in twenty.
func logTicks(t *testing.T, traces [][]segment, y []bool) {
	late := map[bool][][]time.Duration{}
	for i, trace := range traces {
		for tick, b := range bursts(trace) {
			if tick == len(late[y[i]]) {
				late[y[i]] = append(late[y[i]], nil)
			}
			late[y[i]][tick] = append(late[y[i]][tick], b.at-trace[0].at-time.Duration(tick)*100*time.Millisecond)
		}
	}
	for tick := range late[false] {
		line := fmt.Sprintf("tick %d:", tick)
		for _, kind := range []bool{false, true} {
			if tick >= len(late[kind]) {
				continue
			}
			all := slices.Sorted(slices.Values(late[kind][tick]))
			line += fmt.Sprintf("  %v, %v late", all[len(all)/2].Round(10*time.Microsecond), all[len(all)*9/10].Round(10*time.Microsecond))
		}
		if tick < len(late[true]) {
			later := 0
			for _, a := range late[false][tick] {
				for _, b := range late[true][tick] {
					if b > a {
						later++
					}
				}
			}
			line += fmt.Sprintf("  %.2f later", float64(later)/float64(len(late[false][tick])*len(late[true][tick])))
		}
		t.Log(line)
	}
}
