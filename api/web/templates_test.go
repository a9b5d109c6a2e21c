package web

import (
	"testing"

	"github.com/jba/templatecheck"
)

// TestTemplatesFitTheirPages checks every template against the struct that it is drawn from: fields that do not exist and
// values of the wrong type are errors here and not when somebody opens the page. It is an internal test because templates
// are not exported.
func TestTemplatesFitTheirPages(t *testing.T) {
	templates, err := parseTemplates()
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]any{
		"overview": OverviewPage{}, "search": SearchPage{}, "documents": DocumentsPage{}, "document": DocumentPage{},
		"review": ReviewPage{}, "quality": QualityPage{}, "compare": ComparePage{}, "concordance": ConcordancePage{}, "trends": TrendsPage{}, "units": UnitsPage{}, "unit": UnitPage{}, "importing": ImportPage{}, "manage": ManagePage{}, "signin": SignInPage{}, "help": HelpPage{}, "problem": ProblemPage{},
		"repeats": RepeatsPage{}, "commons": CommonsPage{}, "common": CommonPage{}, "rectification": RectificationPage{}, "alignment": AlignmentPage{},
	}
	for name, tmpl := range templates {
		value, ok := pages[name]
		if !ok {
			t.Errorf("template %q has no page struct to be checked against", name)
			continue
		}
		if err := templatecheck.CheckHTML(tmpl.Lookup("page"), value); err != nil {
			t.Errorf("template %q: %v", name, err)
		}
	}
}
