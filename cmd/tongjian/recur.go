package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tongjian/api"
)

func newRecur(std streams) *cobra.Command {
	var q question
	var common bool
	cmd := &cobra.Command{
		Use:   "recur",
		Short: "屡查屡犯与共性问题",
		Long: `列出同一单位在后一轮巡察中再次出现的问题（屡查屡犯）；--common 列出多个单位共有的问题（共性问题）。
条件与 search 相同。没有结果时退出码为 1。参数与接口 /api/v1/repeats、/api/v1/common-problems 相同。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if common {
				return recurCommon(cmd.Context(), q, std)
			}
			return recurRepeats(cmd.Context(), q, std)
		},
	}
	q.flags(cmd)
	q.links = true
	cmd.Flags().BoolVar(&common, "common", false, "列出共性问题")
	q.param(cmd, "limit", "最多显示多少条（默认 20，至多 200）")
	q.param(cmd, "evidence", "屡查屡犯的依据：similarity（相似）、admission（自述）或 both")
	q.param(cmd, "least_units", "共性问题至少涉及几个单位（默认 2）")
	return cmd
}

func recurRepeats(ctx context.Context, q question, std streams) error {
	q.params.Del("least_units")
	req, err := api.ParseRepeats(q.params)
	if err != nil {
		return err
	}
	found := 0
	err = ask(ctx, q, std, func(ctx context.Context, s *api.Service) (*api.List[api.RepeatPair], error) {
		list, err := s.Repeats(ctx, req)
		if err == nil {
			found = list.Total.Value
		}
		return list, err
	}, func(w io.Writer, l *api.List[api.RepeatPair]) error {
		for _, p := range l.Data {
			fmt.Fprintf(w, "%s  %s\n", p.Unit, p.Finding.Statement)
			fmt.Fprintf(w, "    %s %s  %s\n", p.Finding.Round, p.Finding.ID, p.Evidence)
			if p.Prior != nil {
				fmt.Fprintf(w, "    上一次：%s %s  %s（%s）\n", p.Prior.Round, p.Prior.ID, p.Prior.Statement, p.PriorStatus.Chinese())
			}
			if p.Admission != nil {
				fmt.Fprintf(w, "    自述：%s\n", p.Admission.Text)
			}
		}
		_, err := fmt.Fprintf(w, "共 %d 条，显示 %d 条\n", l.Total.Value, len(l.Data))
		return err
	})
	if err == nil && found == 0 {
		return errNothing
	}
	return err
}

func recurCommon(ctx context.Context, q question, std streams) error {
	q.params.Del("evidence")
	req, err := api.ParseCommon(q.params)
	if err != nil {
		return err
	}
	found := 0
	err = ask(ctx, q, std, func(ctx context.Context, s *api.Service) (*api.List[api.CommonGroup], error) {
		list, err := s.CommonProblems(ctx, req)
		if err == nil {
			found = list.Total.Value
		}
		return list, err
	}, func(w io.Writer, l *api.List[api.CommonGroup]) error {
		for _, g := range l.Data {
			fmt.Fprintf(w, "%s\n    %s  单位 %d 个，问题 %d 个，%s\n", g.Statement, g.ID, len(g.Units), g.Findings, g.Category)
		}
		_, err := fmt.Fprintf(w, "共 %d 组，显示 %d 组\n", l.Total.Value, len(l.Data))
		return err
	})
	if err == nil && found == 0 {
		return errNothing
	}
	return err
}

func newRectification(std streams) *cobra.Command {
	var q question
	cmd := &cobra.Command{
		Use:   "rectification",
		Short: "整改做了什么",
		Long:  `按状态、整改实质、措施类型统计整改情况，条件与 search 相同。参数与接口 /api/v1/rectification 相同。`,
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			req, err := api.ParseRectification(q.params)
			if err != nil {
				return err
			}
			return ask(cmd.Context(), q, std, func(ctx context.Context, s *api.Service) (*api.RectificationAnswer, error) {
				return s.Rectification(ctx, req)
			}, nil)
		},
	}
	q.flags(cmd)
	q.links = true
	q.param(cmd, "by", "按哪个字段分行：unit、region、sector、level、inspector、round、year、type、category、domain")
	q.param(cmd, "top", "最多几行")
	return cmd
}
