package api

import (
	"context"
	"fmt"

	"tongjian/analysis/trend"
	"tongjian/corpus"
)

// Categories returns the taxonomy with what each domain and leaf counts in the part of the corpus that a filter chooses.
func (s *Service) Categories(ctx context.Context, filter corpus.Filter) (*TaxonomyAnswer, error) {
	filter, err := s.resolveFindings(filter)
	if err != nil {
		return nil, err
	}
	domains, err := trend.Matrix(ctx, s.Engine, findings(filter), corpus.FieldDomain, "")
	if err != nil {
		return nil, fmt.Errorf("count domains: %w", err)
	}
	leaves, err := trend.Matrix(ctx, s.Engine, findings(filter), corpus.FieldCategory, "")
	if err != nil {
		return nil, fmt.Errorf("count categories: %w", err)
	}
	drill := s.drilldowns(findings(filter))
	byDomain, byLeaf := measuresByRow(domains), measuresByRow(leaves)
	out := &TaxonomyAnswer{Version: s.Taxonomy.Version(), Meta: s.meta(min(domains.Sequence, leaves.Sequence))}
	for _, d := range s.Taxonomy.Domains() {
		node := CategoryNode{
			Code: d.Code, Zh: d.Zh, En: d.En,
			Figures: drill.figures(byDomain(string(d.Code)), fieldValue{corpus.FieldDomain, string(d.Code)}),
		}
		for _, l := range d.Leaves {
			node.Leaves = append(node.Leaves, CategoryNode{
				Code: l.Code, Zh: l.Zh, En: l.En, Is: l.Is, Not: l.Not,
				Figures: drill.figures(byLeaf(string(l.Code)), fieldValue{corpus.FieldCategory, string(l.Code)}),
			})
		}
		out.Domains = append(out.Domains, node)
	}
	return out, nil
}

// measuresByRow finds the figures of a value; what counts nothing has the table's denominators.
func measuresByRow(t *trend.Table) func(string) trend.Measures {
	rows := make(map[string]trend.Measures, len(t.Rows))
	for _, r := range t.Rows {
		rows[r.Row] = r.Measures
	}
	return func(value string) trend.Measures {
		if m, ok := rows[value]; ok {
			return m
		}
		return t.Total.Nothing()
	}
}

// Category returns one domain or leaf of the taxonomy.
func (s *Service) Category(ctx context.Context, code corpus.CategoryCode, filter corpus.Filter) (*CategoryAnswer, error) {
	all, err := s.Categories(ctx, filter)
	if err != nil {
		return nil, err
	}
	for _, d := range all.Domains {
		if d.Code == code {
			return &CategoryAnswer{CategoryNode: d, Meta: all.Meta}, nil
		}
		for _, l := range d.Leaves {
			if l.Code == code {
				return &CategoryAnswer{CategoryNode: l, Meta: all.Meta}, nil
			}
		}
	}
	return nil, &corpus.Error{
		Kind: corpus.NotFound, Message: fmt.Sprintf("没有类别 %s", code), Param: "code", Value: string(code), Position: -1,
		Expected: "见 /api/v1/taxonomy",
	}
}
