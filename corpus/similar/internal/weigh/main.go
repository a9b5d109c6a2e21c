// Command weigh counts the features of labelled statements and writes weights.txt of package similar.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tongjian/corpus/similar"
)

func main() {
	out := flag.String("o", "weights.txt", "file to write")
	flag.Parse()
	if err := run(*out, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run counts the statements of the files in a folder.
func run(out, folder string) error {
	var statements []string
	for _, pattern := range []string{"*.jsonl", "*.txt"} {
		files, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			return fmt.Errorf("list statements in %s: %w", folder, err)
		}
		for _, name := range files {
			more, err := read(name)
			if err != nil {
				return fmt.Errorf("read statements of %s: %w", name, err)
			}
			statements = append(statements, more...)
		}
	}
	// The same statement in two batches is one.
	slices.Sort(statements)
	statements = slices.Compact(statements)
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := similar.Count(w, statements); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// read returns the statements of a file in one of the two formats that the folder's README describes.
func read(name string) ([]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "["):
		case strings.HasPrefix(line, "{"):
			var labelled struct {
				Statement string `json:"statement"`
			}
			if err := json.Unmarshal([]byte(line), &labelled); err != nil {
				return nil, err
			}
			out = append(out, labelled.Statement)
		default:
			line, _, _ = strings.Cut(strings.TrimPrefix(line, "!"), " ")
			out = append(out, line)
		}
	}
	return out, nil
}
