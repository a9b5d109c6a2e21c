package fingerprint_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongjian/corpus/fingerprint"
)

// words makes up a text of n characters from 2,000.
func words(random *rand.Rand, n int) []rune {
	out := make([]rune, n)
	for i := range out {
		out[i] = rune(0x4e00 + random.IntN(2000))
	}
	return out
}

// The estimate stays within five standard errors of the exact similarity, from all to nothing in common, and the bands find
// what is alike and pass over what is not.
func TestSketchEstimates(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	missed, alike := 0, 0
	for trial := range 200 {
		a := words(random, 300+random.IntN(5000))
		b := append([]rune{}, a...)
		copy(b, words(random, len(b)*trial/200))
		exact := fingerprint.Jaccard(string(a), string(b))
		s, u := fingerprint.NewSketch(string(a)), fingerprint.NewSketch(string(b))
		if got := s.Similarity(u); math.Abs(got-exact) > 5*math.Sqrt(exact*(1-exact)/fingerprint.Bins)+0.02 {
			t.Errorf("%d characters: estimate %.3f, exact %.3f", len(a), got, exact)
		}
		if exact >= 0.75 {
			alike++
			if !shareKey(fingerprint.Print{Scope: 7, Sketch: s}, fingerprint.Print{Scope: 7, Sketch: u}) {
				missed++
			}
		}
	}
	if alike < 20 || missed > 1 {
		t.Errorf("%d of %d alike pairs share no key", missed, alike)
	}
}

func TestNormalise(t *testing.T) {
	for _, tt := range [][2]string{
		{"", ""}, {"　（一）关于ＡＢ　１２.5 万元；", "一关于ab125万元"}, {"Ａ\u200b臺-b\n", "a臺b"}, {"。，！", ""},
	} {
		if got := fingerprint.Normalise(tt[0]); got != tt[1] {
			t.Errorf("Normalise(%q) = %q, want %q", tt[0], got, tt[1])
		}
	}
}

func TestSketchOfLittle(t *testing.T) {
	none := fingerprint.NewSketch("")
	if none != (fingerprint.Sketch{}) || none.Similarity(none) != 0 {
		t.Error("an empty text is like something")
	}
	a, b := fingerprint.NewSketch("三个字"), fingerprint.NewSketch("四个字")
	if a.Similarity(a) != 1 || a.Similarity(b) > 0.3 {
		t.Errorf("short texts: %.2f with itself, %.2f with another", a.Similarity(a), a.Similarity(b))
	}
	if got := fingerprint.Jaccard("三个字", "四个字"); got != 0 {
		t.Errorf("Jaccard = %v, want 0", got)
	}
}

func TestSketchSurvivesStorage(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := fingerprint.Normalise(rapid.String().Draw(r, "text"))
		s := fingerprint.NewSketch(text)
		back, err := fingerprint.ReadSketch(s.Bytes())
		if err != nil || back != s {
			r.Fatalf("%q: %v, %v", text, back, err)
		}
		if text != "" && s.Similarity(back) != 1 {
			r.Fatalf("%q is not like itself", text)
		}
		if j := fingerprint.Jaccard(text, text+"外"); text != "" && (j < 0 || j >= 1) {
			r.Fatalf("%q and one character more: %v", text, j)
		}
	})
	if _, err := fingerprint.ReadSketch([]byte("短")); err == nil || !strings.Contains(err.Error(), "256") {
		t.Errorf("error = %v", err)
	}
}

// BenchmarkOf makes the print of a notice of 30 kB, in proportion to which the rest of an ingest is to be seen.
func BenchmarkOf(b *testing.B) {
	doc := notice("清澜市林业局", 0, 120)
	b.SetBytes(int64(len(doc.Text)))
	for b.Loop() {
		fingerprint.Of(doc)
	}
}
