package pattern_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongjian/corpus/internal/pattern"
)

// expressions are of the kinds that the parser uses: words, alternatives, gaps, groups, anchors, empty matches.
var expressions = []string{
	`问题`, `巡[察视]`, `(?:关于|针对)(.+?)的?问题`, `(\d{1,3})([个项条])(?:具体)?问题`, `^(?:中共)?(.*?)(?:党组|党委)$`,
	`[^,。;]{2,10}?局`, `(?:^|[,。;])(?:目前|现)?已完成(\d+)`, `a*`, `(a|ab)(c|bcd)?`, `(?m)^整改(?:情况|结果):`, `第?[一二三]{1,3}轮|组$`,
	`(a+)+b`, `(?:a*)*`, `\d{4}年|^\d{1,2}月|^近日`, `[\p{Han}]{0,4}组`, `.{0,6}发现`, `(?s)一.*二`, `[^一]`, `$`, `^`, `()`, `(甲)|(乙)|(丙)`,
	`(?:(?:市|县)委)?(第?[一二三\d]+)?(巡[察视]|察)组`, `x{2,}?y`, `\bab\b`, `(甲{0,3})(乙?)甲`, `[个项条]“?问题(?:清单|,|。|$)`,
}

var alphabet = []rune("问题巡察视关于针对的组第一二三轮中共党委局个项条已完成目前整改情况结果:,。;ab cdxy甲乙丙12年月近日发现“\n×𠀀é")

func TestAgreesWithRegexp(t *testing.T) {
	for _, expr := range expressions {
		t.Run(expr, func(t *testing.T) {
			p, want := pattern.MustCompile(expr), regexp.MustCompile(expr)
			rapid.Check(t, func(t *rapid.T) {
				words := rapid.SliceOfN(rapid.OneOf(rapid.Just("问题"), rapid.Just("巡察组"), rapid.Just("整改情况:"), rapid.StringOf(rapid.SampledFrom(alphabet))), 0, 12).Draw(t, "words")
				compare(t, p, want, strings.Join(words, ""))
			})
		})
	}
}

func compare(t rapid.TB, p *pattern.Pattern, want *regexp.Regexp, s string) {
	t.Helper()
	check := func(what string, got, want any) {
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s of %q in %q: got %v, want %v", what, p, s, got, want)
		}
	}
	check("match", p.MatchString(s), want.MatchString(s))
	check("text", p.FindString(s), want.FindString(s))
	check("index", p.FindStringIndex(s), want.FindStringIndex(s))
	check("groups", p.FindStringSubmatchIndex(s), want.FindStringSubmatchIndex(s))
	check("texts of groups", p.FindStringSubmatch(s), want.FindStringSubmatch(s))
	check("all", p.FindAllStringIndex(s, -1), want.FindAllStringIndex(s, -1))
	check("all groups", p.FindAllStringSubmatchIndex(s, 3), want.FindAllStringSubmatchIndex(s, 3))
	check("all texts of groups", p.FindAllStringSubmatch(s, -1), want.FindAllStringSubmatch(s, -1))
	check("replacement", p.ReplaceAllString(s, "<$0>"), want.ReplaceAllString(s, "<$0>"))
}

// TestBacktrackingIsBounded reads texts on which backtracking alone would take longer than anyone waits.
func TestBacktrackingIsBounded(t *testing.T) {
	for _, expr := range []string{`(a+)+b`, `(?:a|aa)+$`, `(?:.*a){12}b`} {
		for _, s := range []string{strings.Repeat("a", 3000), strings.Repeat("ca", 1000) + "\n" + strings.Repeat("a", 40) + "b"} {
			compare(t, pattern.MustCompile(expr), regexp.MustCompile(expr), s)
		}
	}
}

func FuzzAgreesWithRegexp(f *testing.F) {
	for _, expr := range expressions {
		f.Add(expr, "市委第三巡察组反馈12个问题，已完成整改")
	}
	f.Fuzz(func(t *testing.T, expr, s string) {
		want, err := regexp.Compile(expr)
		if err != nil || strings.Contains(expr, "(?") && strings.Contains(expr, "i") || len(expr) > 60 || len(s) > 400 || strings.ToValidUTF8(s, "") != s {
			t.Skip()
		}
		compare(t, pattern.MustCompile(expr), want, s)
	})
}

func BenchmarkPattern(b *testing.B) {
	const expr = `(?:发现|反馈|指出)(?:了|的|出)?(\d{1,4}|[一二三四五六七八九十百]{1,5})[个项条](?:主要|突出)?的?问题`
	text := strings.Repeat("根据市委统一部署，市委第二巡察组对市港务局党组进行了巡察，反馈了巡察意见，指出工作中的不足。", 40)
	b.Run("pattern", func(b *testing.B) {
		p := pattern.MustCompile(expr)
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			p.FindStringSubmatchIndex(text)
		}
	})
	b.Run("regexp", func(b *testing.B) {
		p := regexp.MustCompile(expr)
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			p.FindStringSubmatchIndex(text)
		}
	})
}
