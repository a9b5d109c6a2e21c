package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"tongjian/corpus"
)

func newIngest(std streams) *cobra.Command {
	var cfg config
	var format string
	cmd := &cobra.Command{
		Use:   "ingest PATH...",
		Short: "导入文件和文件夹",
		Long: `导入文件，以及文件夹中的全部文件（以“.”或“~$”开头者除外）。每个文件输出一行：added 新增、unchanged 未变、replaced 替换旧版本、folded 重复件（并入已有的一份，不另计）、outdated 存为旧版本、failed 失败及原因。
读不了的文件不影响其余文件；有失败时退出码为 2。报告为 added 的文件已经落盘，即使随后断电也不会丢失。重复导入同样的文件没有任何变化。`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			print, err := outcomePrinter(std.out, format)
			if err != nil {
				return err
			}
			a, err := openApp(cmd.Context(), cfg, std)
			if err != nil {
				return err
			}
			return errors.Join(ingestPaths(cmd.Context(), a, std, paths, print), a.Close())
		},
	}
	cfg.dataFlags(cmd)
	cfg.limits.flags(cmd)
	cmd.Flags().StringVar(&format, "format", "table", "输出格式：table 或 json（JSON Lines）")
	return cmd
}

func ingestPaths(ctx context.Context, a *app, std streams, paths []string, print func(corpus.Outcome)) error {
	in := a.ingester()
	in.Report = print
	if std.terminal {
		bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(std.err), progressbar.OptionShowCount(),
			progressbar.OptionSetDescription("导入"), progressbar.OptionClearOnFinish())
		in.Progress = func(done, total int) {
			if total > 0 {
				bar.ChangeMax(total)
			}
			_ = bar.Set(done) // a bar that cannot be drawn stops nothing
		}
		defer bar.Close()
	}
	summary, err := in.Paths(ctx, paths)
	// What has been stored becomes searchable even where the rest could not be read.
	err = errors.Join(err, a.catchUp(ctx))
	fmt.Fprintf(std.err, "共 %d 个文件：新增 %d，未变 %d，替换 %d，失败 %d；新增问题 %d 个\n", summary.Done(),
		summary.Added, summary.Unchanged, summary.Replaced, summary.Failed, summary.Findings)
	if summary.Folded+summary.Outdated > 0 {
		fmt.Fprintf(std.err, "另存不计：重复件 %d 份，旧版本 %d 份\n", summary.Folded, summary.Outdated)
	}
	if summary.Left > 0 {
		fmt.Fprintf(std.err, "有 %d 条人工更正在新版本中找不到原处，仍留在旧版本上，请复核\n", summary.Left)
	}
	switch {
	case err != nil:
		return err
	case summary.Failed > 0:
		return errReported
	case summary.Done() == 0:
		fmt.Fprintln(std.err, "没有找到可导入的文件")
		return errNothing
	}
	return nil
}

// outcomePrinter returns what writes one line a file. Lines are written as they become certain.
func outcomePrinter(out io.Writer, format string) (func(corpus.Outcome), error) {
	switch format {
	case "json":
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		return func(o corpus.Outcome) { _ = enc.Encode(o) }, nil
	case "table":
		return func(o corpus.Outcome) {
			detail := fmt.Sprintf("%s，问题 %d 个，提醒 %d 条", o.Document, o.Findings, o.Warnings)
			switch {
			case o.Result == corpus.Failed:
				detail = o.Reason
			case o.Other != "":
				detail += "；" + sameAs(o)
			}
			fmt.Fprintf(out, "%-9s  %s  %s\n", o.Result, oneLine(o.Name), oneLine(detail))
		}, nil
	}
	return nil, fmt.Errorf("没有“%s”这种输出格式（应为：table, json）", format)
}

// sameAs says what a document has to do with the one that it is the same as.
func sameAs(o corpus.Outcome) string {
	switch o.Result {
	case corpus.Replaced:
		detail := "代替 " + string(o.Other)
		if o.Carried > 0 {
			detail += fmt.Sprintf("，沿用更正 %d 条", o.Carried)
		}
		if len(o.Left) > 0 {
			detail += fmt.Sprintf("，未能沿用 %d 条", len(o.Left))
		}
		return detail
	case corpus.Folded:
		return "与 " + string(o.Other) + " 内容相同，不另计"
	case corpus.Outdated:
		return "是 " + string(o.Other) + " 的旧版本，不计"
	}
	return ""
}

// oneLine returns s without what would break its line or steer a terminal: names of files may hold any byte.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, s) // bytes that are no UTF-8 become the same sign
}
