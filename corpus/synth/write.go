package synth

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The folders that Write makes.
const (
	DocumentsFolder = "documents"
	GoldFolder      = "gold"
)

// Write makes the reports of a corpus and writes them below a folder: the files into documents, their gold into gold, one
// JSON file named after each document. Existing files of the same names are replaced. Progress, where not nil, is called
// after each report.
func Write(ctx context.Context, folder string, o Options, progress func(done, total int)) error {
	o = o.withDefaults()
	for _, sub := range []string{DocumentsFolder, GoldFolder} {
		if err := os.MkdirAll(filepath.Join(folder, sub), 0o755); err != nil {
			return fmt.Errorf("make folder for synthetic reports: %w", err)
		}
	}
	done := 0
	for r := range Generate(o) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.write(folder); err != nil {
			return fmt.Errorf("write synthetic report %s: %w", r.Name, err)
		}
		if done++; progress != nil {
			progress(done, o.Reports)
		}
	}
	return nil
}

// write writes one report and its gold.
func (r Report) write(folder string) error {
	if err := os.WriteFile(filepath.Join(folder, DocumentsFolder, r.Name), r.Data, 0o644); err != nil {
		return err
	}
	var gold strings.Builder
	enc := json.NewEncoder(&gold)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r.Gold); err != nil {
		return err
	}
	name := strings.TrimSuffix(r.Name, filepath.Ext(r.Name)) + ".json"
	return os.WriteFile(filepath.Join(folder, GoldFolder, name), []byte(gold.String()), 0o644)
}
