package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tongjian/analysis/taxonomy"
)

// classifyLine is what is read of one line of classify's input. Heading may hold several headings, outermost first, parted by
// " > ". Kind says what the account is: "report" for facts, "notice" for measures, empty where that is not known.
type classifyLine struct {
	Statement string      `json:"statement"`
	Account   string      `json:"account"`
	Heading   headingList `json:"heading"`
	Kind      string      `json:"kind"`
}

// maxLine bounds one line of classify's input.
const maxLine = 16 << 20

func newClassify(std streams) *cobra.Command {
	var cfg config
	cmd := &cobra.Command{
		Use:   "classify",
		Short: "给问题表述分类（标准输入与输出均为 JSON Lines）",
		Long: `逐行读取标准输入的 JSON 对象 {"statement": …, "account": …, "heading": …}（后两项可省略），
另可用 kind 说明 account 是事实（report）还是整改措施（notice）。逐行输出同样的对象，并加上 categories：类别代码、分值、佐证及其在所在文本中的字节位置。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			tax, err := loadTaxonomy(cfg.taxonomy)
			if err != nil {
				return err
			}
			// Waiting for a line cannot be broken off, so whoever asks the program to stop is answered from here.
			ended := make(chan error, 1)
			go func() { ended <- classifyLines(tax, std.in, std.out) }()
			select {
			case err := <-ended:
				return err
			case <-cmd.Context().Done():
				return cmd.Context().Err()
			}
		},
	}
	cfg.taxonomyFlag(cmd)
	return cmd
}

// classifyLines answers each line before it waits for the next one, so that a program can talk with it.
func classifyLines(tax *taxonomy.Taxonomy, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		// Unknown fields are passed through: a caller keeps its own identifiers beside the answer.
		raw := map[string]json.RawMessage{}
		var line classifyLine
		if err := cmp.Or(json.Unmarshal(lines.Bytes(), &raw), json.Unmarshal(lines.Bytes(), &line)); err != nil {
			return fmt.Errorf(`第 %d 行不是所需的 JSON 对象 {"statement": "…"}：%w`, n, err)
		}
		if strings.TrimSpace(line.Statement) == "" {
			return fmt.Errorf("第 %d 行缺少 statement（问题表述）", n)
		}
		kind, ok := accountKinds[line.Kind]
		if !ok {
			return fmt.Errorf("第 %d 行的 kind 是“%s”（应为：report, notice 或省略）", n, line.Kind)
		}
		categories, err := json.Marshal(tax.Classify(taxonomy.Input{
			Statement: line.Statement, Account: line.Account, Kind: kind, Headings: line.Heading,
		}))
		if err != nil {
			return err
		}
		raw["categories"] = categories
		if err := enc.Encode(raw); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("读取标准输入：%w", err)
	}
	return nil
}

// accountKinds are the names of the kinds of account: what it is, or the kind of document that it comes from.
var accountKinds = map[string]taxonomy.AccountKind{
	"": taxonomy.UnknownAccount, "facts": taxonomy.Facts, "report": taxonomy.Facts,
	"measures": taxonomy.Measures, "notice": taxonomy.Measures,
}

// headingList is read from one text, its headings parted by " > ", or from a list of texts.
type headingList []string

// UnmarshalJSON reads a text or a list of texts.
func (h *headingList) UnmarshalJSON(data []byte) error {
	if !bytes.HasPrefix(data, []byte{'"'}) {
		return json.Unmarshal(data, (*[]string)(h))
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	*h = headings(text)
	return nil
}

func headings(s string) []string {
	var out []string
	for _, h := range strings.Split(s, " > ") {
		if h = strings.TrimSpace(h); h != "" {
			out = append(out, h)
		}
	}
	return out
}
