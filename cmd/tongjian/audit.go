package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"tongjian/corpus/sqlite"
)

// auditPage is how many lines of the trail are read at a time.
const auditPage = 1000

func newAudit(std streams) *cobra.Command {
	cfg := config{existing: true}
	var verify bool
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "查看或核验审计记录",
		Long: `按时间列出谁对什么做了什么：导入、更正、删除、导出、被拒绝的请求、密钥的使用。
--verify 只核验：逐条检查散列链与数据库，发现改动、缺失或调换即报错。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.exists(); err != nil {
				return err
			}
			db, err := sqlite.Open(storePath(cfg.data), sqlite.Options{Now: std.now})
			if err != nil {
				return err
			}
			if verify {
				return errors.Join(verifyStore(cmd, std, db), db.Close())
			}
			return errors.Join(printAudit(cmd, std, db), db.Close())
		},
	}
	cmd.Flags().StringVar(&cfg.data, "data", defaultData(), "数据目录")
	cmd.Flags().BoolVar(&verify, "verify", false, "只核验，不列出")
	return cmd
}

func verifyStore(cmd *cobra.Command, std streams, db *sqlite.DB) error {
	report, err := db.Check(cmd.Context())
	if err != nil {
		return err
	}
	for _, problem := range report.Problems {
		fmt.Fprintln(std.err, problem)
	}
	if len(report.Problems) > 0 {
		return fmt.Errorf("核验发现 %d 处问题", len(report.Problems))
	}
	_, err = fmt.Fprintln(std.out, "审计记录与数据库完好")
	return err
}

func printAudit(cmd *cobra.Command, std streams, db *sqlite.DB) error {
	var after int64
	for {
		lines, err := db.Audit(cmd.Context(), after, auditPage)
		if err != nil {
			return err
		}
		for _, l := range lines {
			after = l.Sequence
			fmt.Fprintf(std.out, "%d\t%s\t%s\t%s\t%s\t%s\n", l.Sequence, l.At.Format(time.RFC3339), l.Actor, l.Action, l.Subject, l.Detail)
		}
		if len(lines) < auditPage {
			return nil
		}
	}
}
