package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"tongjian/api"
	"tongjian/corpus"
)

// question is a command that asks the service one thing and prints the answer: the same thing, with the same parameters,
// that the interface answers at an address of its own.
type question struct {
	cfg    config
	format string
	params url.Values
	links  bool // the answer needs to know what belongs together
}

// flags adds the data folder, the format and a flag for each filter.
func (q *question) flags(cmd *cobra.Command) {
	q.filterFlags(cmd)
	cmd.Flags().StringVar(&q.format, "format", "table", "输出格式：table、json 或 csv")
}

// filterFlags adds the data folder and a flag for each filter.
func (q *question) filterFlags(cmd *cobra.Command) {
	q.cfg.existing = true
	q.params = url.Values{}
	q.cfg.dataFlags(cmd)
	q.param(cmd, "q", "检索式")
	for _, f := range corpus.Fields {
		q.param(cmd, string(f), f.Chinese()+"（可重复，表示“或”）")
	}
}

// param adds a flag that is handed on as a parameter of the same name.
func (q *question) param(cmd *cobra.Command, name, usage string) {
	cmd.Flags().Func(name, usage, func(value string) error {
		q.params.Add(name, value)
		return nil
	})
}

// ask opens the data folder, gets the answer and prints it; table prints it for people, nil for the columns of the CSV.
func ask[T any](ctx context.Context, q question, std streams, get func(context.Context, *api.Service) (T, error), table func(io.Writer, T) error) error {
	if !slices.Contains([]string{"table", "json", "csv"}, q.format) {
		return fmt.Errorf("没有“%s”这种输出格式（应为：table, json, csv）", q.format)
	}
	a, err := openApp(ctx, q.cfg, std)
	if err != nil {
		return err
	}
	var answer T
	if q.links {
		err = a.links.build(ctx)
	}
	if err == nil {
		answer, err = get(ctx, a.service)
	}
	if err := errors.Join(err, a.Close()); err != nil {
		return err
	}
	switch {
	case q.format == "json":
		enc := json.NewEncoder(std.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(answer)
	case q.format == "csv":
		return api.WriteCSV(std.out, answer)
	case table != nil:
		return table(std.out, answer)
	}
	return printTable(std.out, answer)
}

// hidden are columns that only machines want.
var hidden = []string{"drilldown", "share_low", "share_high", "documents_total", "units_total", "sparse"}

// printTable prints the table of an answer in columns; a Chinese character is two columns wide.
func printTable(w io.Writer, answer any) error {
	header, rows, err := api.Rows(answer)
	if err != nil {
		return err
	}
	var shown []int
	for i, name := range header {
		if !slices.Contains(hidden, name) {
			shown = append(shown, i)
		}
	}
	widths := make([]int, len(header))
	all := append([][]string{header}, rows...)
	for _, row := range all {
		for _, i := range shown {
			widths[i] = max(widths[i], uniseg.StringWidth(row[i]))
		}
	}
	for _, row := range all {
		var b strings.Builder
		for _, i := range shown {
			b.WriteString(row[i] + strings.Repeat(" ", widths[i]-uniseg.StringWidth(row[i])+2))
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}
