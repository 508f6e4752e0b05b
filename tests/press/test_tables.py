"""The reference tables of the press room hold what their readers assume."""

from enduse.reference import press_tables as tables

ROLES = set(
    """give get order request use produce stock capability restrict route move include origin deny noun_give noun_get noun_order noun_produce
    stage hedge passive_say say data document parsed_give parsed_get parsed_order parsed_move parsed_supplier parsed_buyer
    parsed_noun_give parsed_noun_get parsed_noun_order""".split()
)


def test_country_codes_and_names_are_each_once():
    rows = tables.countries()
    assert len({c.code for c in rows}) == len({c.name for c in rows}) == len(rows)
    assert all(len(c.code) == 2 and c.code.isupper() and c.names for c in rows)


def test_no_name_stands_for_two_states():
    owner = {}
    for c in tables.countries():
        for name in (*c.names, *c.seats, *c.leaders):
            assert owner.setdefault(name, c.code) == c.code, name


def test_no_name_stands_for_two_outlets():
    owner = {}
    for o in tables.outlets():
        assert o.type in ("outlet", "agency")
        for name in (o.name, *o.aliases):
            assert owner.setdefault(name, o.name) == o.name, name


def test_cues_have_known_roles_and_makers_known_countries():
    assert set(tables.cues()) <= ROLES
    names = set(tables.country_codes())
    assert all(country in names for _, country in tables.makers().values())
