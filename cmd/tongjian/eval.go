package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tongjian/corpus"
	"tongjian/corpus/gold"
)

// evalConfig is what eval was asked for.
type evalConfig struct {
	config
	gold       string
	docs       string
	statements string
	format     string
	seed       uint64
}

func newEval(std streams) *cobra.Command {
	var cfg evalConfig
	cmd := &cobra.Command{
		Use:   "eval --gold DIR --docs DIR | --statements FILE",
		Short: "与标准答案对照，评价读取与分类的质量",
		Long: `--gold 与 --docs：读取 DOCS 中的每份文件，与 GOLD 中同名的标准答案（JSON）对照。
--statements：给 JSON Lines 文件中的问题表述分类，与其中的 categories 对照；每行为
{"statement": …, "account": …, "heading": …, "kind": "facts" 或 "measures", "categories": ["代码", …]}，只有 statement 与 categories 是必需的。
输出查准率、查全率、F1（逐类、微平均、宏平均），易混类别，主类别正确率，95% 自助法区间，以及分值可靠性表。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			print, ok := evalPrinters[cfg.format]
			if !ok {
				return fmt.Errorf("没有“%s”这种输出格式（应为：table, json）", cfg.format)
			}
			report, err := evaluate(cmd.Context(), cfg, std)
			if report == nil {
				return err
			}
			return errors.Join(print(std.out, report), err)
		},
	}
	cfg.taxonomyFlag(cmd)
	cmd.Flags().StringVar(&cfg.gold, "gold", "", "标准答案目录")
	cmd.Flags().StringVar(&cfg.docs, "docs", "", "文件目录")
	cmd.Flags().StringVar(&cfg.statements, "statements", "", "带类别的问题表述（JSON Lines）")
	cmd.Flags().StringVar(&cfg.format, "format", "table", "输出格式：table 或 json")
	cmd.Flags().Uint64Var(&cfg.seed, "seed", 1, "自助法抽样的随机种子")
	cmd.MarkFlagsRequiredTogether("gold", "docs")
	cmd.MarkFlagsMutuallyExclusive("gold", "statements")
	cmd.MarkFlagsOneRequired("gold", "statements")
	return cmd
}

// evaluate works out the report. Files that could not be read are told on the way, count as read wrongly, and end the
// command with errReported beside the report.
func evaluate(ctx context.Context, cfg evalConfig, std streams) (*evalReport, error) {
	reader, err := newReader(cfg.taxonomy)
	if err != nil {
		return nil, err
	}
	if cfg.statements != "" {
		return evaluateStatements(reader.taxonomy, cfg.statements, cfg.seed)
	}
	return evaluateDocuments(ctx, reader, cfg, std.err)
}

func evaluateDocuments(ctx context.Context, reader *reader, cfg evalConfig, log io.Writer) (*evalReport, error) {
	names, err := filepath.Glob(filepath.Join(escapeGlob(cfg.gold), "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list gold files in %s: %w", cfg.gold, err)
	}
	files, err := os.ReadDir(cfg.docs)
	if err != nil {
		return nil, fmt.Errorf("list documents in %s: %w", cfg.docs, err)
	}
	if len(names) == 0 {
		fmt.Fprintf(log, "%s 中没有标准答案（*.json）\n", cfg.gold)
		return nil, errNothing
	}
	slices.Sort(names)
	var comparisons []namedComparison
	var failed error
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		truth, err := readGold(name)
		if err != nil {
			return nil, err
		}
		stem := strings.TrimSuffix(filepath.Base(name), ".json")
		file := documentOf(files, stem)
		if file == "" {
			fmt.Fprintf(log, "没有与 %s 同名的文件\n", filepath.Base(name))
			failed = errReported
			continue
		}
		doc, err := reader.file(filepath.Join(cfg.docs, file))
		if err != nil {
			fmt.Fprintf(log, "%s：%v\n", file, err)
			failed = errReported
		}
		comparisons = append(comparisons, namedComparison{stem, gold.Compare(truth, doc)})
	}
	return documentReport(comparisons, cfg.seed), failed
}

func readGold(name string) (*gold.Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, err := gold.Read(f)
	if err != nil {
		return nil, &corpus.Error{
			Kind: corpus.Invalid, Message: "标准答案 " + name + " 读不懂", Position: -1, Expected: "JSON 对象，形同 tongjian parse 的输出", Cause: err,
		}
	}
	return d, nil
}

// documentOf returns the file that a gold file is named after, "" where there is none.
func documentOf(files []fs.DirEntry, stem string) string {
	for _, f := range files {
		ext := filepath.Ext(f.Name())
		if strings.HasPrefix(f.Name(), stem+".") && ext != ".json" && ext != ".md" && !f.IsDir() {
			return f.Name()
		}
	}
	return ""
}

// escapeGlob returns a path that matches itself only.
func escapeGlob(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}
