package web

import (
	"context"
	"fmt"
	"strings"

	"tongjian/analysis/trend"
	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index"
)

// Notice is something to watch when reading the figures. Count leads to the documents it counts.
type Notice struct {
	Text  string
	Count string
	Href  string
}

// noticeDocuments is how many of the newest documents the overview looks at for warnings. It is at most api.MaxValues, so
// that a link can name them all.
const noticeDocuments = 60

// notices lists what to watch: years that rest on little, documents without a year, and what the reading of the newest
// documents left in doubt, by kind.
func (s *Site) notices(ctx context.Context, v visit, t *api.TrendsAnswer) ([]Notice, error) {
	var out []Notice
	var sparse []string
	for _, p := range t.Periods {
		if p.Sparse && p.DocumentsTotal > 0 {
			sparse = append(sparse, p.Period)
		}
	}
	if len(sparse) > 0 {
		href := address("/documents", documentFilter(v.filter).With(corpus.FieldYear, sparse...))
		out = append(out, Notice{
			Text: fmt.Sprintf("样本少（不足 %d 份文件）的年份", trend.SparseBelow), Count: strings.Join(sparse, "、"), Href: href,
		})
	}
	if n := t.Unplaced.DocumentsTotal; n > 0 {
		out = append(out, Notice{
			Text: "年份不明、不进年份图表的文件", Count: fmt.Sprintf("%d 份", n),
			Href: address("/documents", and(documentFilter(v.filter), corpus.FieldYear, "")),
		})
	}
	doubts, err := s.doubts(ctx, v)
	if err != nil {
		return nil, err
	}
	return append(out, doubts...), nil
}

// doubts counts the newest documents by what their warnings are about.
func (s *Site) doubts(ctx context.Context, v visit) ([]Notice, error) {
	newest, err := s.service.Search(ctx, api.SearchRequest{
		Filter: documentFilter(v.filter), Page: api.Page{Limit: noticeDocuments}, Sort: index.ByDateDesc,
		Group: index.ByDocument, Snippets: -1,
	})
	if err != nil {
		return nil, err
	}
	ids := make([]corpus.DocumentID, len(newest.Data))
	for i, h := range newest.Data {
		ids[i] = h.DocumentID
	}
	docs, err := s.service.Store.Documents(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the newest documents: %w", err)
	}
	with := map[corpus.WarningCode][]string{}
	for _, d := range docs {
		seen := map[corpus.WarningCode]bool{}
		for _, w := range d.Warnings {
			if !seen[w.Code] {
				with[w.Code] = append(with[w.Code], string(d.ID))
			}
			seen[w.Code] = true
		}
	}
	var out []Notice
	for _, code := range corpus.WarningCodes {
		if ids := with[code]; len(ids) > 0 {
			href := address("/documents", corpus.Filter{}.With(corpus.FieldDocument, ids...))
			out = append(out, Notice{Text: code.Chinese(), Count: fmt.Sprintf("%d 份", len(ids)), Href: href})
		}
	}
	return out, nil
}

// noticeScope says which documents the notices are about.
func noticeScope(t *api.TrendsAnswer) string {
	if t.Total.DocumentsTotal <= noticeDocuments {
		return "读取全部文件时留下的疑问，按文件计。"
	}
	return fmt.Sprintf("读取最近 %d 份文件时留下的疑问，按文件计；每份文件的提示见文件列表。", noticeDocuments)
}
