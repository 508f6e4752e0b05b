"""Arguments of a predicate from dependency trees made by hand: no parser is needed."""

from enduse.press.trees import arguments, meant, tree_of


def tree(*rows):
    """(word, tag, label, position of its head) in order."""
    at, out = 0, []
    for word, tag, label, head in rows:
        out.append((at, at + len(word), word, tag, label, head))
        at += len(word) + 1
    return tree_of(out)


def low(nodes):
    return [n.low for n in nodes]


SOLD = tree(
    ("Turkey", "NNP", "nsubj", 1),
    ("sold", "VBD", "ROOT", 1),
    ("40", "CD", "nummod", 3),
    ("drones", "NNS", "dobj", 1),
    ("to", "IN", "prep", 1),
    ("Mali", "NNP", "pobj", 4),
    ("and", "CC", "cc", 5),
    ("Chad", "NNP", "conj", 5),
)


def test_active_verb_has_its_subject_its_object_and_both_recipients():
    a = arguments(SOLD, SOLD.nodes[1])
    assert (low(a.agent), low(a.patient), low(a.to("to")), a.passive) == (
        ["turkey"],
        ["drones"],
        ["mali", "chad"],
        False,
    )


def test_passive_turns_subject_into_patient_and_by_into_agent():
    t = tree(
        ("No", "DT", "det", 1),
        ("drones", "NNS", "nsubjpass", 3),
        ("were", "VBD", "auxpass", 3),
        ("sold", "VBN", "ROOT", 3),
        ("by", "IN", "agent", 3),
        ("Iran", "NNP", "pobj", 4),
    )
    a = arguments(t, t.nodes[3])
    assert (low(a.agent), low(a.patient), a.passive, a.negated) == (["iran"], ["drones"], True, True)


def test_by_way_of_names_no_doer():
    t = tree(
        ("shells", "NNS", "nsubj", 1),
        ("went", "VBD", "ROOT", 1),
        ("by", "IN", "prep", 1),
        ("way", "NN", "pobj", 2),
        ("of", "IN", "prep", 3),
        ("Poland", "NNP", "pobj", 4),
    )
    a = arguments(t, t.nodes[1])
    assert low(a.to("via")) == ["poland"]
    assert not a.to("by")


def test_relative_pronoun_stands_for_its_noun_and_control_passes_the_subject_on():
    t = tree(
        ("a", "DT", "det", 1),
        ("firm", "NN", "nsubj", 7),
        ("that", "WDT", "nsubj", 3),
        ("agreed", "VBD", "relcl", 1),
        ("to", "TO", "aux", 5),
        ("supply", "VB", "xcomp", 3),
        ("chips", "NNS", "dobj", 5),
        ("closed", "VBD", "ROOT", 7),
    )
    assert meant(t, t.nodes[2]).low == "firm"
    assert low(arguments(t, t.nodes[5]).agent) == ["firm"]


def test_noun_of_action_has_owner_goods_and_way():
    t = tree(
        ("Iran", "NNP", "poss", 2),
        ("'s", "POS", "case", 0),
        ("delivery", "NN", "ROOT", 2),
        ("of", "IN", "prep", 2),
        ("missiles", "NNS", "pobj", 3),
        ("to", "IN", "prep", 4),
        ("Russia", "NNP", "pobj", 5),
    )
    a = arguments(t, t.nodes[2])
    assert (low(a.agent), low(a.patient), low(a.to("to"))) == (["iran"], ["missiles"], ["russia"])


def test_deep_chains_and_heads_of_their_own_end():
    rows = [("x", "NN", "conj" if i else "ROOT", max(0, i - 1)) for i in range(120)]
    t = tree(*rows)
    assert len(arguments(t, t.nodes[0]).patient) == 0
    assert [n.i for n in t.above(t.nodes[3])] == [2, 1, 0]
