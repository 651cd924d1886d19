package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"
)

// screen is a place to print to. It uses colours on a terminal only, and not if NO_COLOR is set (no-color.org).
type screen struct {
	*os.File
	colours bool
}

func newScreen(f *os.File) *screen {
	info, err := f.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	return &screen{File: f, colours: terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
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

// table prints rows under a header, columns as wide as they need to be.
func (s *screen) table(header []string, rows [][]string) {
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
	fmt.Fprintln(s, s.bold(line(header)))
	for _, row := range rows {
		fmt.Fprintln(s, line(row))
	}
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
