package main

import (
	"context"

	"github.com/spf13/cobra"

	"tongjian/api"
)

func newTrend(std streams) *cobra.Command {
	var q question
	cmd := &cobra.Command{
		Use:   "trend [--by year] [--series category]",
		Short: "按年份或轮次看各类问题的变化",
		Long:  "按年份或轮次统计问题数、文件数、占比及其 95% 区间，并检验各序列是否上升或下降。参数与接口 /api/v1/trends 相同。",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			req, err := api.ParseTrends(q.params)
			if err != nil {
				return err
			}
			return ask(cmd.Context(), q, std, func(ctx context.Context, s *api.Service) (*api.TrendsAnswer, error) {
				return s.Trends(ctx, req)
			}, nil)
		},
	}
	q.flags(cmd)
	q.param(cmd, "by", "时间：year 或 round")
	q.param(cmd, "series", "序列：category、domain、sector、region、level、status、unit 或 none")
	return cmd
}
