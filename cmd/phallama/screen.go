package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/phallama/phallama/attest"
)

// screen is a place to print to. It uses colours on a terminal only, and not if NO_COLOR is set (no-color.org).
type screen struct {
	*os.File
	colours bool
}

func newScreen(f *os.File) *screen {
	return &screen{File: f, colours: isTerminal(f) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

// isTerminal tells whether somebody may be there: /dev/null is a character device, too.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

func (s *screen) paint(code, text string) string {
	if !s.colours {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s *screen) bold(text string) string   { return s.paint("1", text) }
func (s *screen) dim(text string) string    { return s.paint("2", text) }
func (s *screen) red(text string) string    { return s.paint("31", text) }
func (s *screen) green(text string) string  { return s.paint("32", text) }
func (s *screen) yellow(text string) string { return s.paint("33", text) }

// json prints a value for machines.
func (s *screen) json(v any) error {
	encoder := json.NewEncoder(s)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}

// step prints one line of a story: what, then its value.
func (s *screen) step(what, format string, args ...any) {
	fmt.Fprintf(s, "  %s %s\n", s.bold(fmt.Sprintf("%-11s", what)), fmt.Sprintf(format, args...))
}

// checkWidth is that of the names of checks, screenWidth of a terminal that everybody has.
const (
	checkWidth  = 22
	screenWidth = 80
)

// checks prints checks that passed, each with what it found, in lines that fit a terminal.
func (s *screen) checks(checks []attest.Check) {
	for _, c := range checks {
		s.check(s.green("ok"), c.Name, c.Value)
	}
}

func (s *screen) check(mark, name, value string) {
	for i, line := range wrapText(value, screenWidth-checkWidth-9) {
		if i == 0 {
			fmt.Fprintf(s, "    %-s %-*s  %s\n", mark, checkWidth, name, line)
			continue
		}
		fmt.Fprintf(s, "%s%s\n", strings.Repeat(" ", checkWidth+9), line)
	}
}

// wrapText breaks text at spaces into lines of at most width characters; a longer word is a line of its own.
func wrapText(text string, width int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) <= width:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return lines
}

// table prints rows under a header, columns as wide as they need to be.
func (s *screen) table(header []string, rows [][]string) { s.tableTo(s, header, rows) }

func (s *screen) tableTo(w io.Writer, header []string, rows [][]string) {
	width := make([]int, len(header))
	for _, row := range append([][]string{header}, rows...) {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	line := func(row []string) string {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell)+2))
			}
		}
		return strings.TrimRight(b.String(), " ")
	}
	fmt.Fprintln(w, s.bold(line(header)))
	for _, row := range rows {
		fmt.Fprintln(w, line(row))
	}
}

// list joins what belongs together into lines that fit a terminal.
func list(items ...string) string {
	text, width := "", 0
	for _, item := range items {
		n := utf8.RuneCountInString(item)
		switch {
		case item == "":
			continue
		case text == "":
			text, width = item, n
		case width+3+n <= screenWidth:
			text, width = text+" · "+item, width+3+n
		default:
			text, width = text+" ·\n"+item, n
		}
	}
	return text
}

// count is a number of things.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// simulated is the notice wherever a devnet shows.
const simulated = "SIMULATED (tier T0): no enclave hardware, no real money"
