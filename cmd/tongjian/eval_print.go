package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus/gold"
)

var evalPrinters = map[string]func(io.Writer, *evalReport) error{
	"json": func(w io.Writer, r *evalReport) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(r)
	},
	"table": evalTable,
}

// maxConfusions is how many pairs of confused leaves the table shows; JSON has all.
const maxConfusions = 20

func evalTable(w io.Writer, r *evalReport) error {
	var b bytes.Buffer
	for _, d := range r.Documents {
		fmt.Fprintf(&b, "%s  标准 %d  读出 %d  相符 %d\n", d.Name, d.Gold, d.Found, d.Matched)
	}
	if r.Findings != nil {
		fmt.Fprintf(&b, "元数据  正确率 %.4f\n", *r.MetadataMean)
		for _, field := range gold.Fields {
			if r.Metadata[field] < 1 {
				fmt.Fprintf(&b, "    %-20s %.3f\n", field, r.Metadata[field])
			}
		}
		fmt.Fprintf(&b, "问题  查准率 %.4f  查全率 %.4f  F1 %.4f\n", r.Findings.Precision, r.Findings.Recall, r.Findings.F1)
		fmt.Fprintf(&b, "相符的问题中  状态 %.4f  措施数 %.4f  上级标题 %.4f\n", *r.Matched.Status, *r.Matched.Measures, *r.Matched.Path)
	}
	c := r.Categories
	fmt.Fprintf(&b, "主类别  %d 个问题  正确率 %.4f%s\n", r.Matched.Findings, r.Matched.Main, within(r.Matched.MainInterval))
	fmt.Fprintf(&b, "类别  查准率 %.4f  查全率 %.4f\n", c.Precision, c.Recall)
	fmt.Fprintf(&b, "    微平均 F1 %.4f%s\n", c.MicroF1, within(c.MicroF1Interval))
	fmt.Fprintf(&b, "    宏平均 F1 %.4f%s\n", c.MacroF1, within(c.MacroF1Interval))
	fmt.Fprintf(&b, "    采购、决策、财务 F1 %.4f%s\n", c.CoreF1, within(c.CoreF1Interval))
	fmt.Fprintf(&b, "\n%-30s %5s %5s %8s %4s %4s %4s\n", "类别", "查准率", "查全率", "F1", "对", "多", "漏")
	for _, l := range r.Leaves {
		fmt.Fprintf(&b, "%-32s %8.3f %8.3f %8.3f %5d %5d %5d\n", l.Code, l.Precision, l.Recall, l.F1, l.TruePositive, l.FalsePositive, l.FalseNegative)
	}
	if len(r.Confusions) > 0 {
		b.WriteString("\n易混类别（应为 → 判为）\n")
	}
	for _, c := range r.Confusions[:min(len(r.Confusions), maxConfusions)] {
		fmt.Fprintf(&b, "%5d  %s → %s\n", c.Count, c.Gold, c.Found)
	}
	b.WriteString("\n分值可靠性（主类别）\n")
	for _, bin := range r.Reliability {
		if bin.Findings > 0 {
			fmt.Fprintf(&b, "%.1f–%.1f  %5d 个  正确 %5d  %.3f\n", bin.From, bin.To, bin.Findings, bin.Right, bin.Share)
		}
	}
	fmt.Fprintf(&b, "%.1f 以上  %3d 个  正确 %5d  %.3f\n", r.Sure.From, r.Sure.Findings, r.Sure.Right, r.Sure.Share)
	_, err := w.Write(b.Bytes())
	return err
}

func within(i taxonomy.Interval) string {
	return fmt.Sprintf("（95%% 区间 %.3f–%.3f）", i.Low, i.High)
}
