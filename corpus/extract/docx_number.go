package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// listLevels is how many levels a list of Word has.
const listLevels = 9

// listLevel is how one level of a list numbers.
type listLevel struct {
	start   int
	format  string
	text    string // with %1 to %9 for the numbers of the levels
	style   string // the paragraph style that stands for this level
	restart int    // the level, from 1, whose next item starts this one anew; 0 never; -1 every higher one
	legal   bool   // all numbers are Arabic
}

// list is an abstract numbering definition with its counters; several numbering instances share it.
type list struct {
	levels  [listLevels]listLevel
	link    string // the style that holds the definition instead
	count   [listLevels]int
	counted [listLevels]bool
}

// listUse is a numbering instance: a list, and where it differs from it.
type listUse struct {
	list   *list
	levels map[int]listLevel
	starts map[int]int // where levels begin; these begin anew at the first item of this instance
	begun  bool
}

// numbering resolves the automatic numbers of a document. Paragraphs must be asked for in their order.
type numbering struct {
	uses map[string]*listUse
}

func readNumbering(c *container, part string) (*numbering, error) {
	n := &numbering{uses: map[string]*listUse{}}
	lists, styled, target := map[string]*list{}, map[string]*list{}, map[string]string{}
	err := c.markup(part, func(m *markup) error {
		return m.visit(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "abstractNum":
				l, styleLink, err := readList(m)
				lists[attribute(e, "abstractNumId")] = l
				if styleLink != "" {
					styled[styleLink] = l
				}
				return err
			case "num":
				id := attribute(e, "numId")
				use, abstract, err := readListUse(m)
				n.uses[id], target[id] = use, abstract
				return err
			}
			return nil
		})
	})
	for id, use := range n.uses {
		use.list = lists[target[id]]
		if use.list != nil && use.list.link != "" && styled[use.list.link] != nil {
			use.list = styled[use.list.link]
		}
		if use.list == nil {
			delete(n.uses, id)
		}
	}
	return n, err
}

func readList(m *markup) (l *list, styleLink string, err error) {
	l = &list{}
	for i := range l.levels {
		l.levels[i] = listLevel{start: 1, format: "none", restart: -1}
	}
	err = m.children(func(e xml.StartElement) (bool, error) {
		switch e.Name.Local {
		case "numStyleLink":
			l.link = attribute(e, "val")
		case "styleLink":
			styleLink = attribute(e, "val")
		case "lvl":
			i, level, err := readLevel(m, e)
			if i >= 0 {
				l.levels[i] = level
			}
			return true, err
		}
		return false, nil
	}, nil)
	return l, styleLink, err
}

// readLevel reads one level; its index is -1 where it is none of the nine.
func readLevel(m *markup, e xml.StartElement) (int, listLevel, error) {
	level := listLevel{start: 1, format: "decimal", restart: -1}
	i, err := strconv.Atoi(attribute(e, "ilvl"))
	if err != nil || i < 0 || i >= listLevels {
		i = -1
	}
	err = m.children(func(e xml.StartElement) (bool, error) {
		switch val := attribute(e, "val"); e.Name.Local {
		case "start":
			level.start = listStart(val)
		case "numFmt":
			level.format = val
			if val == "custom" {
				level.format = "decimal"
			}
		case "lvlText":
			level.text = val
		case "pStyle":
			level.style = val
		case "isLgl":
			level.legal = isOn(e)
		case "lvlRestart":
			level.restart = listStart(val)
		case "AlternateContent": // newer formats, with a decimal one to fall back on
			return true, m.children(func(e xml.StartElement) (bool, error) {
				return true, m.children(func(e xml.StartElement) (bool, error) {
					if e.Name.Local == "numFmt" && attribute(e, "val") != "custom" {
						level.format = attribute(e, "val")
					}
					return false, nil
				}, nil)
			}, nil)
		}
		return false, nil
	}, nil)
	return i, level, err
}

func listStart(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 100_000 {
		return 1
	}
	return n
}

func readListUse(m *markup) (use *listUse, abstract string, err error) {
	use = &listUse{levels: map[int]listLevel{}, starts: map[int]int{}}
	err = m.children(func(e xml.StartElement) (bool, error) {
		switch e.Name.Local {
		case "abstractNumId":
			abstract = attribute(e, "val")
		case "lvlOverride":
			over, err := strconv.Atoi(attribute(e, "ilvl"))
			if err != nil || over < 0 || over >= listLevels {
				return false, nil
			}
			return true, m.children(func(e xml.StartElement) (bool, error) {
				switch e.Name.Local {
				case "startOverride":
					use.starts[over] = listStart(attribute(e, "val"))
				case "lvl":
					_, level, err := readLevel(m, e)
					use.levels[over] = level
					return true, err
				}
				return false, nil
			}, nil)
		}
		return false, nil
	}, nil)
	return use, abstract, err
}

func (u *listUse) level(i int) listLevel {
	if l, ok := u.levels[i]; ok {
		return l
	}
	return u.list.levels[i]
}

func (u *listUse) start(i int) int {
	if start, ok := u.starts[i]; ok {
		return start
	}
	return u.level(i).start
}

// levelOf returns the level at which a style numbers in a list: the one that names the style, else what the style says.
func (n *numbering) levelOf(id, style string, said int) int {
	if use := n.uses[id]; use != nil {
		for i := range listLevels {
			if use.level(i).style == style && style != "" {
				return i
			}
		}
	}
	return said
}

// next counts an item of a list and returns its number as Word prints it, "" where it prints none or a bullet.
func (n *numbering) next(id string, level int) string {
	use := n.uses[id]
	if use == nil || level < 0 || level >= listLevels {
		return ""
	}
	l := use.list
	if !use.begun {
		use.begun = true
		for i := range use.starts {
			l.counted[i] = false
		}
	}
	if l.counted[level] {
		l.count[level]++
	} else {
		l.count[level] = use.start(level)
	}
	l.counted[level] = true
	for i := level + 1; i < listLevels; i++ {
		if r := use.level(i).restart; r < 0 || r > level {
			l.counted[i] = false
		}
	}
	for i := range level { // levels that no item opened count as opened by this one
		if !l.counted[i] {
			l.count[i], l.counted[i] = use.start(i), true
		}
	}
	return use.print(level)
}

func (u *listUse) print(level int) string {
	at := u.level(level)
	if at.format == "bullet" || at.format == "none" && !strings.Contains(at.text, "%") {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(at.text); i++ {
		if at.text[i] != '%' || i+1 >= len(at.text) || at.text[i+1] < '1' || at.text[i+1] > '9' {
			b.WriteByte(at.text[i])
			continue
		}
		i++
		k := int(at.text[i] - '1')
		format := u.level(k).format
		if at.legal {
			format = "decimal"
		}
		b.WriteString(formatNumber(format, u.list.count[k]))
	}
	return trimBlanks(dropMeaningless(b.String()))
}
