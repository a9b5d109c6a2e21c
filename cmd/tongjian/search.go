package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongjian/api"
)

func newSearch(std streams) *cobra.Command {
	cfg := config{existing: true}
	var format string
	var limit int
	cmd := &cobra.Command{
		Use:   "search QUERY...",
		Short: "检索",
		Long: `检索已导入的文件。检索语言：采购 招标（都有）、采购 OR 招标（任一）、"未经集体研究"（逐字）、-培训（不含）、
unit:名称、year:2019..2023、category:procurement 等。没有结果时退出码为 1。`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, words []string) error {
			print, ok := searchPrinters[format]
			if !ok {
				return fmt.Errorf("没有“%s”这种输出格式（应为：table, json）", format)
			}
			req, err := api.ParseSearch(url.Values{"q": {strings.Join(words, " ")}, "limit": {strconv.Itoa(limit)}})
			if err != nil {
				return err
			}
			a, err := openApp(cmd.Context(), cfg, std)
			if err != nil {
				return err
			}
			answer, err := a.service.Search(cmd.Context(), req)
			if err := errors.Join(err, a.Close()); err != nil {
				return err
			}
			if answer.Total.Value == 0 {
				fmt.Fprintln(std.err, "没有找到："+answer.Understood)
				return errNothing
			}
			return print(std.out, answer)
		},
	}
	cfg.dataFlags(cmd)
	cmd.Flags().StringVar(&format, "format", "table", "输出格式：table 或 json")
	cmd.Flags().IntVar(&limit, "limit", 20, "最多显示多少条")
	return cmd
}

var searchPrinters = map[string]func(io.Writer, *api.SearchAnswer) error{
	"json": func(w io.Writer, a *api.SearchAnswer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(a)
	},
	"table": searchTable,
}

func searchTable(w io.Writer, a *api.SearchAnswer) error {
	for _, h := range a.Data {
		id := string(h.ID)
		if id == "" {
			id = string(h.DocumentID)
		}
		year := ""
		if h.Year != 0 {
			year = strconv.Itoa(int(h.Year))
		}
		codes := make([]string, len(h.Categories))
		for i, c := range h.Categories {
			codes[i] = string(c)
		}
		fmt.Fprintf(w, "%s  %s\n", id, h.Statement)
		fmt.Fprintln(w, "    "+strings.Join(present(string(h.Unit), year, h.Status.Chinese(), strings.Join(codes, " ")), " · "))
		for _, s := range h.Snippets {
			fmt.Fprintln(w, "    "+marked(s))
		}
	}
	_, err := fmt.Fprintf(w, "共 %d 条，显示 %d 条\n", a.Total.Value, len(a.Data))
	return err
}

// present leaves out what is not known.
func present(values ...string) []string {
	return slices.DeleteFunc(values, func(s string) bool { return s == "" })
}

// marked shows a snippet on one line with its matches in 【】.
func marked(s api.Snippet) string {
	var b strings.Builder
	at := 0
	for _, m := range s.Spans {
		b.WriteString(s.Text[at:m.Start] + "【" + s.Text[m.Start:m.End] + "】")
		at = m.End
	}
	b.WriteString(s.Text[at:])
	return strings.ReplaceAll(b.String(), "\n", " ")
}
