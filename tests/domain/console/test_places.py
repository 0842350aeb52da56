from toban.domain.console.places import NOWHERE, Place, place_of


def test_a_place_counts_lines_and_characters_where_the_engine_counts_bytes():
    sql = "select 1,\n  'あ', wrong"
    assert place_of(sql, len(sql[: sql.index("wrong")].encode())) == Place(line=2, column=8)


def test_the_first_character_is_line_one_column_one():
    assert place_of("selec", 0) == Place(1, 1)


def test_what_nobody_wrote_has_no_place():
    assert place_of("select 1", NOWHERE) is None
    assert place_of("select 1", None) is None


def test_an_offset_within_a_character_is_that_character():
    assert place_of("あい", 4) == Place(1, 2)
