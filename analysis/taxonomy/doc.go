// Package taxonomy says what kind of problem a finding is: it holds the problem categories (taxonomy.yaml: domains and
// their leaves), the rules that recognise them (rules/<leaf>.yaml), the classifier and its evaluation.
//
//	t, err := taxonomy.Default()
//	t.Classify(taxonomy.Input{Statement: "大额现金支付", Headings: []string{"财务管理不规范"}})
//	// finance.cash, evidence 大额现金 at 0..12 of the statement
//
// # What decides
//
// The statement decides. Only where it names no topic of its own (把关不严, 制度执行不到位) do its account and then the
// headings above it, the nearest first, say what it is about. Measures never add a category: the account of a
// rectification notice may settle an open question, nothing more; the account of a report states facts, and a second fault
// among them adds its category. A finding without any sign is the unit's own business: politics.duties with
// FallbackScore. Every category carries the piece of text that made its rule fire.
//
// Beside the rules stands a linear model over character n-grams and pairs (package linear). It is trained offline on training/
// by go generate and stored in model.bin. It reads the statement as a whole and each of its clauses, the nearest heading,
// and the account, that of a report fact by fact. A logistic regression over signals of both (signals.go: margins of the
// model, what the rules give, where they agree, what headings and accounts say where the statement is open) makes one
// probability a leaf. Its weights are learned from statements by authors whom the model has not read, so that they mean what
// they say for authors not yet known; a scale (scale.go) makes of the probability the score that is shown: how often a main
// category with it is right. The main leaf of the rules stays the main one unless it is improbable.
//
// A leaf that no rule gave shows the words that spoke for it, with what they added (Evidence.Weight). A folder of rules
// without a model.bin is combined with the built-in model where its categories are the built-in ones, and otherwise
// classified by its rules alone.
//
// The classifier favours a right main category over completeness: a second category needs a sign of its own in another
// clause, a second fault among the facts of a report, or a rule that says so. No second category comes from a heading.
//
// # Rules
//
// A rule file is named after its leaf and is written for the officer who knows the field:
//
//	rules:
//	  - name: 拆分规避          # shown with the evidence
//	    weight: 0.95           # how sure, 0 to 1; below 0.5 it is a hint that account and headings may overrule
//	    terms:
//	      - 化整为零…采购        # … is a gap within one clause
//	      - 拆分(设备|物资|)采购  # alternatives, the last one empty
//	      - 先采购……后审批       # …… may pass a comma
//	    unless: [招标]          # not where this stands in the same clause
//
// Further fields: `requires` (at least one must stand in the same clause), `in` (statement, account, heading; all where
// absent), `also` (leaves that the same words give as well, ranked behind), `over` (leaves that yield in the same
// clause), `second` (ranks behind concrete faults), `beside` (neither drives out nor yields to others in its clause), `follows` (does not count behind a clause that has a topic: in
// 发展党员把关不严，档案材料不规范 the files are the members'), `covers` (nothing between the first and the last word counts for
// other rules), `facts` (may add a category from a report's account).
//
// The file neutral.yaml holds words that must not speak for any leaf (set phrases such as 党的理论和路线方针政策).
// Quotation marks, brackets and blanks do not matter, neither in rules nor in texts.
//
// Of two matches where one lies inside the other, the longer wins: 政府采购预算 is no 政府采购. Of the leaves that fire in
// one clause only those with nearly the highest weight stay; a statement with two faults has two clauses.
//
// All rules are compiled into one automaton, so the time to classify does not grow with their number.
package taxonomy
