package rectify

// table files clauses under the keys of their bands: a hash table of chains in flat arrays, which costs some 50 bytes a
// clause.
type table struct {
	heads []uint32 // the newest entry of a slot, plus one
	items []item
}

// item is one clause under one key. next leads to the next entry of the slot, plus one.
type item struct{ key, clause, next uint32 }

func newTable() table { return table{heads: make([]uint32, 1<<10)} }

func (t *table) add(clause uint32, keys [bands]uint32) {
	if len(t.items)+bands > 2*len(t.heads) {
		t.grow()
	}
	for _, key := range keys {
		slot := key & uint32(len(t.heads)-1)
		t.items = append(t.items, item{key, clause, t.heads[slot]})
		t.heads[slot] = uint32(len(t.items))
	}
}

func (t *table) grow() {
	t.heads = make([]uint32, 2*len(t.heads))
	for i := range t.items {
		slot := t.items[i].key & uint32(len(t.heads)-1)
		t.items[i].next, t.heads[slot] = t.heads[slot], uint32(i+1)
	}
}

// candidates returns the live clauses that share a key, perhaps more than once. full counts the keys under which more than
// most stand; those are left out.
func (t *table) candidates(keys [bands]uint32, most int, live func(uint32) bool) (list []uint32, full int) {
	for _, key := range keys {
		start := len(list)
		for at := t.heads[key&uint32(len(t.heads)-1)]; at != 0; at = t.items[at-1].next {
			if t.items[at-1].key == key && live(t.items[at-1].clause) {
				list = append(list, t.items[at-1].clause)
			}
			if len(list)-start > most {
				list, full = list[:start], full+1
				break
			}
		}
	}
	return list, full
}
