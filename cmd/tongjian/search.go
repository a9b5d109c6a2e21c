package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongjian/api"
)

func newSearch(std streams) *cobra.Command {
	var q question
	cmd := &cobra.Command{
		Use:   "search QUERY...",
		Short: "检索",
		Long: `检索已导入的文件。检索语言：采购 招标（都有）、采购 OR 招标（任一）、"未经集体研究"（逐字）、-培训（不含）、
unit:名称、year:2019..2023、category:procurement 等。没有结果时退出码为 1。参数与接口 /api/v1/search 相同。`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, words []string) error {
			if len(words) > 0 {
				q.params.Set("q", strings.TrimSpace(q.params.Get("q")+" "+strings.Join(words, " ")))
			}
			req, err := api.ParseSearch(q.params)
			if err != nil {
				return err
			}
			var found int
			err = ask(cmd.Context(), q, std, func(ctx context.Context, s *api.Service) (*api.SearchAnswer, error) {
				answer, err := s.Search(ctx, req)
				if err == nil {
					found = answer.Total.Value
				}
				return answer, err
			}, searchTable)
			if err == nil && found == 0 {
				return errNothing
			}
			return err
		},
	}
	q.flags(cmd)
	q.param(cmd, "limit", "最多显示多少条（默认 20，至多 200）")
	q.param(cmd, "sort", "次序：relevance、date 或 -date")
	q.param(cmd, "group", "分组：finding 或 document")
	return cmd
}

func searchTable(w io.Writer, a *api.SearchAnswer) error {
	if a.Total.Value == 0 {
		_, err := fmt.Fprintln(w, "没有找到："+a.Understood)
		return err
	}
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
