// Package recur finds what keeps coming back: problems that a unit has again in a later inspection, problems that many
// units have in common, and what became of a report's problems in the notice that answers it.
//
//	m := recur.New()
//	m.Apply(ctx, changes)                     // follows the store's change feed, as an engine does
//	page, total := m.Repeats(recur.Query{})   // pairs of findings, each with both passages
//	groups, n := m.CommonProblems(recur.GroupQuery{})
//	a, ok := m.Align(notice)                  // the report's findings beside the notice's
//
// Everything is computed from the documents that are held, in an order that depends on nothing but them; how alike two
// statements are says package similar.
//
// # Repeats
//
// Documents of one unit belong to the same inspection where their rounds, their dates of inspection or of feedback agree.
// The findings of an inspection are brought together over its documents, so that a problem that report and notice both
// state is one. Then each problem of a later inspection is paired with the most like of the nearest earlier inspection that
// has it: a pair needs the more likeness of words the less its categories agree. So is found the repeat by similarity. A
// repeat by admission is one whose own text says so (上一轮巡察反映的…仍有存在, 屡查屡犯); it stands even where the earlier
// finding is not known.
//
// # Common problems
//
// Findings of one main category are grouped by the average likeness of their statements (greedy group-average clustering:
// pairs are taken best first, and two groups become one where their members are alike on average). Groups are a function of
// the findings held; between two regroupings new findings join the group that is nearest. A group is named by its oldest
// member, and every member's identifier leads to it, so that its address survives what joins it.
//
// # Alignment
//
// The findings of a report or feedback and those of the notice of the same inspection are matched: one to one first; then
// findings put together or apart; what is left was dropped or added. A pair whose later wording is milder is marked, with
// the words that are.
//
// # Decisions
//
// What a person confirmed or rejected outranks what is computed.
package recur
