package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

func newTaxonomy(std streams) *cobra.Command {
	cmd := &cobra.Command{Use: "taxonomy", Short: "分类体系", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(newTaxonomyDiff(std))
	return cmd
}

func newTaxonomyDiff(std streams) *cobra.Command {
	cfg := config{existing: true}
	var format string
	var apply bool
	cmd := &cobra.Command{
		Use:   "diff DIR",
		Short: "修改分类体系会改动哪些问题的类别",
		Long: `DIR 是修改过的分类体系（taxonomy.yaml 与 rules/）。逐个列出库中类别会变的问题，并按类别统计增减。不写入任何数据，除非给出 --apply。
人核定过的类别不变。没有任何变化时退出码为 1。`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg.taxonomy = args[0]
			err := relabel(cmd.Context(), cfg, std, format, apply)
			if apply && (err == nil || errors.Is(err, errNothing)) {
				fmt.Fprintf(std.err, "此后请以 --taxonomy %s 启动和导入，使新文件按同样的分类体系归类\n", args[0])
			}
			return err
		},
	}
	cmd.Flags().StringVar(&cfg.data, "data", defaultData(), "数据目录（默认取环境变量 TONGJIAN_DATA，否则为 ./data）")
	cmd.Flags().StringVar(&format, "format", "table", "输出格式：table 或 json")
	cmd.Flags().BoolVar(&apply, "apply", false, "按修改后的分类体系重新归类并保存")
	return cmd
}

func newRelabel(std streams) *cobra.Command {
	cfg := config{existing: true}
	var format string
	cmd := &cobra.Command{
		Use:   "relabel",
		Short: "按当前分类体系给库中的问题重新归类",
		Long:  "按内置的（或 --taxonomy 指定的）分类体系给库中全部问题重新归类并保存。人核定过的类别不变。没有任何变化时退出码为 1。",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return relabel(cmd.Context(), cfg, std, format, true)
		},
	}
	cfg.dataFlags(cmd)
	cmd.Flags().StringVar(&format, "format", "table", "输出格式：table 或 json")
	return cmd
}

// relabelBatch is how many documents are labelled, and stored, at a time.
const relabelBatch = 64

// relabel prints which findings move under a taxonomy, and with apply stores their new labels.
func relabel(ctx context.Context, cfg config, std streams, format string, apply bool) error {
	print, ok := relabelPrinters[format]
	if !ok {
		return fmt.Errorf("没有“%s”这种输出格式（应为：table, json）", format)
	}
	report, err := relabelStore(ctx, cfg, std, apply)
	if err != nil {
		return err
	}
	if err := print(std.out, report); err != nil {
		return err
	}
	if report.Moved == 0 && report.Replaced == 0 {
		return errNothing
	}
	return nil
}

// relabelStore opens what it needs: the store alone to look, the index too to apply.
func relabelStore(ctx context.Context, cfg config, std streams, apply bool) (*relabelReport, error) {
	if apply {
		a, err := openApp(ctx, cfg, std)
		if err != nil {
			return nil, err
		}
		report, err := relabelAll(ctx, a.store, a.labeler, true)
		return report, errors.Join(err, a.catchUp(ctx), a.Close())
	}
	tax, err := loadTaxonomy(cfg.taxonomy)
	if err != nil {
		return nil, err
	}
	l, err := newLabeler(tax)
	if err != nil {
		return nil, err
	}
	if err := cfg.exists(); err != nil {
		return nil, err
	}
	store, err := sqlite.Open(storePath(cfg.data), sqlite.Options{Now: std.now})
	if err != nil {
		return nil, err
	}
	report, err := relabelAll(ctx, store, l, false)
	return report, errors.Join(err, store.Close())
}

func relabelAll(ctx context.Context, store *sqlite.DB, l *labeler, apply bool) (*relabelReport, error) {
	report := &relabelReport{Taxonomy: l.taxonomy.Version(), Moves: []relabelMove{}, Leaves: []relabelLeaf{}}
	var moves []taxonomy.Move
	var last corpus.DocumentID
	for {
		ids, err := store.List(ctx, last, relabelBatch)
		if err != nil || len(ids) == 0 {
			report.sum(moves)
			return report, err
		}
		last = ids[len(ids)-1]
		kept, err := labelledByPersons(ctx, store, ids)
		if err != nil {
			return nil, err
		}
		// What is stored must not hold corrections: those are laid over it.
		docs, err := store.Parsed(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, doc := range docs {
			report.Documents++
			report.Findings += len(doc.Findings)
			for _, m := range l.Relabel(doc) {
				if kept[m.Finding] {
					report.Kept++
				} else {
					moves = append(moves, m)
				}
			}
		}
		if apply {
			n, err := store.Replace(ctx, docs)
			if err != nil {
				return nil, err
			}
			report.Replaced += n
		}
	}
}

// labelledByPersons returns the findings of documents whose categories a person gave.
func labelledByPersons(ctx context.Context, store *sqlite.DB, ids []corpus.DocumentID) (map[corpus.FindingID]bool, error) {
	docs, err := store.Documents(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := map[corpus.FindingID]bool{}
	for _, d := range docs {
		for _, f := range d.Findings {
			if len(f.Categories) > 0 && f.Categories[0].By == corpus.ByHuman {
				out[f.ID] = true
			}
		}
	}
	return out, nil
}

// exists returns an error where the data folder has no data.
func (c *config) exists() error {
	_, err := os.Stat(storePath(c.data))
	if errors.Is(err, fs.ErrPermission) {
		return &corpus.Error{
			Kind: corpus.Unavailable, Code: sqlite.CodeReadOnly, Message: "数据目录 " + c.data + " 没有读取权限", Position: -1, Cause: err,
		}
	}
	if err != nil {
		return &corpus.Error{
			Kind: corpus.NotFound, Message: "目录 " + c.data + " 中没有数据", Position: -1,
			Expected: "先用 tongjian ingest 导入文件，或用 --data 指明数据目录", Cause: err,
		}
	}
	return nil
}

var relabelPrinters = map[string]func(io.Writer, *relabelReport) error{"table": relabelTable, "json": relabelJSON}
